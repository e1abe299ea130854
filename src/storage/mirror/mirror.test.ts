import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LaGraceError } from '../../errors.ts';
import { createLogger } from '../../log.ts';
import { CompanionRefusal } from '../companion-refusal.ts';
import { type Database, openDatabase } from '../database.ts';
import { createOutbox, enqueue, type Outbox } from '../outbox.ts';
import { sha256Of } from '../tree/bytes.ts';
import { createMemoryTree } from '../tree/memory-tree.ts';
import type { Tree } from '../tree/tree.ts';
import { createFakeCompanion, type FakeCompanion } from './fake-companion.ts';
import { createMirrorMemory } from './memory.ts';
import { createMirror, type Mirror, type MirrorStatus } from './mirror.ts';
import { type Sleep, sleep } from './wake-up.ts';

const model = 'cache/ai/whisper_models/small/encoder.onnx';
const stops: (() => Promise<void>)[] = [];
let database: Database | null = null;

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  for (const store of ['mirror', 'outbox', 'tree'] as const) await database?.clear(store);
  database?.close();
  database = null;
});

interface Counter {
  tree: Tree;
  outbox: Outbox;
  mirror: Mirror;
  status: () => MirrorStatus | undefined;
  logged: string[];
  stop: () => Promise<void>;
}

/** Waits are short: a millisecond for each hundred. */
const hurriedSleep: Sleep = (ms, signal) => sleep(ms / 100, signal);

async function openCounter(
  companion: FakeCompanion,
  { tree = createMemoryTree(), name = 'comptoir-2', inUse = [model] } = {},
): Promise<Counter> {
  database ??= await openDatabase();
  const logged: string[] = [];
  const log = createLogger((entry) => logged.push(entry.message));
  const outbox = createOutbox(database, log);
  let status: MirrorStatus | undefined;
  const mirror = createMirror({
    tree,
    outbox,
    log,
    client: companion.client,
    uploadResumably: (path, content, options) => companion.client.writeFile(path, content, options),
    memory: createMirrorMemory(database),
    counterName: async () => name,
    profileId: name,
    isInUse: (path) => inUse.includes(path),
    appendLog: (lines) => tree.append('logs/ai.log', lines),
    onStatus: (next) => {
      status = next;
    },
    now: Date.now,
    random: () => 0.5,
    sleep: hurriedSleep,
  });
  const ending = new AbortController();
  const running = mirror.run(ending.signal);
  const stop = async (): Promise<void> => {
    ending.abort();
    await running;
  };
  stops.push(stop);
  return { tree, outbox, mirror, status: () => status, logged, stop };
}

async function write(tree: Tree, path: string, text: string, mtime = Date.now()): Promise<void> {
  const content = new Blob([text]);
  await tree.write(path, content, { size: content.size, sha256: await sha256Of(content), mtime });
}
const textOf = async (tree: Tree, path: string): Promise<string | null> =>
  (await (await tree.read(path))?.text()) ?? null;
const pathsOf = async (tree: Tree): Promise<string[]> => (await tree.list()).map(({ path }) => path);
const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 10_000, interval: 5 });

