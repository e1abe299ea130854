import { LaGraceError, toLaGraceError } from '../../errors.ts';
import type { FileBatches, FileToSend } from '../companion-batches.ts';
import type { Tree } from '../tree/tree.ts';
import type { Copy } from './perform-all.ts';
import type { RemoteTree } from './remote-tree.ts';

export interface BatchTransferOptions {
  tree: Tree;
  client: FileBatches;
  /** Both sides agree on the digest of a path now. */
  agree: (path: string, sha256: string) => void;
}

/** The browser's own files wait for another process: several at once. */
const filesAtOnce = 16;

/** Copies small files to the side that all of them name, in one request: what failed of each. Rejects when the request itself failed. */
export function createBatchTransfers({ tree, client, agree }: BatchTransferOptions) {
  const readOne = async ({ path, file, replaces }: Copy): Promise<FileToSend> => {
    const blob = await tree.read(path);
    if (!blob || blob.size !== file.size) throw changed(path);
    // A file that is replaced while it is read fails there.
    const content = await blob.arrayBuffer().catch((cause: unknown) => {
      throw changed(path, cause);
    });
    return { path, content: new Uint8Array(content), sha256: file.sha256, mtime: file.mtime, replaces };
  };
  const upload = async (copies: readonly Copy[], remote: RemoteTree, signal: AbortSignal) => {
    const read = await settleAll(copies, readOne);
    const ready = read.filter((one): one is FileToSend => !(one instanceof LaGraceError));
    const outcomes = ready.length > 0 ? await client.writeFiles(ready, { signal }) : [];
    const answered = new Map(ready.map(({ path }, index) => [path, outcomes[index]]));
    return settleAll(copies, async ({ path, file }, index) => {
      const failed = read[index];
      if (failed instanceof LaGraceError) throw failed;
      const outcome = answered.get(path);
      if (typeof outcome === 'number') {
        remote.wrote({ path, size: file.size, mtime: file.mtime, sha256: file.sha256, revision: outcome });
        return agree(path, file.sha256);
      }
      // Other bytes than those that were announced: the file was replaced meanwhile.
      throw (await tree.entry(path))?.sha256 === file.sha256 ? outcome : changed(path, outcome);
    });
  };
  const download = async (copies: readonly Copy[], signal: AbortSignal) => {
    const paths = copies.map(({ path }) => path);
    const found = await client.readFiles(paths, { signal });
    return settleAll(copies, async ({ path, file, replaces }, index) => {
      const one = found[index];
      if (!one || one instanceof LaGraceError) throw one;
      if (one.sha256 !== file.sha256) throw changed(path);
      const { content, sha256 } = one;
      const expected = { size: content.length, sha256, mtime: file.mtime };
      await tree.write(path, streamOf(content), expected, { replaces, signal });
      agree(path, sha256);
    });
  };
  return async (copies: readonly Copy[], remote: RemoteTree, signal: AbortSignal): Promise<(LaGraceError | null)[]> => {
    const settled = await (copies[0]?.to === 'theirs' ? upload(copies, remote, signal) : download(copies, signal));
    signal.throwIfAborted();
    return settled.map((one) => (one instanceof LaGraceError ? one : null));
  };
}

/** A blob would be handed to another process, and read back from there. */
function streamOf(content: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(content);
      controller.close();
    },
  });
}

function changed(path: string, cause?: unknown): LaGraceError {
  return new LaGraceError('file-changed', `${path} is another one by now`, { cause });
}

/** Runs `work` on each, several at once; what failed stands in place of its result. */
async function settleAll<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<(Result | LaGraceError)[]> {
  const results: (Result | LaGraceError)[] = [];
  const queue = items.entries();
  const next = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item, index).catch(toLaGraceError);
  };
  await Promise.all(Array.from({ length: filesAtOnce }, next));
  return results;
}
