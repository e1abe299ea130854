import { existsSync, fsyncSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { drizzle } from 'drizzle-orm/pglite';
import type { Connection } from './connection.ts';
import { syncFolder, syncTree } from './durable-files.ts';

/**
 * PGlite starts PostgreSQL with fsync off, and its files in Node ignore the call anyway: after a power cut the folder could be
 * a mix of old and new. With both mended, what is on the disk is always a whole database of some moment; commits do not wait
 * for it, since the journal holds them.
 */
const startParams = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  ...['fsync=on', 'wal_sync_method=fsync', 'synchronous_commit=off', 'shared_buffers=16MB'].flatMap((setting) => [
    '-c',
    setting,
  ]),
];

class SyncedFiles extends NodeFS {
  override async init(...[pglite, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pglite, options);
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), syncWhenAsked] } };
  }
}

/** What of Emscripten's module says how files of the disk are handled. */
interface FilesOfModule {
  NODEFS: { stream_ops: { fsync?: (stream: { nfd: number }) => number } };
}

function syncWhenAsked(module: object): void {
  // Emscripten's types do not tell which file systems a module was linked with; the door is checked here.
  const { NODEFS } = module as Partial<FilesOfModule>;
  if (!NODEFS) throw new Error('this PGlite keeps no files on the disk');
  NODEFS.stream_ops.fsync = ({ nfd }) => {
    fsyncSync(nfd);
    return 0;
  };
}

/** Opens the database that lies in `folder`; makes an empty one, whole or not at all, when there is none. */
export async function openPglite(folder: string): Promise<Connection> {
  if (!existsSync(folder)) await makePglite(folder);
  const pglite = await PGlite.create({ fs: new SyncedFiles(folder), startParams });
  return { queries: drizzle(pglite), close: () => pglite.close() };
}

async function makePglite(folder: string): Promise<void> {
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  const pglite = await PGlite.create({ fs: new SyncedFiles(part), startParams });
  await pglite.close();
  await syncTree(part);
  await rename(part, folder);
  await syncFolder(dirname(folder));
}
