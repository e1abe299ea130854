import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Logger } from '../../src/log.ts';
import type { TreeListing } from '../../src/schema/tree.ts';
import { foldPath } from '../../src/schema/tree-path.ts';
import { type Conditions, requireConditions } from './conditions.ts';
import { digestFile } from './digest.ts';
import { createFolderSync, type Disk, nodeDisk, noFollow, whileHeld } from './disk.ts';
import { type FolderState, Follower, type FollowerOptions } from './follower.ts';
import { type FileRecord, openJournal, readJournal } from './journal.ts';
import { appendWhole, receive, type Source } from './receive.ts';
import { openRevisions } from './revisions.ts';
import { ownFolders, type Root } from './root.ts';
import { checkPath, locate, makeFolders, openInside, statOrNull } from './safe-path.ts';
import { foundOf } from './scan.ts';
import { explainDiskError, systemCode, TreeError } from './tree-error.ts';
import { type TreeChange, TreeIndex } from './tree-index.ts';
import { createTurns, type Turns } from './turns.ts';
import { createUses, type Uses } from './uses.ts';

export interface DiskTreeOptions {
  root: Root;
  log: Logger;
  disk?: Disk;
  now?: () => number;
  /** How long a file that another program holds open is tried again. */
  retryMs?: number;
  scanEveryMs?: number;
  watch?: FollowerOptions['watch'];
  times?: FollowerOptions['times'];
}
/** What a sender says about a file; the digest is hexadecimal. */
export interface Announced {
  sha256?: string | undefined;
  size?: number | undefined;
  /** When the sender wrote it, epoch milliseconds: of two versions the later one wins. */
  mtime?: number | undefined;
}
export interface Written {
  record: FileRecord;
  /** Whether there was no such file before. */
  isNew: boolean;
}
export interface TreeHealth {
  rootId: string;
  revision: number;
  state: FolderState;
  files: number;
  missing: number;
  toRead: number;
  refused: number;
  watched: boolean;
}

/** Of less, the disk itself says soon enough that it is full. */
const smallBytes = 64 << 10;
const maxFileBytes = 64 * 2 ** 30;

/** The tree on disk: what is in it, and how files come and go without ever being torn. Paths are checked here. */
export class DiskTree {
  readonly index: TreeIndex;
  readonly root: Root;
  readonly uses: Uses;
  readonly #follower: Follower;
  readonly #disk: Disk;
  readonly #log: Logger;
  readonly #now: () => number;
  readonly #retryMs: number;
  readonly #syncFolder: (folder: string) => Promise<void>;
  readonly #stopping = new AbortController();
  readonly #turns: Turns = createTurns(this.#stopping.signal);

  constructor(index: TreeIndex, options: DiskTreeOptions) {
    const { root, log, disk = nodeDisk, now = Date.now, retryMs = 5000, scanEveryMs, watch, times } = options;
    this.index = index;
    this.root = root;
    this.#disk = disk;
    this.#log = log;
    this.#now = now;
    this.#retryMs = retryMs;
    this.#syncFolder = createFolderSync(disk);
    this.uses = createUses(index, now);
    const { isWanted } = this.uses;
    const given = {
      ...(scanEveryMs !== undefined && { scanEveryMs }),
      ...(watch && { watch }),
      ...(times && { times }),
    };
    this.#follower = new Follower({ root, disk, index, log, isWanted, now, ...given });
  }

  /** All of the tree, or what changed after a revision. While the drive is away, every file of it is missing. */
  listing(since?: number): TreeListing {
    const listing = this.index.listing(since);
    if (this.#follower.state !== 'unplugged') return listing;
    return { ...listing, entries: listing.entries.map((entry) => ({ ...entry, missing: true })) };
  }

  subscribe(listener: (change: TreeChange) => void): () => void {
    return this.index.subscribe(listener);
  }

  health(): TreeHealth {
    const files = [...this.index.files.values()];
    const missing = files.filter((file) => file.missing).length;
    return {
      rootId: this.index.rootId,
      revision: this.index.revision,
      files: files.length,
      missing,
      ...this.#follower.health(),
    };
  }

  /** Resolves once everything on the disk is known. */
  settled(): Promise<void> {
    return this.#follower.settled();
  }

  /** Looks through the folder now, without waiting for its turn. */
  scan(): Promise<void> {
    return this.#follower.scan();
  }

  /** What the file at a path holds now, or null. Rejects with a TreeError. */
  async current(path: string): Promise<FileRecord | null> {
    checkPath(path);
    const record = await this.#follower.refresh(path);
    return record;
  }

  /** Opens a file: `record.size` bytes of it have the digest `record.sha256`. Whoever asks closes the handle. */
  async open(path: string): Promise<{ handle: FileHandle; record: FileRecord }> {
    for (let attempt = 1; ; attempt += 1) {
      const record = await this.current(path);
      if (!record) throw this.#absent(path);
      if (record.missing)
        throw new TreeError('file-missing', `${path} is gone from the disk; a browser that holds it may send it`);
      const { handle, stats } = await openInside(this.#disk, this.root.path, path);
      const found = foundOf(stats);
      if (found.mtime === record.mtime && found.size === record.size) return { handle, record };
      if (path.startsWith('logs/') && found.size > record.size) return { handle, record };
      await handle.close();
      if (attempt === 3) throw new TreeError('file-busy', `${path} is being written by another program; try again`);
    }
  }

  /**
   * Writes what `source` gives to `path`: all of it or nothing, and on the disk once this resolves. Sending what is already there
   * is done at once. Rejects with a TreeError, and then the old file is whole.
   */
  write(path: string, source: Source, announced: Announced, conditions: Conditions = {}): Promise<Written> {
    return this.#change(path, async () => {
      const known = await this.#beforeWriting(path, announced, conditions);
      if (known) return known;
      const { file } = locate(this.root.path, path);
      const part = `${file}.part`;
      await this.#makeFolders(file);
      try {
        const sha256 = await this.#receive(path, part, source, announced);
        return await this.#moveIn(path, part, sha256, conditions);
      } catch (error) {
        if (!(error instanceof TreeError && error.code === 'file-busy'))
          await this.#disk.unlink(part).catch(() => undefined);
        throw error;
      }
    });
  }

