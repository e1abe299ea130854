import type { Stats } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../src/log.ts';
import { digestFile } from './digest.ts';
import type { Disk } from './disk.ts';
import type { FileRecord } from './journal.ts';
import type { Root } from './root.ts';
import { locate, openInside, statOrNull } from './safe-path.ts';
import { type Found, foundOf, isMeant, type Scan, scanTree } from './scan.ts';
import { TreeError } from './tree-error.ts';
import type { TreeIndex } from './tree-index.ts';
import { type Watcher, type WatchTree, watchTree } from './watch.ts';

export interface FollowerOptions {
  root: Root;
  disk: Disk;
  index: TreeIndex;
  log: Logger;
  /** Whether a file is pinned or in use somewhere: then its absence is a loss, whoever took it away. */
  isWanted: (path: string) => boolean;
  now?: () => number;
  watch?: WatchTree;
  scanEveryMs?: number;
  times?: FollowerTimes;
}
export type FolderState = 'reading' | 'ready' | 'unplugged';

/** How long changes are waited for, in milliseconds. */
export interface FollowerTimes {
  tickMs: number;
  /** From a change until nothing more is seen to change. */
  settleMs: number;
  /** What is long, or written line by line, gets longer to come to rest; still under the two seconds that a change may take. */
  settleLongMs: number;
  scanUnwatchedMs: number;
}
const defaultTimes: FollowerTimes = { tickMs: 50, settleMs: 200, settleLongMs: 1000, scanUnwatchedMs: 2000 };
/** Files looked at in one tick, so that requests get their turn. */
const maxLooks = 500;
const longBytes = 64 << 20;
const goneLatelyMs = 10 * 60_000;
const smallReaders = 4;

