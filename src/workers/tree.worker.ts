import { LaGraceError } from '../errors.ts';
import { createLogger } from '../log.ts';
import type { Pack } from '../schema.ts';
import { readCounterName } from '../storage/counter-name.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { createAiLog } from '../storage/logs/ai-log.ts';
import { createModelFiles, type ModelFilesOptions, type OldCache } from '../storage/model-files.ts';
import { modelPath } from '../storage/model-paths.ts';
import { createShippedModels } from '../storage/shipped-models.ts';
import type { Lock } from '../storage/tree/locks.ts';
import { createMemoryTree } from '../storage/tree/memory-tree.ts';
import { createOpfsTree, type OpfsTree } from '../storage/tree/opfs-tree.ts';
import { createTreeIndex } from '../storage/tree/tree-index.ts';
import { compileRuntime } from './compile-runtime.ts';
import type { ServedMethods, TreeEvent, TreeStatus, TreeWorker } from './protocol.ts';
import { serve } from './rpc.ts';
import { openMirror, type SharedMirror } from './shared-mirror.ts';
import { workerSink } from './worker-log.ts';

/** A file that was not read through for so long is, once the page has nothing else to do. */
const recheckAfterMs = 24 * 60 * 60_000;
const oldCacheName = 'models';

const watchers = new Set<(event: TreeEvent) => void>();
const tell = (event: TreeEvent): void => {
  for (const watcher of watchers) watcher(event);
};
const log = createLogger(workerSink);
const lock: Lock = (name, work) => navigator.locks.request(`lagrace ${name}`, work);

interface Opened {
  tree: OpfsTree;
  status: TreeStatus;
}

/** The browser's own files; memory where it has none to give, as some do in private windows. */
async function open(): Promise<Opened> {
  try {
    if (!('createSyncAccessHandle' in FileSystemFileHandle.prototype)) {
      throw new LaGraceError('storage-failed', 'this browser has no sync access handles');
    }
    const root = await navigator.storage.getDirectory();
    const index = createTreeIndex();
    await index.all();
    const tree = createOpfsTree({
      root,
      index,
      lock: (path, work) => lock(`file ${path}`, work),
      channel: new BroadcastChannel('lagrace tree'),
      log,
      now: Date.now,
      onLost: (entry) => {
        log.warn(`the browser lost ${entry.path} (${entry.size} bytes)`);
        tell({ type: 'lost', entry });
      },
    });
    return { tree, status: { kept: 'on-device' } };
  } catch (thrown) {
    log.warn('this browser keeps no files: they last as long as the page', thrown);
    const tree = { ...createMemoryTree(), reconcile: async () => undefined, verify: async () => [] };
    return { tree, status: { kept: 'in-memory', reason: String(thrown) } };
  }
}

const opening = open();
opening.then(
  ({ tree }) => tree.subscribe((change) => tell({ type: 'change', change })),
  () => undefined,
);
const tree = async (): Promise<OpfsTree> => (await opening).tree;
const aiLog = opening.then((opened) => createAiLog(opened.tree, lock));

let mirror: Promise<SharedMirror> | null = null;

let oldCache: Promise<OldCache | null> | null = null;
/** Only asked for when a file is missing: from the second start on there is none. */
function openOldCache(): Promise<OldCache | null> {
  oldCache ??= caches
    .has(oldCacheName)
    .then((isThere) => (isThere ? caches.open(oldCacheName) : null))
    .catch(() => null);
  return oldCache;
}

/** Opened for each question: there are few, and an open one would hold up a newer version of the app. */
async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase();
  try {
    return await work(database);
  } finally {
    database.close();
  }
}
const shipped = createShippedModels(withDatabase);

async function openModels(modelsUrl: string): Promise<ReturnType<typeof createModelFiles>> {
  const options: ModelFilesOptions = {
    tree: await tree(),
    modelsUrl,
    fetch,
    oldCache: {
      match: async (address) => (await openOldCache())?.match(address),
      delete: async (address) => (await openOldCache())?.delete(address) ?? false,
    },
    lock,
    log,
    shipped,
    counterName: () => withDatabase(readCounterName),
    onNotKept: ({ code, message }) => tell({ type: 'not-kept', code, message }),
  };
  return createModelFiles(options);
}

function pathsOf(pack: Pack): string[] {
  return pack.files.map((file) => modelPath(pack, file));
}

async function keepUp(modelsUrl: string, packs: Pack[], signal: AbortSignal): Promise<void> {
  const { tree: opened, status } = await opening;
  if (status.kept === 'in-memory') return;
  await opened.reconcile();
  await opened.verify(packs.flatMap(pathsOf), recheckAfterMs);
  const models = await openModels(modelsUrl);
  for (const pack of packs) {
    for (const file of pack.files) {
      signal.throwIfAborted();
      await models(pack, file, { signal });
    }
  }
  // What is left there belongs to models that nobody uses any more.
  if (await openOldCache()) await caches.delete(oldCacheName);
  oldCache = null;
}

const runtimes = new Map<string, Promise<WebAssembly.Module>>();
/** ONNX Runtime is large, and each thread runs it: what is compiled once, all may start. */
function compileOnce(address: string): Promise<WebAssembly.Module> {
  const known = runtimes.get(address);
  if (known) return known;
  const compiling = compileRuntime(address);
  runtimes.set(address, compiling);
  compiling.catch(() => runtimes.delete(address));
  return compiling;
}

const methods: ServedMethods<TreeWorker> = {
  status: async () => (await opening).status,
  watch: async (_, { emit }) => {
    watchers.add(emit);
    return new Promise<never>(() => undefined);
  },
  connect: async ({ port }) => {
    serve(port, methods);
    return null;
  },
  list: async () => (await tree()).list(),
  entry: async (path) => (await tree()).entry(path),
  read: async (path) => (await tree()).read(path),
  write: async ({ path, source, expected, ...options }, { signal, emit }) =>
    (await tree()).write(path, source, expected, { ...options, signal, onBytes: emit }),
  append: async ({ path, text }) => {
    await (await tree()).append(path, text);
    return null;
  },
  remove: async ({ path, why, ...options }) => {
    await (await tree()).remove(path, why, options);
    return null;
  },
  tombstones: async () => (await tree()).tombstones(),
  forget: async (path) => {
    await (await tree()).forget(path);
    return null;
  },
  touch: async (path) => {
    await (await tree()).touch(path);
    return null;
  },
  pin: async ({ path, pinned }) => {
    await (await tree()).pin(path, pinned);
    return null;
  },
  runtime: compileOnce,
  model: async ({ modelsUrl, pack, file }, { signal, emit }) =>
    (await openModels(modelsUrl))(pack, file, { signal, onBytes: emit }),
  recheck: async (pack) => (await (await tree()).verify(pathsOf(pack), 0)).length,
  upkeep: async ({ modelsUrl, packs }, { signal }) => {
    await keepUp(modelsUrl, packs, signal);
    return null;
  },
  log: async ({ lines, mayBeThere }) => {
    await (await aiLog).write(lines, mayBeThere);
    return null;
  },
  mirror: async (setup, { emit }) => {
    const appendLog = async (lines: string): Promise<void> => (await aiLog).write(lines);
    mirror ??= openMirror({ ...setup, tree: await tree(), appendLog, log }).catch((thrown: unknown) => {
      mirror = null;
      throw thrown;
    });
    (await mirror).watch(emit);
    return new Promise<never>(() => undefined);
  },
  wakeMirror: async () => {
    (await mirror)?.wake();
    return null;
  },
};
serve(self, methods);
