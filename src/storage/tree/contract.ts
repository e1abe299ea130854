import { sha256Of } from './bytes.ts';
import type { Expected, Tree, TreeChange } from './tree.ts';

/** The part of Vitest's and of Playwright's `expect` that the contract needs: it runs under both. */
export interface Matchers {
  toBe(expected: unknown): unknown;
  toEqual(expected: unknown): unknown;
  toMatchObject(expected: object): unknown;
  toBeGreaterThan(expected: number): unknown;
}
export type Expect = (value: unknown) => Matchers;

/** A clock that the tree under test reads, in epoch milliseconds; null where it cannot be set. */
export interface ContractTree {
  tree: Tree;
  advance: ((ms: number) => void) | null;
}

export interface TreeLaw {
  name: string;
  run: (under: ContractTree, expect: Expect) => Promise<void>;
}

const path = 'cache/ai/models/tiny/model.onnx';
const other = 'cache/ai/piper_voices/voix d’été.onnx.json';
const first = new Blob(['the first content']);
const second = new Blob(['a second content, longer than the first']);
const hourMs = 60 * 60_000;

async function expectedOf(content: Blob, mtime = 1_763_820_187_000): Promise<Expected> {
  return { size: content.size, sha256: await sha256Of(content), mtime };
}
async function put(tree: Tree, at: string, content: Blob): Promise<void> {
  await tree.write(at, content, await expectedOf(content));
}
async function textAt(tree: Tree, at: string): Promise<string | null> {
  return (await (await tree.read(at))?.text()) ?? null;
}
/** What a promise rejects with; undefined when it does not. */
async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
}

