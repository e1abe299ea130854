import { fsyncSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

// A thread is started from its file as it lies on the disk, in tests as in the built program: hence no TypeScript here.

/** @typedef {import('./pglite-messages.ts').Call} Call */
/** @typedef {import('./pglite-messages.ts').Answer} Answer */

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
  /**
   * @override
   * @param {Parameters<NodeFS['init']>} given
   */
  async init(...given) {
    const { emscriptenOpts } = await super.init(...given);
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), syncWhenAsked] } };
  }
}

/** @param {object} module Emscripten's types do not tell which file systems it was linked with; that is checked here. */
function syncWhenAsked(module) {
  const { NODEFS } = /** @type {{NODEFS?: {stream_ops: {fsync?: (stream: {nfd: number}) => number}}}} */ (module);
  if (!NODEFS) throw new Error('this PGlite keeps no files on the disk');
  NODEFS.stream_ops.fsync = ({ nfd }) => {
    fsyncSync(nfd);
    return 0;
  };
}

const port = parentPort;
if (!port) throw new Error('the database is opened in a thread of its own');
const { folder } = /** @type {{folder: string}} */ (workerData);
const opening = PGlite.create({ fs: new SyncedFiles(folder), startParams });

/** @param {Call} call */
async function answer(call) {
  const pglite = await opening;
  if (call.kind === 'open') return null;
  if (call.kind === 'close') {
    await pglite.close();
    return null;
  }
  const { rows, affectedRows } = await pglite.query(call.sql, call.params, { rowMode: call.rowMode });
  return { rows, affectedRows };
}

/**
 * An error loses all but its message on the way to another thread; who asked must know what kind it was.
 * @param {unknown} error
 * @returns {Extract<Answer, {failure: unknown}>['failure']}
 */
function describe(error) {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), fields: {} };
  const fields = Object.fromEntries(
    Object.entries(error).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)),
  );
  return { name: error.name, message: error.message, fields };
}

port.on('message', (/** @type {Call} */ call) => {
  answer(call).then(
    (result) => port.postMessage(/** @satisfies {Answer} */ ({ id: call.id, result })),
    (error) => port.postMessage(/** @satisfies {Answer} */ ({ id: call.id, failure: describe(error) })),
  );
});
// Who asks for it hears of the failure; alone it must not end the thread.
opening.catch(() => undefined);