describe('files', () => {
  it('go both ways, and the browser takes only what it holds', async () => {
    const companion = createFakeCompanion();
    await companion.put('settings/shop.json', '{}');
    await companion.put('cache/ai/old_service/model.pkl', 'pickled');
    await companion.put(model, 'weights');
    const { tree, status } = await openCounter(companion);
    await write(tree, 'papers/horaires.md', 'ouvert');
    await eventually(async () => {
      expect(await pathsOf(tree)).toEqual([model, 'papers/horaires.md', 'settings/shop.json']);
      expect(companion.paths()).toContain('papers/horaires.md');
      expect(status()).toMatchObject({ companion: 'there', waiting: 0 });
    });
    expect(companion.calls).not.toContain('readFile cache/ai/old_service/model.pkl');
  });

  it('that change on either side reach the other', async () => {
    const companion = createFakeCompanion();
    await companion.put('a.txt', 'one');
    const { tree } = await openCounter(companion);
    await eventually(async () => expect(await textOf(tree, 'a.txt')).toBe('one'));
    await companion.put('a.txt', 'two');
    await eventually(async () => expect(await textOf(tree, 'a.txt')).toBe('two'));
    await write(tree, 'a.txt', 'three');
    await eventually(async () => expect(await companion.text('a.txt')).toBe('three'));
    expect(companion.paths()).toEqual(['a.txt']);
  });

  it('of a model that a browser downloaded are offered to the companion, once', async () => {
    const companion = createFakeCompanion();
    const { tree, stop } = await openCounter(companion);
    await write(tree, model, 'weights');
    await eventually(() => expect(companion.paths()).toEqual([model]));
    await stop();
    const next = await openCounter(companion, { tree });
    await eventually(() => expect(next.status()?.companion).toBe('there'));
    await write(tree, 'a.txt', 'after');
    await eventually(() => expect(companion.paths()).toContain('a.txt'));
    expect(companion.calls.filter((call) => call === `writeFile ${model}`)).toHaveLength(1);
    expect(companion.calls).not.toContain(`readFile ${model}`);
  });

  it('that both changed keep both versions', async () => {
    const companion = createFakeCompanion();
    await companion.put('a.txt', 'common');
    const { tree, stop } = await openCounter(companion);
    await eventually(async () => expect(await textOf(tree, 'a.txt')).toBe('common'));
    await stop();
    const day = new Date(2026, 10, 22, 9).getTime();
    await write(tree, 'a.txt', 'mine', day);
    await companion.put('a.txt', 'theirs', day + 1);
    await openCounter(companion, { tree });
    const beside = 'a (conflit 2026-11-22 comptoir-2).txt';
    await eventually(async () => {
      expect([await textOf(tree, 'a.txt'), await textOf(tree, beside)]).toEqual(['theirs', 'mine']);
      expect([await companion.text('a.txt'), await companion.text(beside)]).toEqual(['theirs', 'mine']);
    });
  });

  it('deleted on purpose go on the other side too; cleaned up or lost ones do not', async () => {
    const companion = createFakeCompanion();
    for (const path of ['here.txt', 'there.txt', 'lost-here.txt', 'lost-there.txt']) await companion.put(path, path);
    const { tree, stop } = await openCounter(companion);
    await eventually(async () => expect(await pathsOf(tree)).toHaveLength(4));
    await stop();
    await tree.remove('here.txt', 'meant');
    await tree.remove('lost-here.txt', 'clean-up');
    companion.remove('there.txt', 'deleted');
    companion.remove('lost-there.txt', 'missing');
    await openCounter(companion, { tree });
    await eventually(async () => {
      expect(await pathsOf(tree)).toEqual(['lost-here.txt', 'lost-there.txt']);
      expect(companion.paths()).toEqual(['lost-here.txt', 'lost-there.txt']);
    });
  });

  it('that upkeep took from the disk are sent back only while they are in use', async () => {
    const companion = createFakeCompanion();
    await companion.put(model, 'weights');
    const { tree, stop } = await openCounter(companion);
    await eventually(async () => expect(await pathsOf(tree)).toEqual([model]));
    await stop();
    companion.remove(model, 'evicted');
    const unused = await openCounter(companion, { tree, inUse: [] });
    await write(tree, 'a.txt', 'a');
    await eventually(() => expect(companion.paths()).toEqual(['a.txt']));
    await unused.stop();
    await openCounter(companion, { tree });
    await eventually(() => expect(companion.paths()).toContain(model));
  });

  it('deleted elsewhere but in use here are restored', async () => {
    const companion = createFakeCompanion();
    await companion.put(model, 'weights');
    const { tree } = await openCounter(companion);
    await eventually(async () => expect(await pathsOf(tree)).toEqual([model]));
    companion.remove(model, 'deleted');
    await eventually(() => expect(companion.paths()).toEqual([model]));
    expect(await pathsOf(tree)).toEqual([model]);
  });

  it('that arrive damaged are not kept, and asked for again', async () => {
    const companion = createFakeCompanion();
    await companion.put('a.txt', 'whole');
    const { readFile } = companion.client;
    let damaged = 0;
    companion.client.readFile = async (path, options) => {
      const file = await readFile(path, options);
      damaged += 1;
      return damaged > 1 ? file : { ...file, body: new Blob(['whale']).stream() };
    };
    const { tree, status, stop } = await openCounter(companion);
    await eventually(() => expect(status()?.troubles).toMatchObject([{ path: 'a.txt', code: 'file-corrupt' }]));
    expect(await pathsOf(tree)).toEqual([]);
    await stop();
    await openCounter(companion, { tree });
    await eventually(async () => expect(await textOf(tree, 'a.txt')).toBe('whole'));
  });

  it('that a refusal concerns do not hold up the others', async () => {
    const companion = createFakeCompanion();
    companion.before = (call) => {
      if (call === 'writeFile bad.txt') throw new LaGraceError('disk-full', 'no room');
    };
    const { tree, status, logged } = await openCounter(companion);
    await write(tree, 'bad.txt', 'bad');
    await write(tree, 'good.txt', 'good');
    await eventually(() => expect(companion.paths()).toEqual(['good.txt']));
    await eventually(() => expect(status()?.troubles).toMatchObject([{ path: 'bad.txt', code: 'disk-full' }]));
    expect(logged.filter((line) => line.includes('bad.txt'))).toHaveLength(1);
  });
});

