import type { FileLoader } from '../ai/engines.ts';
import { LaGraceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { ModelFile, Pack } from '../schema.ts';
import { conflictName } from '../tree/conflict-name.ts';
import { download, fetchStream } from './download.ts';
import { modelPath } from './model-paths.ts';
import type { Lock } from './tree/locks.ts';
import type { Tree } from './tree/tree.ts';

/** What an older version kept its models in: the part of the browser's Cache that is used here. */
export interface OldCache {
  match(address: string): Promise<Response | undefined>;
  delete(address: string): Promise<boolean>;
}

export interface ModelFilesOptions {
  tree: Tree;
  /** Absolute address under which the packs' roots lie; ends with a slash. */
  modelsUrl: string;
  fetch: typeof fetch;
  /** Its files move into the tree as they are asked for; null where there is none. */
  oldCache: OldCache | null;
  /** Held among all windows, so that no two of them fetch one file. */
  lock: Lock;
  log: Logger;
  /** The digests of what this app and earlier ones brought along: replacing such a file loses nothing. */
  shipped: { has(sha256: string): Promise<boolean>; add(sha256: string): Promise<void> };
  /** This counter, as a file that is kept beside another bears it: `comptoir-2`. */
  counterName: () => Promise<string>;
  /** Told when a file could not be kept: it was loaded all the same, and will be fetched again at the next start. */
  onNotKept: (error: LaGraceError) => void;
}

const waitingBeatMs = 5000;

/**
 * A FileLoader over the tree. What is there, and noted with the manifest's digest, is handed out without being read; anything else is
 * fetched into the tree, checked as it is written, and handed out from there.
 */
export function createModelFiles(options: ModelFilesOptions): FileLoader {
  const { tree, modelsUrl, fetch, lock, log } = options;
  return async (pack, file, loadOptions = {}) => {
    const { onBytes, signal } = loadOptions;
    const path = modelPath(pack, file);
    if (isTrainedByShops(pack)) {
      await options.shipped
        .add(file.sha256)
        .catch((thrown: unknown) => log.warn(`that ${path} is this app’s own could not be noted`, thrown));
    }
    const present = async (): Promise<Blob | null> => {
      const blob = await readAsListed(tree, path, file);
      if (!blob) return null;
      onBytes?.(file.bytes);
      await tree.touch(path).catch((thrown: unknown) => log.warn(`the use of ${path} could not be noted`, thrown));
      return blob;
    };
    const found = await present();
    if (found) return found;
    const address = new URL(`${pack.root}/${file.path}`, modelsUrl).href;
    // Another window may be fetching it: who waits for this file is told that it is not forgotten.
    const beat = setInterval(() => onBytes?.(0), waitingBeatMs);
    return lock(`model ${path}`, async () => {
      clearInterval(beat);
      signal?.throwIfAborted();
      const meanwhile = await present();
      if (meanwhile) return meanwhile;
      try {
        if (isTrainedByShops(pack)) await keepOther(path, file, options);
        return await fetchIntoTree({ path, address, pack, file }, options, loadOptions);
      } catch (thrown) {
        if (!(thrown instanceof LaGraceError) || !cannotKeep(thrown)) throw thrown;
        log.warn(`${path} is used without being kept`, thrown);
        options.onNotKept(thrown);
        return download(address, pack, file, { fetch, ...loadOptions });
      }
    }).finally(() => clearInterval(beat));
  };
}

async function readAsListed(tree: Tree, path: string, file: ModelFile): Promise<Blob | null> {
  const entry = await tree.entry(path);
  if (entry?.sha256 !== file.sha256 || entry.size !== file.bytes) return null;
  return tree.read(path);
}

/** Its files may have been replaced on purpose; those of other packs never change. */
function isTrainedByShops({ task }: Pack): boolean {
  return task === 'intent';
}

/** Keeps a model that somebody else put in the place of ours beside it, out of the reach of clean-up, before ours goes there. */
async function keepOther(
  path: string,
  file: ModelFile,
  { tree, shipped, counterName, log }: ModelFilesOptions,
): Promise<void> {
  const there = await tree.entry(path);
  if (!there || there.sha256 === file.sha256 || (await shipped.has(there.sha256).catch(() => false))) return;
  const content = await tree.read(path);
  if (!content) return;
  const digests = new Map((await tree.list()).map((entry) => [entry.path, entry.sha256]));
  const isFree = (name: string): boolean => (digests.get(name) ?? there.sha256) === there.sha256;
  const { size, sha256, mtime } = there;
  const keptAs = conflictName(path, { name: await counterName().catch(() => 'comptoir'), time: mtime, isFree });
  try {
    await tree.write(keptAs, content, { size, sha256, mtime });
  } catch (thrown) {
    // It is not what was written there: damage, which is worth nothing.
    if (isCorrupt(thrown)) return;
    throw thrown;
  }
  await tree.pin(keptAs, true);
  log.warn(`${path} is not the one of this app: it is kept as ${keptAs}`);
}

async function fetchIntoTree(
  { path, address, pack, file }: { path: string; address: string; pack: Pack; file: ModelFile },
  { tree, fetch, oldCache, log }: ModelFilesOptions,
  { signal, onBytes }: NonNullable<Parameters<FileLoader>[2]>,
): Promise<Blob> {
  const expected = { size: file.bytes, sha256: file.sha256 };
  const writeOptions = { ...(signal && { signal }), ...(onBytes && { onBytes }) };
  const keptAs = `${address}?sha256=${file.sha256}`;
  const kept = await oldCache?.match(keptAs);
  try {
    if (kept) {
      await tree.write(path, await kept.blob(), expected, writeOptions).catch((thrown: unknown) => {
        if (!isCorrupt(thrown)) throw thrown;
      });
      await oldCache?.delete(keptAs);
    }
    const moved = kept && (await readAsListed(tree, path, file));
    if (moved) return moved;
    await tree.write(path, await fetchStream(address, { fetch, signal }), expected, writeOptions);
    log.info(`${path} was fetched`);
  } catch (thrown) {
    if (!isCorrupt(thrown)) throw thrown;
    throw new LaGraceError('model-corrupt', `${file.path} of ${pack.id} came damaged: ${thrown.message}`, {
      cause: thrown,
    });
  }
  const written = await readAsListed(tree, path, file);
  if (written) return written;
  throw new LaGraceError('storage-failed', `${path} was written and is gone`);
}

function isCorrupt(thrown: unknown): thrown is LaGraceError {
  return thrown instanceof LaGraceError && thrown.code === 'file-corrupt';
}

function cannotKeep({ code }: LaGraceError): boolean {
  return code === 'storage-full' || code === 'storage-failed';
}
