import { LaGraceError } from '../../errors.ts';
import type { FileState, TreeAction } from '../../tree/diff.ts';
import type { CompanionClient } from '../companion-client.ts';
import type { Tree } from '../tree/tree.ts';
import type { RemoteTree } from './remote-tree.ts';
import { resumableBytes, type UploadResumably } from './upload.ts';

export interface TransferOptions {
  tree: Tree;
  client: CompanionClient;
  uploadResumably: UploadResumably;
  /** Both sides agree on a path now, on a digest or, with null, on its absence. */
  agree: (path: string, sha256: string | null) => void;
}
export type Transfer = Exclude<TreeAction, { kind: 'merge' | 'blocked' }>;

/**
 * Carries out one step towards equal trees. Rejects with file-changed when a side is not what it was: then nothing was
 * written over, and the next look finds what to do.
 */
export function createTransfers({ tree, client, uploadResumably, agree }: TransferOptions) {
  interface Step {
    file: FileState;
    to: string;
    replaces: string | null;
    signal: AbortSignal;
  }
  const download = async ({ file, to, replaces, signal }: Step): Promise<void> => {
    const { body, sha256, size } = await client.readFile(file.path, { signal });
    if (sha256 !== file.sha256) {
      await body.cancel();
      throw new LaGraceError('file-changed', `${file.path} has digest ${sha256} on the disk by now`);
    }
    await tree.write(to, body, { size, sha256, mtime: file.mtime }, { replaces, signal });
  };
  const upload = async (remote: RemoteTree, { file, to, replaces, signal }: Step): Promise<void> => {
    const { sha256, mtime, size } = file;
    const content = await tree.read(file.path);
    if (!content || content.size !== size) throw new LaGraceError('file-changed', `${file.path} is another one by now`);
    const send = size > resumableBytes ? uploadResumably : client.writeFile;
    try {
      const revision = await send(to, content, { sha256, mtime, replaces, signal });
      remote.wrote({ path: to, size, mtime, sha256, revision: revision ?? remote.revision });
    } catch (thrown) {
      // A file that is replaced while it is sent looks like a connection that broke.
      if ((await tree.entry(file.path))?.sha256 === sha256) throw thrown;
      throw new LaGraceError('file-changed', `${file.path} was replaced while it was sent`, { cause: thrown });
    }
  };
  /** The loser is beside the winner on both sides before anything is written over. */
  const keepBeside = async (
    action: Transfer & { kind: 'conflict' },
    remote: RemoteTree,
    signal: AbortSignal,
  ): Promise<void> => {
    const { lost, keptAs, winner, path, won } = action;
    const replaces = (await tree.entry(keptAs))?.sha256 ?? null;
    if (winner === 'mine') await download({ file: lost, to: keptAs, replaces, signal });
    else {
      const content = await tree.read(path);
      if (!content) throw new LaGraceError('file-changed', `${path} is gone by now`);
      await tree.write(
        keptAs,
        content,
        { size: lost.size, sha256: lost.sha256, mtime: lost.mtime },
        { replaces, signal },
      );
    }
    const there = remote.files.get(keptAs)?.sha256 ?? null;
    await upload(remote, { file: { ...lost, path: keptAs }, to: keptAs, replaces: there, signal });
    agree(keptAs, lost.sha256);
    const step = { file: won, to: path, replaces: lost.sha256, signal };
    await (winner === 'mine' ? upload(remote, step) : download(step));
    agree(path, won.sha256);
  };

  return async (action: Transfer, remote: RemoteTree, signal: AbortSignal): Promise<void> => {
    if (action.kind === 'conflict') return keepBeside(action, remote, signal);
    const { path } = action;
    if (action.kind === 'copy') {
      const step = { file: action.file, to: path, replaces: action.replaces, signal };
      await (action.to === 'mine' ? download(step) : upload(remote, step));
      return agree(path, action.file.sha256);
    }
    if (action.at === 'mine') await tree.remove(path, 'clean-up', { replaces: action.sha256 });
    else {
      await client.deleteFile(path, { replaces: action.sha256, signal });
      remote.removed(path);
      await tree.forget(path);
    }
    agree(path, null);
  };
}
