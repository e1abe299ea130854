import type { TreeUse } from '../../schema/tree.ts';
import type { CompanionClient } from '../companion-client.ts';
import { CompanionRefusal } from '../companion-client.ts';
import type { Tree } from '../tree/tree.ts';

/** The companion takes no more in one request. */
const usesInOne = 500;

export interface UseReportOptions {
  tree: Pick<Tree, 'list'>;
  client: Pick<CompanionClient, 'reportUse'>;
  profileId: string;
  isInUse: (path: string) => boolean;
}

/** Tells the companion what is used here, pinned or worked with, so that clean-up knows; only what is news to it. */
export function createUseReport({ tree, client, profileId, isInUse }: UseReportOptions) {
  const told = new Map<string, string>();
  return async (signal: AbortSignal): Promise<void> => {
    const uses = (await tree.list())
      .filter(({ path }) => path.startsWith('cache/ai/'))
      .map(({ path, lastUsed, pinned }): TreeUse => ({ path, profileId, lastUsed, pinned, inUse: isInUse(path) }))
      .filter((use) => told.get(use.path) !== JSON.stringify(use));
    for (let from = 0; from < uses.length; from += usesInOne) {
      const some = uses.slice(from, from + usesInOne);
      try {
        await client.reportUse(some, { signal });
      } catch (thrown) {
        if (!(thrown instanceof CompanionRefusal)) throw thrown;
      }
      for (const use of some) told.set(use.path, JSON.stringify(use));
    }
  };
}
