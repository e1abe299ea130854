import { LaGraceError, toLaGraceError } from '../../errors.ts';
import type { Json, ShopEvent } from '../../schema/events.ts';
import type { TreeEntry, TreeListing, TreeUse } from '../../schema/tree.ts';
import { type CompanionClient, CompanionRefusal } from '../companion-client.ts';
import { sha256Of } from '../tree/bytes.ts';

/** A companion in memory, with what a test does to it. */
export interface FakeCompanion {
  client: CompanionClient;
  /** What another program does to the folder. */
  put(path: string, text: string, mtime?: number): Promise<void>;
  remove(path: string, why: 'deleted' | 'evicted' | 'missing'): void;
  text(path: string): Promise<string | null>;
  paths(): string[];
  readonly events: ShopEvent[];
  readonly documents: Map<string, Json>;
  readonly uses: TreeUse[];
  /** Every call that reached it, as `writeFile papers/a.txt`. */
  readonly calls: string[];
  /** While it is away, calls fail and streams end. */
  setAway(isAway: boolean): void;
  /** Called before each call is answered; what it throws is the answer. */
  before: (call: string) => void | Promise<void>;
  /** The same after it was done: the answer is lost. */
  after: (call: string) => void | Promise<void>;
  refusedIds: Set<string>;
  rootId: string | null;
}

const away = (): LaGraceError => new LaGraceError('network-failed', 'connection refused');

/** A companion in memory with an empty tree. */
export function createFakeCompanion(): FakeCompanion {
  const files = new Map<string, { entry: TreeEntry; content: Blob }>();
  const gone = { deleted: new Map<string, TreeEntry>(), evicted: new Map<string, TreeEntry>() };
  const streams = new Set<(change: 'change' | 'end') => void>();
  let revision = 0;
  let isAway = false;

  const tell = (change: 'change' | 'end'): void => {
    for (const stream of streams) stream(change);
  };
  const keep = async (path: string, content: Blob, mtime: number): Promise<void> => {
    const sha256 = await sha256Of(content);
    revision += 1;
    files.set(path, { entry: { path, size: content.size, mtime, sha256, revision }, content });
    gone.deleted.delete(path);
    gone.evicted.delete(path);
    tell('change');
  };
  const drop = (path: string, why: 'deleted' | 'evicted' | 'missing'): void => {
    const file = files.get(path);
    if (!file) return;
    revision += 1;
    const entry = { ...file.entry, revision };
    if (why === 'missing') files.set(path, { ...file, entry: { ...entry, missing: true } });
    else {
      files.delete(path);
      gone[why].set(path, entry);
    }
    tell('change');
  };
  const listing = (since: number): TreeListing => {
    const isNew = (one: { revision: number }): boolean => one.revision > since;
    const entries = [...files.values()].map(({ entry }) => entry).filter(isNew);
    const lists = {
      deleted: [...gone.deleted.values()].filter(isNew),
      evicted: [...gone.evicted.values()].filter(isNew),
    };
    return { rootId: fake.rootId ?? '', revision, entries, ...lists };
  };
  const call = async <T>(name: string, { signal }: { signal: AbortSignal }, work: () => T | Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    if (isAway) throw away();
    fake.calls.push(name);
    await fake.before(name);
    const answer = await work();
    await fake.after(name);
    if (isAway) throw away();
    return answer;
  };
  const require = (path: string, replaces: string | null): void => {
    const entry = files.get(path)?.entry;
    const present = entry && !entry.missing ? entry.sha256 : null;
    if (present !== replaces) throw new LaGraceError('file-changed', `${path} has ${present}`);
  };

  const client: CompanionClient = {
    rootId: (options) => call('rootId', options, () => fake.rootId),
    async *followTree(since, options) {
      yield await call('followTree', options, () => listing(since));
      options.signal.addEventListener('abort', () => tell('end'), { once: true });
      let told = revision;
      for (;;) {
        const next = await new Promise<'change' | 'end'>((resolve) => {
          if (told < revision) resolve('change');
          streams.add(resolve);
        });
        streams.clear();
        if (next === 'end' || options.signal.aborted || isAway) return;
        const changes = listing(told);
        told = revision;
        yield changes;
      }
    },
    listTree: (options) => call('listTree', options, () => listing(0)),
    readFile: (path, options) =>
      call(`readFile ${path}`, options, () => {
        const file = files.get(path);
        if (!file || file.entry.missing) throw new CompanionRefusal(404, `there is no ${path}`);
        return { body: file.content.stream(), size: file.content.size, sha256: file.entry.sha256 };
      }),
    writeFile: (path, content, options) =>
      call(`writeFile ${path}`, options, async () => {
        const present = files.get(path)?.entry;
        if (present?.sha256 === options.sha256 && !present.missing) return present.revision;
        require(path, options.replaces);
        if ((await sha256Of(content)) !== options.sha256) throw new CompanionRefusal(400, `${path} has another digest`);
        await keep(path, content, options.mtime);
        return revision;
      }),
    // Each file of a batch is a call of its own, as far as a test is concerned.
    writeFiles: (files, options) =>
      eachAlone(files, ({ path, content, ...about }) =>
        client.writeFile(path, new Blob([content]), { ...about, ...options }).then((written) => written ?? revision),
      ),
    readFiles: (paths, options) =>
      eachAlone(paths, async (path) => {
        const { body, sha256 } = await client.readFile(path, options);
        return { sha256, content: new Uint8Array(await new Response(body).arrayBuffer()) };
      }),
    deleteFile: (path, options) =>
      call(`deleteFile ${path}`, options, () => {
        require(path, options.replaces);
        drop(path, 'deleted');
      }),
    reportUse: (uses, options) => call('reportUse', options, () => void fake.uses.push(...uses)),
    cleanUp: (options) => call('cleanUp', options, () => ({ count: 0, bytes: 0 })),
    postEvents: (events, options) =>
      call(`postEvents ${events.length}`, options, () => {
        if (events.some(({ id }) => fake.refusedIds.has(id))) throw new CompanionRefusal(400, 'it makes no sense');
        for (const event of events) if (!fake.events.some(({ id }) => id === event.id)) fake.events.push(event);
      }),
    putDocument: (id, document, options) =>
      call(`putDocument ${id}`, options, () => {
        if (fake.refusedIds.has(id)) throw new CompanionRefusal(409, 'another document has this number');
        fake.documents.set(id, document);
      }),
    assign: (_profileId, options) => call('assign', options, () => 'C2'),
    numbering: (counter, options) => call('numbering', options, () => ({ counter, last: [] })),
  };

  const fake: FakeCompanion = {
    client,
    put: (path, text, mtime = Date.now()) => keep(path, new Blob([text]), mtime),
    remove: drop,
    text: async (path) => (await files.get(path)?.content.text()) ?? null,
    paths: () => [...files.values()].flatMap(({ entry }) => (entry.missing ? [] : [entry.path])).sort(),
    events: [],
    documents: new Map(),
    uses: [],
    calls: [],
    setAway(next) {
      isAway = next;
      if (next) tell('end');
    },
    before: () => undefined,
    after: () => undefined,
    refusedIds: new Set(),
    rootId: 'root-1',
  };
  return fake;
}

async function eachAlone<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<(Result | LaGraceError)[]> {
  const results: (Result | LaGraceError)[] = [];
  for (const item of items) {
    const result = await work(item).catch(toLaGraceError);
    if (result instanceof LaGraceError && result.code === 'network-failed') throw result;
    results.push(result);
  }
  return results;
}
