import type { TreeEntry, TreeListing, TreeUse } from '../../src/schema/tree.ts';
import { foldPath } from '../../src/schema/tree-path.ts';
import type { FileRecord, Journal, JournalRecord, UseRecord } from './journal.ts';
import type { Revisions } from './revisions.ts';

export type Gone = TreeListing['deleted'][number];
/** One change, as a listing that names only it. */
export type TreeChange = { entry: TreeEntry } | { deleted: Gone } | { evicted: Gone };

const keptGone = 20_000;
/** Far more files than a shop has: whoever names more names nonsense. */
const maxUses = 100_000;

/** What is known of the tree, in memory, each change also in the journal. It touches no file of the tree. */
export class TreeIndex {
  readonly rootId: string;
  readonly files = new Map<string, FileRecord>();
  readonly uses = new Map<string, UseRecord>();
  readonly #deleted = new Map<string, Gone>();
  readonly #evicted = new Map<string, Gone>();
  /** Every file and folder by its folded path: how it is written, and how many files hang on it. */
  readonly #names = new Map<string, { name: string; files: number }>();
  readonly #revisions: Revisions;
  readonly #journal: Journal;
  readonly #listeners = new Set<(change: TreeChange) => void>();

  /** `folders` are there even when no file is in them. */
  constructor(rootId: string, folders: readonly string[], revisions: Revisions, journal: Journal) {
    this.rootId = rootId;
    for (const folder of folders) this.#keepNames(folder);
    this.#revisions = revisions;
    this.#journal = journal;
  }

  get revision(): number {
    return this.#revisions.last;
  }

  /** Takes in a record of the journal, as it was when it was written. */
  restore(record: JournalRecord): void {
    if (record.kind === 'use') {
      this.uses.set(record.path, record);
      return;
    }
    this.#forget(record.path);
    if (record.kind === 'file') this.#keep(record);
    else
      this.#goneOf(record.kind).set(record.path, {
        path: record.path,
        sha256: record.sha256,
        revision: record.revision,
      });
  }

  /** Everything that is known, as the journal's records. */
  *records(): Generator<JournalRecord> {
    for (const gone of this.#deleted.values()) yield { kind: 'deleted', ...gone };
    for (const gone of this.#evicted.values()) yield { kind: 'evicted', ...gone };
    yield* this.files.values();
    yield* this.uses.values();
  }

  /** Writes the journal anew when most of it is history. */
  async compact(): Promise<void> {
    const known = this.files.size + this.uses.size + this.#deleted.size + this.#evicted.size;
    if (this.#journal.appended > 2 * known + 2000) await this.#journal.rewrite(this.records());
  }

  /** The file or folder whose name differs from one of `path`'s by capitals only, or null. */
  conflictOf(path: string): string | null {
    for (const prefix of prefixes(path)) {
      const known = this.#names.get(foldPath(prefix));
      if (known && known.name !== prefix) return known.name;
    }
    return null;
  }

  /** Notes what a file holds. The revision grows when that is not what it held before. */
  put(path: string, { size, mtime, sha256 }: Pick<FileRecord, 'size' | 'mtime' | 'sha256'>, now: number): FileRecord {
    const before = this.files.get(path);
    const isSame = before?.sha256 === sha256 && !before.missing;
    const revision = isSame ? before.revision : this.#revisions.next();
    const record: FileRecord = {
      kind: 'file',
      path,
      size,
      mtime,
      sha256,
      revision,
      seenAt: before?.seenAt ?? now,
      missing: false,
    };
    this.#forget(path);
    this.#keep(record);
    this.#journal.append(record);
    if (!isSame) this.#tell({ entry: entryOf(record) });
    return record;
  }

  /** Notes that a file is not there though nobody meant to delete it. */
  setMissing(path: string): void {
    const before = this.files.get(path);
    if (!before || before.missing) return;
    const record = { ...before, missing: true, revision: this.#revisions.next() };
    this.files.set(path, record);
    this.#journal.append(record);
    this.#tell({ entry: entryOf(record) });
  }

  /** Notes that a file is gone, on purpose or by upkeep. */
  remove(path: string, kind: 'deleted' | 'evicted'): void {
    const before = this.files.get(path);
    if (!before) return;
    const gone: Gone = { path, sha256: before.sha256, revision: this.#revisions.next() };
    this.#forget(path);
    const list = this.#goneOf(kind);
    list.set(path, gone);
    const oldest = list.size > keptGone ? list.keys().next().value : undefined;
    if (oldest !== undefined) list.delete(oldest);
    this.#journal.append({ kind, ...gone });
    this.#tell(kind === 'deleted' ? { deleted: gone } : { evicted: gone });
  }

  /** Notes what a browser says about the use of a file or a folder. */
  noteUse({ path, profileId, lastUsed, pinned, inUse }: TreeUse, now: number): void {
    const before = this.uses.get(path);
    if (!before && this.uses.size >= maxUses) return;
    const said = before?.claims[profileId];
    const claim = { pinned: pinned ?? said?.pinned ?? false, inUse: inUse ?? said?.inUse ?? false, at: now };
    const record: UseRecord = {
      kind: 'use',
      path,
      // A clock that is ahead must not keep a file for years.
      lastUsed: Math.max(before?.lastUsed ?? 0, Math.min(lastUsed, now)),
      claims: { ...before?.claims, [profileId]: claim },
    };
    this.uses.set(path, record);
    this.#journal.append(record);
  }

  /** All of it, or what changed after revision `since`. */
  listing(since?: number): TreeListing {
    const from = since === undefined || since > this.revision ? -1 : since;
    const isNew = ({ revision }: { revision: number }): boolean => revision > from;
    return {
      rootId: this.rootId,
      revision: this.revision,
      entries: [...this.files.values()].filter(isNew).map(entryOf),
      deleted: [...this.#deleted.values()].filter(isNew),
      evicted: [...this.#evicted.values()].filter(isNew),
    };
  }

  /** Calls `listener` with each change. Returns what ends that. */
  subscribe(listener: (change: TreeChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    await this.compact();
    await this.#journal.close();
  }

  #tell(change: TreeChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  #goneOf(kind: 'deleted' | 'evicted'): Map<string, Gone> {
    return kind === 'deleted' ? this.#deleted : this.#evicted;
  }

  #keep(record: FileRecord): void {
    this.files.set(record.path, record);
    this.#keepNames(record.path);
  }

  #keepNames(path: string): void {
    for (const name of prefixes(path)) {
      const folded = foldPath(name);
      const known = this.#names.get(folded);
      this.#names.set(folded, { name: known?.name ?? name, files: (known?.files ?? 0) + 1 });
    }
  }

  #forget(path: string): void {
    this.#deleted.delete(path);
    this.#evicted.delete(path);
    if (!this.files.delete(path)) return;
    for (const name of prefixes(path)) {
      const folded = foldPath(name);
      const known = this.#names.get(folded);
      if (known && known.files > 1) this.#names.set(folded, { ...known, files: known.files - 1 });
      else this.#names.delete(folded);
    }
  }
}

function entryOf({ path, size, mtime, sha256, revision, missing }: FileRecord): TreeEntry {
  return { path, size, mtime, sha256, revision, ...(missing && { missing }) };
}

/** `a/b/c` gives `a`, `a/b`, `a/b/c`. */
function prefixes(path: string): string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}
