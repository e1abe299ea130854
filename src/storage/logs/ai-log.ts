import type { Lock } from '../tree/locks.ts';
import type { Tree } from '../tree/tree.ts';

export const aiLogPath = 'logs/ai.log';
/** When the log is this long it is put aside and another one begun. */
export const maxLogBytes = 5 * 1024 * 1024;
/** As many logs are kept besides the one that is written: `ai.log.1` is the newest of them. */
export const keptLogs = 5;

export interface AiLog {
  /**
   * Adds whole lines, each with its newline. With `mayBeThere`, only if they are not the log's last ones already: a page that went away
   * could not hear whether they were written.
   */
  write(lines: string, mayBeThere?: boolean): Promise<void>;
}

/** `logs/ai.log` of a tree. `lock` is held among all windows: lines of two windows never mix, and one of them turns the log over. */
export function createAiLog(tree: Tree, lock: Lock, limitBytes = maxLogBytes): AiLog {
  const asideAt = (age: number): string => `${aiLogPath}.${age}`;
  const putAside = async (from: string, to: string): Promise<void> => {
    const [content, entry] = [await tree.read(from), await tree.entry(from)];
    if (!content || !entry) return;
    await tree.write(to, content, { size: entry.size, sha256: entry.sha256, mtime: entry.mtime });
  };
  const turnOver = async (): Promise<void> => {
    for (let age = keptLogs; age > 1; age -= 1) await putAside(asideAt(age - 1), asideAt(age));
    await putAside(aiLogPath, asideAt(1));
    await tree.remove(aiLogPath, 'clean-up');
  };
  return {
    write: (lines, mayBeThere = false) =>
      lock('ai.log', async () => {
        const size = (await tree.entry(aiLogPath))?.size ?? 0;
        if (mayBeThere && (await endsWith(tree, lines))) return;
        if (size > 0 && size + new Blob([lines]).size > limitBytes) await turnOver();
        await tree.append(aiLogPath, lines);
      }),
  };
}

/** Other windows may have written a little since. */
const slackBytes = 64 * 1024;

async function endsWith(tree: Tree, lines: string): Promise<boolean> {
  const content = await tree.read(aiLogPath);
  if (!content) return false;
  const from = Math.max(0, content.size - new Blob([lines]).size - slackBytes);
  return (await content.slice(from).text()).includes(lines);
}