describe('small files', () => {
  it('go many at a time', async () => {
    const companion = createFakeCompanion();
    const tree = createMemoryTree();
    for (let index = 0; index < 260; index += 1) await write(tree, `papers/${index}.txt`, 'same');
    for (let index = 0; index < 20; index += 1) await companion.put(`settings/${index}.json`, '{}');
    const batches: number[] = [];
    const { writeFiles, readFiles } = companion.client;
    companion.client.writeFiles = (files, options) => {
      batches.push(files.length);
      return writeFiles(files, options);
    };
    companion.client.readFiles = (paths, options) => {
      batches.push(paths.length);
      return readFiles(paths, options);
    };
    await openCounter(companion, { tree });
    await eventually(async () => expect([(await tree.list()).length, companion.paths().length]).toEqual([280, 280]));
    expect(batches.sort((one, other) => one - other)).toEqual([10, 20, 250]);
  });

  it('do not take the log along, which is appended to', async () => {
    const companion = createFakeCompanion();
    companion.client.writeFiles = () => Promise.reject(new Error('nothing was to go like this'));
    const { tree } = await openCounter(companion);
    await tree.append('logs/ai.log', '2026-11-22 14:03:07 [INFO] bonjour\n');
    await eventually(() => expect(companion.calls).toContain('writeFile logs/ai.log'));
  });

  it('go one by one to a companion that does not take many', async () => {
    const companion = createFakeCompanion();
    const refuse = (): Promise<never> => Promise.reject(new CompanionRefusal(405, 'POST is not allowed here'));
    Object.assign(companion.client, { writeFiles: refuse, readFiles: refuse });
    await companion.put('settings/shop.json', '{}');
    const { tree } = await openCounter(companion);
    await write(tree, 'a.txt', 'a');
    await eventually(async () => {
      expect(companion.paths()).toEqual(['a.txt', 'settings/shop.json']);
      expect(await pathsOf(tree)).toEqual(['a.txt', 'settings/shop.json']);
    });
  });
});

describe('a companion that goes away', () => {
  it('is looked for until it is back, and nothing is lost or doubled', async () => {
    const companion = createFakeCompanion();
    const { tree, outbox, status } = await openCounter(companion);
    await eventually(() => expect(status()?.companion).toBe('there'));
    companion.setAway(true);
    await eventually(() => expect(status()?.companion).toBe('away'));
    await write(tree, 'a.txt', 'written offline');
    const event = { id: 'e1', type: 'assistant.turn', data: null, timestamp: 1, source: 'comptoir-2' };
    await outbox.enqueueEvent(event);
    await eventually(() => expect(status()).toMatchObject({ companion: 'away', waiting: 1 }));
    companion.setAway(false);
    await eventually(() => {
      expect(companion.paths()).toEqual(['a.txt']);
      expect(companion.events).toEqual([event]);
      expect(status()).toMatchObject({ companion: 'there', waiting: 0 });
    });
  });

  it('in the middle of an answer leaves whole files, each event once, and equal trees', async () => {
    const companion = createFakeCompanion();
    const { tree, outbox } = await openCounter(companion);
    const paths = Array.from({ length: 12 }, (_, index) => `papers/${index}.md`);
    for (const [index, path] of paths.entries()) {
      if (index % 2 === 0) await write(tree, path, path);
      else await companion.put(path, path);
      await outbox.enqueueEvent({ id: `e${index}`, type: 't', data: null, timestamp: index, source: 'c' });
    }
    // At random: cutting every so many calls could meet the same step of every new try. Park and Miller's numbers, the same each time.
    let drawn = 1;
    const cut = (): void => {
      drawn = (drawn * 48_271) % 2_147_483_647;
      if (drawn % 5 !== 0) return;
      companion.setAway(true);
      setTimeout(() => companion.setAway(false), 5);
      throw new LaGraceError('network-failed', 'cut');
    };
    companion.before = cut;
    companion.after = cut;
    await eventually(async () => {
      expect(await pathsOf(tree)).toEqual([...paths].sort());
      expect(companion.paths()).toEqual([...paths].sort());
      expect(companion.events).toHaveLength(12);
      expect((await outbox.counts()).pending).toBe(0);
    });
    for (const path of paths) expect([await textOf(tree, path), await companion.text(path)]).toEqual([path, path]);
    expect(companion.events.map(({ id }) => id)).toEqual(paths.map((_, index) => `e${index}`));
  });

  it('for another folder takes nothing of what was agreed with the first for a deletion', async () => {
    const first = createFakeCompanion();
    const { tree, stop } = await openCounter(first);
    await write(tree, 'a.txt', 'mine');
    await eventually(() => expect(first.paths()).toEqual(['a.txt']));
    await stop();
    const second = createFakeCompanion();
    second.rootId = 'root-2';
    await second.put('a.txt', 'mine');
    second.remove('a.txt', 'deleted');
    await openCounter(second, { tree });
    await eventually(() => expect(second.paths()).toEqual(['a.txt']));
  });
});

