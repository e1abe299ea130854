import { mergeLogs } from '../../tree/log-lines.ts';
import { isMergedLog } from '../../tree/mirrored.ts';
import type { CompanionClient } from '../companion-client.ts';
import { sha256Of } from '../tree/bytes.ts';
import type { Tree } from '../tree/tree.ts';
import type { MirrorMemory } from './memory.ts';

export interface LogMergeOptions {
  tree: Pick<Tree, 'read'>;
  client: Pick<CompanionClient, 'readFile' | 'writeFile'>;
  memory: Pick<MirrorMemory, 'commonLog' | 'setCommonLog'>;
  /** Adds whole lines to this browser's log. */
  append: (lines: string) => Promise<void>;
  now: () => number;
}

/**
 * Gives both logs the entries that they lack. Resolves to the digests that both have then, unless somebody wrote meanwhile; then
 * the next look finds another digest. Rejects with file-changed when the companion's log grew while this looked at it.
 */
export function createLogMerge({ tree, client, memory, append, now }: LogMergeOptions) {
  return async (path: string, signal: AbortSignal): Promise<{ mine: string; theirs: string }> => {
    if (!isMergedLog(path)) throw new Error(`${path} is no log`);
    const there = await client.readFile(path, { signal });
    const theirs = await new Response(there.body).blob();
    const mine = (await tree.read(path)) ?? new Blob();
    const older = await tree.read(`${path}.1`);
    const common = await memory.commonLog();
    const lacking = mergeLogs({
      mine: await mine.text(),
      theirs: await theirs.text(),
      common,
      ...(older && { mineOlder: await older.text() }),
    });
    const ends = { mine: new Blob([mine, lacking.toMine]), theirs: new Blob([theirs, lacking.toTheirs]) };
    const digests = { mine: await sha256Of(ends.mine), theirs: await sha256Of(ends.theirs) };
    // Should the power fail from here on, nobody knows what was appended where.
    if (lacking.toMine || lacking.toTheirs) await memory.setCommonLog(null);
    if (lacking.toTheirs) {
      const options = { sha256: digests.theirs, mtime: now(), replaces: there.sha256, signal };
      await client.writeFile(path, ends.theirs, options).catch(async (thrown: unknown) => {
        if (isUntouched(thrown)) await memory.setCommonLog(common);
        throw thrown;
      });
    }
    if (lacking.toMine) await append(lacking.toMine);
    await memory.setCommonLog(lacking.common);
    return digests;
  };
}

/** The companion says that it wrote nothing. */
function isUntouched(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'file-changed';
}