/** Keeps an index true to a folder that other programs write into too. */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #now: () => number;
  readonly #times: FollowerTimes;
  readonly #stopping = new AbortController();
  /** Files that changed and may still be changing. */
  readonly #settling = new Map<string, { seen: Found | null; since: number; dueAt: number }>();
  readonly #small = new Set<string>();
  readonly #long = new Set<string>();
  readonly #reading = new Map<string, Promise<FileRecord | null>>();
  #readers = 0;
  #tick: NodeJS.Timeout | undefined;
  #scanTimer: NodeJS.Timeout | undefined;
  #scanAt = Number.POSITIVE_INFINITY;
  #scanning: Promise<void> | null = null;
  #lastScanMs = 0;
  #watcher: Watcher | null = null;
  #state: FolderState = 'reading';
  #refused = 0;
  #goneAt: number[] = [];

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#times = options.times ?? defaultTimes;
    const { root, log, watch = watchTree } = options;
    this.#watcher = watch(
      root.path,
      (path) => (path === '' ? this.#scanIn(this.#times.settleMs) : this.notice(path)),
      (error) => {
        log.warn('the system does not watch the whole folder; it is looked through every 2 s instead', error);
        this.#watcher?.close();
        this.#watcher = null;
      },
    );
    this.#scanIn(0);
  }

  get state(): FolderState {
    return this.#state;
  }

  /** For the health of the companion: what is still to be read, and what is wrong. */
  health(): { state: FolderState; watched: boolean; toRead: number; refused: number } {
    const toRead = this.#settling.size + this.#small.size + this.#long.size + this.#reading.size;
    return { state: this.#state, watched: this.#watcher !== null, toRead, refused: this.#refused };
  }

  /** Something happened at this path: it will be looked at once it has come to rest. */
  notice(path: string): void {
    if (this.#stopping.signal.aborted || this.#settling.has(path)) return;
    const now = performance.now();
    this.#settling.set(path, { seen: null, since: now, dueAt: now + this.#times.settleMs / 2 });
    this.#wake();
  }

  /** What a file holds now, read at once when that is not known; null when there is none. Rejects with a TreeError. */
  async refresh(path: string): Promise<FileRecord | null> {
    const { root, index } = this.#options;
    const { stats } = locate(root.path, path);
    const known = index.files.get(path);
    if (!stats) {
      if (known && !known.missing) this.#scanIn(0);
      return known?.missing ? known : null;
    }
    return known && isUnchanged(known, foundOf(stats)) ? known : this.#read(path, false);
  }

  /** Resolves once the folder has been looked through and all that was found is read. */
  async settled(): Promise<void> {
    while (
      !this.#stopping.signal.aborted &&
      (this.#isBusy() || this.#scanAt <= performance.now() + this.#times.settleLongMs)
    ) {
      await sleep(this.#times.tickMs / 5);
    }
  }

  /** Looks through the folder now. */
  async scan(): Promise<void> {
    await this.#scanning;
    this.#startScan();
    await this.#scanning;
    await this.settled();
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    clearInterval(this.#tick);
    clearTimeout(this.#scanTimer);
    this.#watcher?.close();
    await Promise.allSettled([this.#scanning, ...this.#reading.values()]);
  }

  #isBusy(): boolean {
    return this.#scanning !== null || this.#settling.size + this.#small.size + this.#long.size + this.#reading.size > 0;
  }

  #wake(): void {
    this.#tick ??= setInterval(() => this.#settle(), this.#times.tickMs).unref();
  }

  #settle(): void {
    if (this.#settling.size === 0) {
      clearInterval(this.#tick);
      this.#tick = undefined;
      return;
    }
    const now = performance.now();
    const due = [...this.#settling].filter(([, { dueAt }]) => dueAt <= now).slice(0, maxLooks);
    for (const [path, entry] of due) this.#look(path, entry);
  }

  #look(path: string, entry: { seen: Found | null; since: number; dueAt: number }): void {
    const { root, index } = this.#options;
    const stats = lookAt(`${root.path}/${path}`);
    const known = index.files.get(path);
    if (!stats?.isFile()) {
      this.#settling.delete(path);
      // A folder, which may have come with files in it; or nothing, and then the whole must say whether that was meant.
      this.#scanIn(this.#times.settleMs);
      return;
    }
    const found = foundOf(stats);
    const now = performance.now();
    if (known && isUnchanged(known, found)) {
      this.#settling.delete(path);
    } else if (isAtRest(entry.seen, found) || (isLog(path) && now - entry.since > this.#times.settleLongMs)) {
      this.#settling.delete(path);
      (found.size > longBytes ? this.#long : this.#small).add(path);
      this.#startReaders();
    } else {
      entry.seen = found;
      entry.dueAt = now + (found.size > longBytes || isLog(path) ? this.#times.settleLongMs : this.#times.settleMs);
    }
  }

  #startReaders(): void {
    while (this.#readers < smallReaders && this.#readers < this.#small.size + Math.min(1, this.#long.size)) {
      this.#readers += 1;
      void this.#readQueued().finally(() => {
        this.#readers -= 1;
        if (!this.#stopping.signal.aborted && this.#small.size + this.#long.size > 0 && this.#readers === 0)
          this.#startReaders();
      });
    }
  }

  async #readQueued(): Promise<void> {
    for (let path = this.#nextQueued(); path !== undefined; path = this.#nextQueued()) {
      try {
        await this.#read(path, true);
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        if (!(error instanceof TreeError))
          this.#options.log.warn(`${path} cannot be read; it is tried again at the next look`, error);
      }
    }
  }

  #nextQueued(): string | undefined {
    for (const queue of this.#readers > 1 ? [this.#small] : [this.#small, this.#long]) {
      const path = queue.values().next().value;
      if (path === undefined) continue;
      queue.delete(path);
      return path;
    }
    return undefined;
  }

  #read(path: string, isBackground: boolean): Promise<FileRecord | null> {
    const running = this.#reading.get(path);
    if (running) return running;
    const started = this.#digest(path, isBackground).finally(() => this.#reading.delete(path));
    this.#reading.set(path, started);
    return started;
  }

  async #digest(path: string, isBackground: boolean): Promise<FileRecord | null> {
    const { root, disk, index } = this.#options;
    const conflict = index.conflictOf(path);
    if (conflict !== null) throw new TreeError('name-conflict', `${path} differs from ${conflict} by capitals only`);
    const { handle, stats } = await openInside(disk, root.path, path);
    try {
      const found = foundOf(stats);
      const known = index.files.get(path);
      // A file that was missing and came back as it was.
      if (known?.missing && known.size === found.size && known.mtime === found.mtime)
        return index.put(path, known, this.#now());
      const sha256 = await digestFile(handle, found.size, { signal: this.#stopping.signal, isBackground });
      const after = foundOf(await handle.stat());
      const isStill = isAtRest(found, after);
      if (!isStill) this.notice(path);
      // A log only grows: what was read of it stays true.
      if (sha256 === null || !(isStill || isLog(path))) return isBackground ? null : this.#retry(path);
      return index.put(path, { ...found, sha256 }, this.#now());
    } finally {
      await handle.close();
    }
  }

  #retry(path: string): never {
    throw new TreeError('file-busy', `${path} is being written by another program; try again`);
  }

  #scanIn(ms: number): void {
    if (this.#stopping.signal.aborted) return;
    const at = performance.now() + Math.max(ms, Math.min(5 * this.#lastScanMs, 10_000));
    if (at >= this.#scanAt) return;
    this.#scanAt = at;
    clearTimeout(this.#scanTimer);
    this.#scanTimer = setTimeout(() => this.#startScan(), at - performance.now()).unref();
  }

  #startScan(): void {
    this.#scanAt = Number.POSITIVE_INFINITY;
    if (this.#stopping.signal.aborted) return;
    if (this.#scanning) {
      this.#scanIn(this.#times.settleMs);
      return;
    }
    const startedAt = performance.now();
    this.#scanning = this.#scanOnce()
      .catch((error: unknown) => {
        if (!this.#stopping.signal.aborted) this.#options.log.warn('the folder could not be looked through', error);
      })
      .finally(() => {
        this.#scanning = null;
        this.#lastScanMs = performance.now() - startedAt;
        this.#scanIn(this.#watcher ? (this.#options.scanEveryMs ?? 30_000) : this.#times.scanUnwatchedMs);
      });
  }

  async #scanOnce(): Promise<void> {
    const { root, index } = this.#options;
    const before = index.revision;
    const isThere = root.isThere();
    const scan = isThere ? await scanTree(root.path, this.#stopping.signal) : null;
    if (!scan || !root.isThere()) return this.#unplugged();
    if (this.#state === 'unplugged') this.#options.log.info(`${root.path} is back`);
    this.#state = 'ready';
    this.#reportRefused(scan.refused);
    for (const [path, found] of scan.files) {
      const known = index.files.get(path);
      if (!(known && isUnchanged(known, found)) && index.conflictOf(path) === null) this.#noticeFound(path, found);
    }
    if (scan.isComplete) this.#judgeGone(scan, before);
    // What came into a new folder before it was watched.
    if (this.#watcher?.follow(scan.folders)) this.#scanIn(this.#times.settleMs);
    await index.compact();
  }

  /** A file that was as it is now a while ago needs no rest. */
  #noticeFound(path: string, found: Found): void {
    if (this.#settling.has(path) || this.#reading.has(path)) return;
    const now = performance.now();
    const isOld = Math.abs(this.#now() - found.mtime) > 10_000;
    this.#settling.set(path, { seen: found, since: now, dueAt: now + (isOld ? 0 : this.#times.settleMs) });
    this.#wake();
  }

  #judgeGone(scan: Scan, revision: number): void {
    const { root, index, log, isWanted } = this.#options;
    const gone: string[] = [];
    for (const known of index.files.values()) {
      if (known.missing || known.revision > revision || scan.files.has(known.path)) continue;
      if (statOrNull(`${root.path}/${known.path}`) === null) gone.push(known.path);
    }
    if (gone.length === 0) return;
    const now = this.#now();
    this.#goneAt = this.#goneAt.filter((at) => at > now - goneLatelyMs);
    const present = [...index.files.values()].filter(({ missing }) => !missing).length - gone.length;
    const meant = isMeant({ present, gone: gone.length, goneLately: this.#goneAt.length });
    if (!meant)
      log.warn(`${gone.length} files are gone from ${root.path} at once: none counts as deleted, ${present} are left`);
    for (const path of gone) {
      if (!meant || isWanted(path)) {
        index.setMissing(path);
        continue;
      }
      index.remove(path, 'deleted');
      this.#goneAt.push(now);
    }
  }

  #unplugged(): void {
    if (this.#state !== 'unplugged')
      this.#options.log.error(`${this.#options.root.path} is not there any more: is a drive unplugged?`);
    this.#state = 'unplugged';
  }

  #reportRefused(refused: string[]): void {
    if (refused.length > this.#refused) {
      this.#options.log.warn(
        `${refused.length} names in the folder are left alone, such as ${JSON.stringify(refused[0])}`,
      );
    }
    this.#refused = refused.length;
  }
}

/** A disk that does not even let itself be looked at holds nothing new. */
function lookAt(file: string): Stats | null {
  try {
    return statOrNull(file);
  } catch {
    return null;
  }
}

function isUnchanged(known: FileRecord, found: Found): boolean {
  return !known.missing && known.size === found.size && known.mtime === found.mtime;
}

function isAtRest(before: Found | null, now: Found): boolean {
  return before?.size === now.size && before.mtime === now.mtime;
}

function isLog(path: string): boolean {
  return path.startsWith('logs/');
}
