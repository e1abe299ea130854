import { type LaGraceError, toLaGraceError } from '../../errors.ts';
import { agreements, diff, type TreeAction } from '../../tree/diff.ts';
import { holds } from '../../tree/mirrored.ts';
import type { LocalEntry, Tombstone } from '../tree/tree.ts';
import type { Agreed } from './memory.ts';
import type { RemoteTree } from './remote-tree.ts';

/** What both sides are, as one look finds them. */
export interface Sight {
  mine: ReadonlyMap<string, LocalEntry>;
  deleted: readonly Tombstone[];
  remote: RemoteTree;
  common: ReadonlyMap<string, Agreed>;
  /** This counter, as a file that lost a conflict bears it. */
  name: string;
  isInUse: (path: string) => boolean;
}

/** As a file bears it that was changed on disk and lost. */
const diskName = 'disque';

/** What to do next, and what both sides agree on without having been told. */
export function look({ mine, deleted, remote, common, name, isInUse }: Sight): {
  actions: TreeAction[];
  agreed: Agreed[];
} {
  const keeps = (path: string): boolean => isInUse(path) || mine.get(path)?.pinned === true;
  const actions = diff(
    { name, entries: mine.values(), deleted, keeps, wants: (file) => holds(file, isInUse(file.path)) },
    {
      name: diskName,
      entries: remote.files.values(),
      deleted: [...remote.deleted].map((path) => ({ path })),
      keeps: () => false,
      wants: ({ path }) => !remote.evicted.has(path) || keeps(path),
    },
    common,
  );
  const agreed = [...agreements(mine.values(), remote.files.values())]
    .map(([path, sha256]) => ({ path, mine: sha256, theirs: sha256 }))
    .filter(({ path, mine: sha256 }) => common.get(path)?.mine !== sha256 || common.get(path)?.theirs !== sha256);
  return { actions, agreed };
}

export interface PerformOptions {
  perform: (action: TreeAction, signal: AbortSignal) => Promise<void>;
  /** An action that cannot be carried out, now or ever. */
  onFailed: (action: TreeAction, error: LaGraceError) => void;
  /** How many are left. */
  onProgress: (left: number) => void;
  signal: AbortSignal;
}

/** Small files wait for answers rather than for bytes: several at once, but leave the page its own connections. */
const atOnce = 4;
const bigBytes = 1024 * 1024;

/** Carries out actions, small ones several at once and before the big ones. Rejects when the companion cannot be reached. */
export async function performAll(actions: readonly TreeAction[], options: PerformOptions): Promise<void> {
  const { perform, onFailed, onProgress, signal } = options;
  let left = actions.length;
  const run = async (action: TreeAction): Promise<void> => {
    signal.throwIfAborted();
    try {
      await perform(action, signal);
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      const error = toLaGraceError(thrown);
      if (error.code === 'network-failed') throw error;
      // What changed meanwhile is looked at again at once.
      if (error.code !== 'file-changed') onFailed(action, error);
    }
    left -= 1;
    onProgress(left);
  };
  onProgress(left);
  const small = actions.filter((action) => bytesOf(action) <= bigBytes);
  const big = actions.filter((action) => bytesOf(action) > bigBytes);
  await inTurns(small, atOnce, run);
  await inTurns(big, 1, run);
}

async function inTurns<T>(all: readonly T[], workers: number, run: (one: T) => Promise<void>): Promise<void> {
  const queue = all.values();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const one of queue) {
      if (failed) return;
      try {
        await run(one);
      } catch (thrown) {
        failed = true;
        throw thrown;
      }
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: workers }, work));
  for (const result of settled) if (result.status === 'rejected') throw result.reason;
}

function bytesOf(action: TreeAction): number {
  if (action.kind === 'copy') return action.file.size;
  return action.kind === 'conflict' ? action.won.size + action.lost.size : 0;
}