/** What every tree does. Each law is given an empty tree. */
export const treeLaws: readonly TreeLaw[] = [
  {
    name: 'gives back what was written, and says what it is',
    run: async ({ tree }, expect) => {
      expect(await tree.read(path)).toBe(null);
      const entry = await tree.write(path, first, await expectedOf(first));
      expect(entry).toMatchObject({ path, ...(await expectedOf(first)), pinned: false });
      expect(await textAt(tree, path)).toBe(await first.text());
      expect(await tree.list()).toEqual([entry]);
      expect(await tree.entry(path)).toEqual(entry);
      expect(await tree.entry(other)).toBe(null);
    },
  },
  {
    name: 'takes a stream, and tells how far it is',
    run: async ({ tree }, expect) => {
      const told: number[] = [];
      const expected = await expectedOf(second);
      await tree.write(path, second.stream(), expected, { onBytes: (bytes) => told.push(bytes) });
      expect(told.at(-1)).toBe(second.size);
      expect(await textAt(tree, path)).toBe(await second.text());
    },
  },
  {
    name: 'tells that it is through when the file is there already',
    run: async ({ tree }, expect) => {
      const told: number[] = [];
      await put(tree, path, first);
      await tree.write(path, first.stream(), await expectedOf(first), { onBytes: (bytes) => told.push(bytes) });
      expect(told).toEqual([first.size]);
    },
  },
  {
    name: 'lists files by path, each change with a higher revision',
    run: async ({ tree }, expect) => {
      await put(tree, other, first);
      await put(tree, path, first);
      const before = await tree.list();
      expect(before.map((entry) => entry.path)).toEqual([path, other]);
      await put(tree, other, second);
      const revisions = [...before, ...(await tree.list())].map(({ revision }) => revision);
      expect(revisions[3]).toBeGreaterThan(Math.max(...revisions.slice(0, 3)));
      await put(tree, other, second);
      expect((await tree.list())[1]?.revision).toBe(revisions[3]);
    },
  },
  {
    name: 'keeps the old file when the new one is not what was expected',
    run: async ({ tree }, expect) => {
      await put(tree, path, first);
      const expected = await expectedOf(second);
      const wrongs = [new Blob(['half']), new Blob([(await second.text()).toUpperCase()])];
      for (const wrong of wrongs) {
        expect(await failureOf(tree.write(path, wrong, expected))).toMatchObject({ code: 'file-corrupt' });
      }
      expect(await textAt(tree, path)).toBe(await first.text());
      expect((await tree.list()).length).toBe(1);
    },
  },
  {
    name: 'keeps the old file when a write is cancelled or its source breaks off',
    run: async ({ tree }, expect) => {
      await put(tree, path, first);
      const controller = new AbortController();
      controller.abort();
      const expected = await expectedOf(second);
      const cancelled = tree.write(path, second, expected, { signal: controller.signal });
      expect(await failureOf(cancelled)).toMatchObject({ name: 'AbortError' });
      const broken = new ReadableStream<Uint8Array>({
        start: (stream) => {
          stream.enqueue(new Uint8Array(3));
          stream.error(new TypeError('the cable was pulled'));
        },
      });
      expect(await failureOf(tree.write(path, broken, expected))).toMatchObject({ message: 'the cable was pulled' });
      expect(await textAt(tree, path)).toBe(await first.text());
    },
  },
  {
    name: 'lets several writers of one file go one after the other',
    run: async ({ tree }, expect) => {
      await Promise.all(Array.from({ length: 8 }, (_, index) => put(tree, path, index % 2 === 0 ? first : second)));
      expect([await first.text(), await second.text()].includes((await textAt(tree, path)) ?? '')).toBe(true);
      expect((await tree.list()).length).toBe(1);
    },
  },
  {
    name: 'adds text to the end of a file, whole lines from each writer',
    run: async ({ tree }, expect) => {
      const lines = Array.from({ length: 20 }, (_, index) => `ligne ${index} – été\n`);
      await Promise.all(lines.map(async (line) => tree.append('logs/ai.log', line)));
      const text = (await textAt(tree, 'logs/ai.log')) ?? '';
      expect(text.split('\n').sort()).toEqual(`${lines.join('')}`.split('\n').sort());
      const [entry] = await tree.list();
      expect(entry).toMatchObject({ size: new Blob([text]).size, sha256: await sha256Of(new Blob([text])) });
    },
  },
  {
    name: 'remembers a deletion that was meant until the file is back, and no other',
    run: async ({ tree }, expect) => {
      await put(tree, path, first);
      await put(tree, other, first);
      await tree.remove(path, 'meant');
      await tree.remove(other, 'clean-up');
      await tree.remove('cache/ai/models/never/was.onnx', 'meant');
      expect(await tree.list()).toEqual([]);
      expect(await tree.read(path)).toBe(null);
      const tombstones = await tree.tombstones();
      expect(tombstones.map((tombstone) => tombstone.path)).toEqual([path]);
      expect(tombstones[0]).toMatchObject({ sha256: await sha256Of(first) });
      await put(tree, path, first);
      expect(await tree.tombstones()).toEqual([]);
      await tree.remove(path, 'meant');
      await tree.forget(path);
      expect(await tree.tombstones()).toEqual([]);
    },
  },
  {
    name: 'notes when a file was last used, at most once an hour',
    run: async ({ tree, advance }, expect) => {
      await put(tree, path, first);
      const lastUsed = async (): Promise<number> => (await tree.list())[0]?.lastUsed ?? 0;
      const written = await lastUsed();
      advance?.(hourMs - 1);
      await tree.touch(path);
      expect(await lastUsed()).toBe(written);
      if (!advance) return;
      advance(1);
      await tree.touch(path);
      expect(await lastUsed()).toBe(written + hourMs);
    },
  },
  {
    name: 'keeps a pin when the file is replaced',
    run: async ({ tree }, expect) => {
      await put(tree, path, first);
      await tree.pin(path, true);
      await put(tree, path, second);
      expect((await tree.list())[0]).toMatchObject({ pinned: true });
      await tree.pin(path, false);
      expect((await tree.list())[0]).toMatchObject({ pinned: false });
    },
  },
  {
    name: 'tells of what comes, changes and goes, until nobody listens',
    run: async ({ tree }, expect) => {
      const told: TreeChange[] = [];
      const stop = tree.subscribe((change) => told.push(change));
      await put(tree, path, first);
      await tree.append(other, 'x');
      await tree.remove(path, 'clean-up');
      expect(told.map((change) => [change.path, change.entry?.size ?? null])).toEqual([
        [path, first.size],
        [other, 1],
        [path, null],
      ]);
      stop();
      await put(tree, path, first);
      expect(told.length).toBe(3);
    },
  },
  {
    name: 'replaces and removes only what the caller thinks is there',
    run: async ({ tree }, expect) => {
      const { sha256 } = await expectedOf(first);
      const write = async (content: Blob, replaces: string | null): Promise<unknown> =>
        tree.write(path, content, await expectedOf(content), { replaces });
      expect(await failureOf(write(first, sha256))).toMatchObject({ code: 'file-changed' });
      await write(first, null);
      expect(await failureOf(write(second, null))).toMatchObject({ code: 'file-changed' });
      await write(second, sha256);
      expect(await failureOf(tree.remove(path, 'meant', { replaces: sha256 }))).toMatchObject({ code: 'file-changed' });
      expect(await textAt(tree, path)).toBe(await second.text());
      expect(await tree.tombstones()).toEqual([]);
      await tree.remove(path, 'meant', { replaces: (await expectedOf(second)).sha256 });
      expect(await tree.entry(path)).toBe(null);
    },
  },
  {
    name: 'refuses what cannot be a path of the tree',
    run: async ({ tree }, expect) => {
      for (const wrong of ['../up', '/root', 'a//b', 'con', 'a:b', 'cache/x.part', '']) {
        const failure = await failureOf(tree.write(wrong, first, await expectedOf(first)));
        expect(failure).toMatchObject({ code: 'storage-failed' });
        expect(await failureOf(tree.append(wrong, 'x'))).toMatchObject({ code: 'storage-failed' });
      }
      expect(await tree.list()).toEqual([]);
    },
  },
];
