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
