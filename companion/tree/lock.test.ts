import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type LockOptions, RootLockedError, takeLock } from './lock.ts';
import { openRoot } from './root.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lagrace-lock-'));
  path = join(folder, 'companion.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = (more: Partial<LockOptions> = {}): LockOptions => ({
  onLost: () => undefined,
  heartbeatMs: 20,
  patienceMs: 400,
  ...more,
});
const leave = (owner: object): void => writeFileSync(path, `${JSON.stringify(owner)}\n`);
/** A process that has ended, and so has a number which no other has for a while. */
const deadPid = (): number => spawnSync(process.execPath, ['--version']).pid;

describe('the lock', () => {
  test('keeps a second companion off until the first lets go', async () => {
    const first = await takeLock(path, options());
    await expect(takeLock(path, options())).rejects.toBeInstanceOf(RootLockedError);
    first.release();
    expect(existsSync(path)).toBe(false);
    (await takeLock(path, options())).release();
  });

  test('of a dead process is taken over at once', async () => {
    leave({ token: 'old', pid: deadPid(), host: hostname() });
    const lock = await takeLock(path, options({ patienceMs: 60_000 }));
    expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.pid);
    lock.release();
  });

  test('from before the machine was started is taken over at once, whoever has that number now', async () => {
    leave({ token: 'old', pid: process.ppid, host: hostname() });
    utimesSync(path, 1_600_000_000, 1_600_000_000);
    (await takeLock(path, options({ patienceMs: 60_000, isAlive: () => true }))).release();
  });

  test('of an earlier process that had our own number is taken over at once', async () => {
    leave({ token: 'old', pid: process.pid, host: hostname() });
    (await takeLock(path, options({ patienceMs: 60_000 }))).release();
  });

  test('of a living process that never moves it is taken over: another program was given the number', async () => {
    leave({ token: 'old', pid: process.ppid, host: hostname() });
    (await takeLock(path, options({ isAlive: () => true }))).release();
  });

  test('of another machine that moves it is respected', async () => {
    leave({ token: 'far', pid: 1, host: 'another-machine' });
    const beats = setInterval(() => utimesSync(path, new Date(), new Date()), 20);
    await expect(takeLock(path, options())).rejects.toBeInstanceOf(RootLockedError);
    clearInterval(beats);
  });

  test('that holds nonsense is taken over', async () => {
    writeFileSync(path, '');
    (await takeLock(path, options())).release();
  });

  test('is given to one of many that want a stale one', async () => {
    leave({ token: 'old', pid: deadPid(), host: hostname() });
    const taken = await Promise.allSettled(Array.from({ length: 5 }, () => takeLock(path, options())));
    const locks = taken.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(locks).toHaveLength(1);
    for (const lock of locks) lock.release();
  });

  test('tells its owner when another one has it, and is then left alone', async () => {
    const onLost = vi.fn();
    const lock = await takeLock(path, options({ onLost }));
    leave({ token: 'another', pid: process.pid, host: hostname() });
    await expect.poll(() => onLost.mock.calls.length).toBe(1);
    lock.release();
    expect(existsSync(path)).toBe(true);
  });
});

describe('the shop’s folder', () => {
  const shop = (): string => join(folder, 'Glowflixprojet');

  test('is made with the folders that the shop’s programs expect, and keeps its id', async () => {
    const root = await openRoot(shop(), options());
    expect(root.isNew).toBe(true);
    for (const name of [
      'cache/ai/whisper_models',
      'cache/ai/piper_voices',
      'cache/ai/tmp',
      'logs',
      'settings',
      'papers',
    ]) {
      expect(existsSync(join(shop(), name)), name).toBe(true);
    }
    root.release();
    const again = await openRoot(shop(), options());
    expect(again).toMatchObject({ rootId: root.rootId, isNew: false });
    again.release();
  });

  test('has one companion at a time', async () => {
    const root = await openRoot(shop(), options());
    await expect(openRoot(shop(), options())).rejects.toBeInstanceOf(RootLockedError);
    root.release();
  });

  test('is there as long as its marker is the one that it had', async () => {
    const root = await openRoot(shop(), options());
    expect(root.isThere()).toBe(true);
    writeFileSync(root.own('root.json'), '{"rootId":"another"}');
    expect(root.isThere()).toBe(false);
    rmSync(root.own('root.json'));
    expect(root.isThere()).toBe(false);
    root.release();
  });
});
