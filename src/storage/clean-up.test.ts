import { expect, it, vi } from 'vitest';
import { createLogger } from '../log.ts';
import { dayMs } from '../tree/upkeep.ts';
import { cleanUp, cleanUpNightly, findUnused, lastNight } from './clean-up.ts';
import { sha256Of } from './tree/bytes.ts';
import { createMemoryTree } from './tree/memory-tree.ts';

const model = (name: string): string => `cache/ai/models/${name}/model.onnx`;

it('takes what was not used for a month, save what is in use or pinned, and tells each by name', async () => {
  let at = Date.now();
  const tree = createMemoryTree({ now: () => at });
  for (const path of [model('old'), model('pinned'), model('used'), 'papers/old.md']) {
    const content = new Blob([path]);
    await tree.write(path, content, { size: content.size, sha256: await sha256Of(content) });
  }
  await tree.pin(model('pinned'), true);
  at += 31 * dayMs;
  const written = vi.fn();
  const options = { tree, isInUse: (path: string) => path === model('used'), now: at, log: createLogger(written) };
  expect((await findUnused(options)).map(({ path }) => path)).toEqual([model('old')]);
  expect((await cleanUp(options)).map(({ path }) => path)).toEqual([model('old')]);
  expect((await tree.list()).map(({ path }) => path)).toEqual([model('pinned'), model('used'), 'papers/old.md']);
  expect(written.mock.calls[0]?.[0]).toMatchObject({ message: `Deleted old cache: ${model('old')}` });
  expect(await tree.tombstones()).toEqual([]);
});

it('runs once a night, at the next start when the machine was off', async () => {
  const at = (day: number, hour: number): number => new Date(2026, 10, day, hour).getTime();
  let last: unknown = null;
  const list = vi.fn(async () => []);
  const memory = {
    read: async () => last,
    write: async (time: number) => {
      last = time;
    },
  };
  const options = { tree: { list, remove: async () => undefined }, isInUse: () => false, log: createLogger(vi.fn()) };
  for (const now of [at(1, 9), at(1, 23), at(2, 1)]) await cleanUpNightly({ ...options, now }, memory);
  expect(list).toHaveBeenCalledTimes(0);
  for (const now of [at(2, 3), at(2, 20), at(9, 8), at(9, 9)]) await cleanUpNightly({ ...options, now }, memory);
  expect(list).toHaveBeenCalledTimes(2);
});

it('is due once after two in the morning', () => {
  const at = (day: number, hour: number): number => new Date(2026, 10, day, hour).getTime();
  expect(lastNight(at(22, 9))).toBe(at(22, 2));
  expect(lastNight(at(22, 1))).toBe(at(21, 2));
});
