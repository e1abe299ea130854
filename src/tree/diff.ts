import type { TreeEntry } from '../schema/tree.ts';
import { isMirrored } from '../schema/tree-path.ts';
import { conflictName } from './conflict-name.ts';
import { isMergedLog } from './mirrored.ts';
import { type Places, placesOf } from './places.ts';

export type FileState = Pick<TreeEntry, 'path' | 'size' | 'mtime' | 'sha256'>;

/** One of two trees that are to become the same. */
export interface TreeSide {
  /** As a file that lost a conflict bears it: `comptoir-2`. */
  name: string;
  entries: Iterable<FileState>;
  /** What was deleted here on purpose. What is merely absent was never fetched, or evicted: no deletion. */
  deleted: Iterable<{ path: string }>;
  /** Whether this side wants a file that it does not have. */
  wants(file: FileState): boolean;
  /** Whether a file is in use or pinned here, and so outlives its deletion elsewhere. */
  keeps(path: string): boolean;
}
export type SideName = 'mine' | 'theirs';

/** The digests that a path had on both sides when they were last known to agree on it; they differ for a merged log alone. */
export type LastCommon = ReadonlyMap<string, { mine: string; theirs: string }>;

/** One step towards equal trees. `replaces` is the digest that must still be there, null for nothing. */
export type TreeAction =
  | { kind: 'copy'; path: string; to: SideName; file: FileState; replaces: string | null }
  | { kind: 'delete'; path: string; at: SideName; sha256: string }
  /** Both wrote: `won` goes to both sides, `lost` is kept beside it on both, first. */
  | { kind: 'conflict'; path: string; winner: SideName; won: FileState; lost: FileState; keptAs: string }
  /** Each side's lines are appended to the other's: see `log-lines.ts`. */
  | { kind: 'merge'; path: string; mine: FileState; theirs: FileState }
  /** A disk cannot hold both: they differ by case alone, or one needs a folder where the other is a file. Both stay where they are. */
  | { kind: 'blocked'; path: string; by: string };

/** What both sides hold alike: remember it as last common, or a later change of one looks like a conflict. */
export function agreements(mine: Iterable<FileState>, theirs: Iterable<FileState>): Map<string, string> {
  const here = new Map([...mine].map(({ path, sha256 }) => [path, sha256]));
  return new Map(
    [...theirs].filter(({ path, sha256 }) => here.get(path) === sha256).map(({ path, sha256 }) => [path, sha256]),
  );
}

type Found = { path: string; mine: FileState | undefined; theirs: FileState | undefined };

/**
 * What to do so that both sides hold the same, in an order that loses nothing when it is broken off anywhere.
 * Seen from the other side it is the same with the names exchanged.
 */
export function diff(mine: TreeSide, theirs: TreeSide, lastCommon: LastCommon): TreeAction[] {
  const sides = { mine: indexSide(mine), theirs: indexSide(theirs) };
  const paths = [...new Set([...sides.mine.files.keys(), ...sides.theirs.files.keys()])].filter(isMirrored).sort();
  const taken = (path: string): string[] =>
    [sides.mine, sides.theirs].flatMap(({ files }) => files.get(path)?.sha256 ?? []);
  const keptBeside = new Map<string, string>();
  const actions: TreeAction[] = [];
  for (const path of paths) {
    const found = { path, mine: sides.mine.files.get(path), theirs: sides.theirs.files.get(path) };
    const action = decide(found, sides, lastCommon.get(path));
    if (action?.kind === 'copy') actions.push(unlessBlocked(action, sides[action.to].places));
    else if (action?.kind === 'conflict') {
      const loser = action.winner === 'mine' ? theirs.name : mine.name;
      const isFree = (name: string): boolean =>
        [...taken(name), keptBeside.get(name)].every((sha256) => (sha256 ?? action.lost.sha256) === action.lost.sha256);
      const keptAs = conflictName(path, { name: loser, time: action.lost.mtime, isFree });
      keptBeside.set(keptAs, action.lost.sha256);
      actions.push({ ...action, keptAs });
    } else if (action) actions.push(action);
  }
  // A name that a conflict is about to take is not copied as well: the next round finds both sides equal there.
  return actions.filter((action) => action.kind !== 'copy' || !keptBeside.has(action.path));
}

interface IndexedSide {
  side: TreeSide;
  files: Map<string, FileState>;
  deleted: Set<string>;
  places: Places;
}

function indexSide(side: TreeSide): IndexedSide {
  const files = new Map<string, FileState>();
  for (const file of side.entries) files.set(file.path, file);
  const deleted = new Set<string>();
  for (const { path } of side.deleted) if (!files.has(path)) deleted.add(path);
  return { side, files, deleted, places: placesOf(files.keys()) };
}

function decide(
  { path, mine, theirs }: Found,
  sides: Record<SideName, IndexedSide>,
  common: { mine: string; theirs: string } | undefined,
): Exclude<TreeAction, { kind: 'blocked' }> | null {
  if (mine && theirs) return decideBoth(path, mine, theirs, common);
  const file = mine ?? theirs;
  if (!file) return null;
  const [here, there] = mine ? (['mine', 'theirs'] as const) : (['theirs', 'mine'] as const);
  if (sides[there].deleted.has(path)) {
    const meant = common?.[here] === file.sha256;
    if (meant && !sides[here].side.keeps(path)) return { kind: 'delete', path, at: here, sha256: file.sha256 };
  } else if (!sides[there].side.wants(file)) return null;
  return { kind: 'copy', path, to: there, file, replaces: null };
}

function decideBoth(
  path: string,
  mine: FileState,
  theirs: FileState,
  common: { mine: string; theirs: string } | undefined,
): Exclude<TreeAction, { kind: 'blocked' }> | null {
  if (mine.sha256 === theirs.sha256) return null;
  const mineChanged = common?.mine !== mine.sha256;
  const theirsChanged = common?.theirs !== theirs.sha256;
  if (!mineChanged && !theirsChanged) return null;
  if (isMergedLog(path)) return { kind: 'merge', path, mine, theirs };
  if (!theirsChanged) return { kind: 'copy', path, to: 'theirs', file: mine, replaces: theirs.sha256 };
  if (!mineChanged) return { kind: 'copy', path, to: 'mine', file: theirs, replaces: mine.sha256 };
  const winner = isLater(mine, theirs) ? 'mine' : 'theirs';
  const [won, lost] = winner === 'mine' ? [mine, theirs] : [theirs, mine];
  return { kind: 'conflict', path, winner, won, lost, keptAs: path };
}

/** The later change; both sides must come to the same result when the clock cannot tell. */
function isLater(a: FileState, b: FileState): boolean {
  return a.mtime === b.mtime ? a.sha256 > b.sha256 : a.mtime > b.mtime;
}

function unlessBlocked(action: TreeAction & { kind: 'copy' }, places: Places): TreeAction {
  const by = places.clash(action.path);
  if (by !== null) return { kind: 'blocked', path: action.path, by };
  places.add(action.path);
  return action;
}
