import type { TreeEntry, TreeListing } from '../../schema/tree.ts';

/** The companion's tree as far as it was told. */
export interface RemoteTree {
  /** What is there. */
  readonly files: ReadonlyMap<string, TreeEntry>;
  /** What was deleted on purpose. */
  readonly deleted: ReadonlySet<string>;
  /** What upkeep took away; nobody should send it back unasked. */
  readonly evicted: ReadonlySet<string>;
  readonly revision: number;
  /** Takes in a listing; what is older than what is known already is passed over. */
  take(listing: TreeListing): void;
  /** Notes what this browser did there, which its stream will tell later. */
  wrote(entry: TreeEntry): void;
  removed(path: string): void;
}

/** An empty picture of the other side, at revision 0. */
export function createRemoteTree(): RemoteTree {
  const files = new Map<string, TreeEntry>();
  const deleted = new Set<string>();
  const evicted = new Set<string>();
  const revisions = new Map<string, number>();
  let revision = 0;
  const clear = (path: string, at: number): void => {
    files.delete(path);
    deleted.delete(path);
    evicted.delete(path);
    revisions.set(path, at);
  };
  const isNews = (one: { path: string; revision: number }): boolean => one.revision >= (revisions.get(one.path) ?? 0);
  return {
    files,
    deleted,
    evicted,
    get revision() {
      return revision;
    },
    take(listing) {
      for (const entry of listing.entries.filter(isNews)) {
        clear(entry.path, entry.revision);
        if (!entry.missing) files.set(entry.path, entry);
      }
      for (const gone of listing.deleted.filter(isNews)) {
        clear(gone.path, gone.revision);
        deleted.add(gone.path);
      }
      for (const gone of listing.evicted.filter(isNews)) {
        clear(gone.path, gone.revision);
        evicted.add(gone.path);
      }
      revision = Math.max(revision, listing.revision);
    },
    wrote(entry) {
      clear(entry.path, entry.revision);
      files.set(entry.path, entry);
    },
    removed(path) {
      clear(path, revision);
      deleted.add(path);
    },
  };
}
