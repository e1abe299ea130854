import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { systemCode } from './tree-error.ts';

const ownerSchema = v.object({ token: v.string(), pid: v.pipe(v.number(), v.integer()), host: v.string() });
type Owner = v.InferOutput<typeof ownerSchema>;

/** The locks that this process holds itself. */
const held = new Set<string>();

/** Another companion works on this folder. */
export class RootLockedError extends Error {
  override readonly name = 'RootLockedError';
}

export interface LockOptions {
  /** Called when another companion took the lock over, since this process was asleep for too long. */
  onLost: () => void;
  heartbeatMs?: number;
  /** How long the lock of a living process may go without a heartbeat before that process is taken for another one. */
  patienceMs?: number;
  isAlive?: (pid: number) => boolean;
  signal?: AbortSignal | undefined;
}
export interface Lock {
  release(): void;
}

/**
 * Takes the lock file at `path`, or rejects with RootLockedError. The lock of a process that is dead, or that was started before
 * this machine was, is taken over at once. One whose process lives is watched: an owner moves the file's time every few
 * seconds, another program that was given a dead owner's number does not.
 */
export async function takeLock(path: string, options: LockOptions): Promise<Lock> {
  const { onLost, heartbeatMs = 2000, patienceMs = 15_000, isAlive = isProcessAlive, signal } = options;
  const mine: Owner = { token: randomUUID(), pid: process.pid, host: hostname() };
  while (!create(path, mine)) {
    const found = read(path);
    if (found === null) continue;
    if (await isOwned(path, found, { patienceMs, isAlive, signal })) {
      throw new RootLockedError(
        `${path} is held by process ${found.owner?.pid ?? 'unknown'} of ${found.owner?.host ?? 'unknown'}`,
      );
    }
    takeAway(path, found);
  }
  held.add(mine.token);
  const heart = setInterval(() => {
    if (read(path)?.owner?.token === mine.token) return beat(path);
    clearInterval(heart);
    onLost();
  }, heartbeatMs);
  heart.unref();
  return {
    release: () => {
      clearInterval(heart);
      held.delete(mine.token);
      if (read(path)?.owner?.token === mine.token) unlinkQuietly(path);
    },
  };
}

interface Found {
  text: string;
  owner: Owner | null;
  beatAt: number;
}

function create(path: string, owner: Owner): boolean {
  try {
    writeFileSync(path, `${JSON.stringify(owner)}\n`, { flag: 'wx', flush: true });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function read(path: string): Found | null {
  try {
    const text = readFileSync(path, 'utf8');
    return { text, owner: parseOwner(text), beatAt: statSync(path).mtimeMs };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function parseOwner(text: string): Owner | null {
  try {
    const parsed = v.safeParse(ownerSchema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

async function isOwned(
  path: string,
  { owner, text, beatAt }: Found,
  { patienceMs, isAlive, signal }: Required<Pick<LockOptions, 'patienceMs' | 'isAlive'>> & Pick<LockOptions, 'signal'>,
): Promise<boolean> {
  if (owner?.host === hostname()) {
    const startedAt = Date.now() - uptime() * 1000;
    if (owner.pid === process.pid) return held.has(owner.token);
    if (!isAlive(owner.pid) || beatAt < startedAt - 10_000) return false;
  }
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    await sleep(Math.min(200, patienceMs / 4), undefined, signal ? { signal } : {});
    const now = read(path);
    if (now === null) return false;
    if (now.text !== text || now.beatAt !== beatAt) return true;
  }
  return false;
}

/** Takes the stale lock away, and puts back what another companion may have put in its place in this very moment. */
function takeAway(path: string, stale: Found): void {
  const aside = `${path}.${randomUUID()}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  try {
    if (read(aside)?.text !== stale.text) linkSync(aside, path);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  } finally {
    unlinkQuietly(aside);
  }
}

function beat(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // The next heartbeat tells: either the file is there again, or the lock is lost.
  }
}

function unlinkQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Already gone, with the disk or by hand.
  }
}

function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}