describe('the outbox', () => {
  it('sets aside the one event of many that is refused, and counts it', async () => {
    const companion = createFakeCompanion();
    companion.refusedIds.add('e1');
    const { outbox, status } = await openCounter(companion);
    for (const id of ['e0', 'e1', 'e2']) {
      await outbox.enqueueEvent({ id, type: 't', data: null, timestamp: 1, source: 'c' });
    }
    await eventually(() => expect(companion.events.map(({ id }) => id)).toEqual(['e0', 'e2']));
    await eventually(() => expect(status()).toMatchObject({ waiting: 0, setAside: 1 }));
  });

  it('sends documents where they belong', async () => {
    const companion = createFakeCompanion();
    const { outbox } = await openCounter(companion);
    const transaction = (database ?? (await openDatabase())).transaction('outbox', 'readwrite');
    await enqueue(transaction, { kind: 'document', id: 'd1', body: { id: 'd1' } });
    await transaction.done;
    await eventually(() => expect(companion.documents.get('d1')).toEqual({ id: 'd1' }));
    expect((await outbox.counts()).pending).toBe(0);
  });
});

describe('logs', () => {
  const line = (message: string): string => `2026-11-22 14:03:07 [INFO] ${message}\n`;

  it('get each other’s lines once, and then fall silent', async () => {
    const companion = createFakeCompanion();
    await companion.put('logs/ai.log', line('disk'));
    const tree = createMemoryTree();
    await tree.append('logs/ai.log', line('browser'));
    await openCounter(companion, { tree });
    const lines = async (): Promise<(string[] | undefined)[]> =>
      [await textOf(tree, 'logs/ai.log'), await companion.text('logs/ai.log')].map((text) => text?.split('\n').sort());
    const both = (...messages: string[]): string[] => messages.map(line).join('').split('\n').sort();
    await eventually(async () => expect(await lines()).toEqual([both('disk', 'browser'), both('disk', 'browser')]));
    await tree.append('logs/ai.log', line('more'));
    const all = both('disk', 'browser', 'more');
    await eventually(async () => expect(await lines()).toEqual([all, all]));
    await write(tree, 'a.txt', 'something else');
    await eventually(() => expect(companion.paths()).toContain('a.txt'));
    const calls = companion.calls.length;
    await hurriedSleep(10_000, new AbortController().signal);
    expect(companion.calls.slice(calls).filter((call) => call.includes('ai.log'))).toEqual([]);
    expect(await lines()).toEqual([all, all]);
  });
});

it('tells the companion what is used here', async () => {
  const companion = createFakeCompanion();
  const tree = createMemoryTree();
  await write(tree, model, 'weights');
  await openCounter(companion, { tree });
  await eventually(() =>
    expect(companion.uses).toMatchObject([{ path: model, profileId: 'comptoir-2', inUse: true, pinned: false }]),
  );
});

it('says that there is nothing to join when the companion keeps no files', async () => {
  const companion = createFakeCompanion();
  companion.rootId = null;
  const { status } = await openCounter(companion);
  await eventually(() => expect(status()?.companion).toBe('none'));
  expect(companion.calls).not.toContain('followTree');
});