  /** Says before a file is sent whether it may be: gives what is there when that is the same, and rejects as `write` would. */
  expect(path: string, announced: Announced, conditions: Conditions = {}): Promise<Written | null> {
    return this.#beforeWriting(path, announced, conditions);
  }

  /** Moves a whole file that lies elsewhere on the same disk to `path`, once its digest is what was announced. */
  adopt(
    path: string,
    from: string,
    announced: Announced & { sha256: string },
    conditions: Conditions = {},
  ): Promise<Written> {
    return this.#change(path, async () => {
      const known = await this.#beforeWriting(path, announced, conditions);
      if (known) return known;
      const handle = await this.#disk.open(from, constants.O_RDWR | noFollow);
      try {
        const { size } = await handle.stat();
        const sha256 = await digestFile(handle, size, { signal: this.#stopping.signal, isBackground: false });
        requireAnnounced(path, announced, size, sha256);
        await this.#keepTime(handle, announced);
        await handle.sync();
      } finally {
        await handle.close();
      }
      const { file } = locate(this.root.path, path);
      await this.#makeFolders(file);
      return this.#moveIn(path, from, announced.sha256, conditions);
    });
  }

  /**
   * Brings a log that other programs write to as well up to `whole`, which must begin with what is there: the rest is appended, so
   * that nothing which they write meanwhile is lost. Rejects with a TreeError `log-only-grows` otherwise.
   */
  appendTo(path: string, whole: Buffer, conditions: Conditions = {}): Promise<Written> {
    return this.#change(path, async () => {
      const sha256 = createHash('sha256').update(whole).digest('hex');
      const known = await this.#beforeWriting(path, { sha256, size: whole.length }, conditions);
      if (known) return known;
      const { file, stats } = locate(this.root.path, path);
      await this.#makeFolders(file);
      const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | noFollow;
      const handle = await this.#disk.open(file, flags, 0o666);
      try {
        const there = await handle.readFile();
        if (!there.equals(whole.subarray(0, there.length))) {
          throw new TreeError(
            'log-only-grows',
            `${path} begins otherwise: look at it again, and send it with lines added`,
          );
        }
        await appendWhole(handle, there.length, whole.subarray(there.length));
        await handle.sync();
      } finally {
        await handle.close();
      }
      const record = await this.current(path);
      if (!record) throw this.#absent(path);
      return { record, isNew: stats === null };
    });
  }

  /** Deletes a file on purpose: every browser will. Rejects with a TreeError. */
  remove(path: string, conditions: Conditions = {}): Promise<void> {
    return this.#change(path, async () => {
      const record = await this.current(path);
      if (!record) throw this.#absent(path);
      requireConditions(conditions, record.sha256, path);
      const { file, stats } = locate(this.root.path, path);
      if (stats) await this.#unlink(file, path);
      this.index.remove(path, 'deleted');
    });
  }

  /** Takes a file away from this disk only. False when it is used, wanted or changed by now. */
  evict(path: string, isStillOld: (record: FileRecord) => boolean): Promise<boolean> {
    return this.#change(path, async () => {
      const record = await this.current(path);
      if (!record || record.missing || this.uses.isWanted(path) || !isStillOld(record)) return false;
      const { file } = locate(this.root.path, path);
      // First the index: whoever looks at the folder in between must not take this for somebody's deletion.
      this.index.remove(path, 'evicted');
      try {
        await this.#unlink(file, path);
        return true;
      } catch (error) {
        this.#follower.notice(path);
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#follower.close();
    await this.#turns.settled();
    await this.index.close();
  }

  /** One change of a path at a time, whatever its capitals; a full disk says so. */
  #change<T>(path: string, work: () => Promise<T>): Promise<T> {
    return this.#turns.take(foldPath(path), () =>
      work().catch((error: unknown) => {
        throw explainDiskError(error, path);
      }),
    );
  }

  /** Gives what is there when nothing is to be written; otherwise makes sure that the file may be written. */
  async #beforeWriting(path: string, { sha256, size }: Announced, conditions: Conditions): Promise<Written | null> {
    checkPath(path);
    if (size !== undefined && size > maxFileBytes) throw new TreeError('too-large', `${path} would have ${size} bytes`);
    if (!this.root.isThere()) {
      throw new TreeError('folder-unplugged', `the folder of ${path} is not there; is a drive unplugged?`);
    }
    const conflict = this.index.conflictOf(path);
    if (conflict !== null) throw new TreeError('name-conflict', `${path} differs from ${conflict} by capitals only`);
    const record = await this.current(path);
    if (record && !record.missing && record.sha256 === sha256) return { record, isNew: false };
    requireConditions(conditions, record && !record.missing ? record.sha256 : null, path);
    if (size !== undefined && size > smallBytes) await this.#requireSpace(path, size);
    return null;
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await this.#disk.statfs(this.root.path);
    return bavail * bsize;
  }

  async #requireSpace(path: string, size: number): Promise<void> {
    if (size > (await this.freeBytes()))
      throw new TreeError('disk-full', `the disk has no room for the ${size} bytes of ${path}; free some space`);
  }

  async #receive(path: string, part: string, source: Source, announced: Announced): Promise<string> {
    const handle = await this.#openPart(part);
    try {
      const { size, sha256 } = await receive(handle, source, maxFileBytes);
      if (size > maxFileBytes) throw new TreeError('too-large', `${path} has more than ${maxFileBytes} bytes`);
      requireAnnounced(path, announced, size, sha256);
      await this.#keepTime(handle, announced);
      await handle.sync();
      return sha256;
    } finally {
      await handle.close();
    }
  }

  /** A file of our own making: a link in its place would lead the bytes elsewhere. */
  #openPart(part: string): Promise<FileHandle> {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow;
    return this.#disk.open(part, flags, 0o666).catch(async (error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw error;
      if (statOrNull(part)?.isDirectory()) {
        throw new TreeError('name-conflict', `a folder is called ${part}, as a file under way is; rename it`);
      }
      await this.#disk.unlink(part);
      return this.#disk.open(part, flags, 0o666);
    });
  }

  /** A clock that is ahead must not win for ever. */
  async #keepTime(handle: FileHandle, { mtime }: Announced): Promise<void> {
    if (mtime === undefined) return;
    const seconds = Math.min(mtime, this.#now()) / 1000;
    await handle.utimes(seconds, seconds);
  }

  async #moveIn(path: string, part: string, sha256: string, conditions: Conditions): Promise<Written> {
    // Much may have happened on the disk while the bytes came.
    const before = await this.current(path);
    const old = before?.missing ? null : before;
    requireConditions(conditions, old?.sha256 ?? null, path);
    const { file } = locate(this.root.path, path);
    const retry = { retryMs: this.#retryMs, signal: this.#stopping.signal };
    await whileHeld(() => this.#disk.rename(part, file), path, retry).catch((error: unknown) => {
      if (error instanceof TreeError) this.#log.warn(`${error.message}; ${part} is kept`);
      throw error;
    });
    await this.#syncFolder(dirname(file));
    const { stats } = locate(this.root.path, path);
    if (!stats) throw new TreeError('file-busy', `${path} was taken away by another program as soon as it was written`);
    return { record: this.index.put(path, { ...foundOf(stats), sha256 }, this.#now()), isNew: old === null };
  }

  async #makeFolders(file: string): Promise<void> {
    const made = await makeFolders(this.#disk, this.root.path, file);
    for (const folder of made) await this.#syncFolder(dirname(folder));
  }

  #unlink(file: string, path: string): Promise<void> {
    const retry = { retryMs: this.#retryMs, signal: this.#stopping.signal };
    return whileHeld(() => this.#disk.unlink(file), path, retry).catch((error: unknown) => {
      if (systemCode(error) !== 'ENOENT') throw error;
    });
  }

  #absent(path: string): TreeError {
    if (this.root.isThere()) return new TreeError('not-found', `there is no ${path}`);
    return new TreeError('folder-unplugged', `the folder of ${path} is not there; is a drive unplugged?`);
  }
}

/** Opens the tree below a root: what was known last time is known at once, the rest is read in the background. */
export async function openDiskTree(options: DiskTreeOptions): Promise<DiskTree> {
  const { root, log } = options;
  const path = root.own('index.jsonl');
  const revisions = openRevisions(root.own('revision'), root.isNew);
  const index = new TreeIndex(root.rootId, ownFolders, revisions, openJournal(path, log));
  await readJournal(path, (record) => index.restore(record));
  return new DiskTree(index, options);
}

function requireAnnounced(path: string, announced: Announced, size: number, sha256: string | null): void {
  if (announced.size !== undefined && announced.size !== size) {
    throw new TreeError(
      'size-mismatch',
      `${path}: ${size} bytes came, ${announced.size} were announced; send it again`,
    );
  }
  if (announced.sha256 !== undefined && announced.sha256 !== sha256) {
    throw new TreeError('digest-mismatch', `${path}: the bytes that came have the digest ${sha256}; send it again`);
  }
}
