/** What clean-up has to know of a file. Times are epoch milliseconds. */
export interface KeptFile {
  path: string;
  size: number;
  /** The newest use that anybody knows of; the file's own time where nobody said. */
  lastUsed: number;
  /** Pinned or in use somewhere: never taken. */
  isWanted: boolean;
}

export const dayMs = 24 * 60 * 60_000;
/** Files that were last used longer ago than this are taken. */
export const unusedMs = 30 * dayMs;

/** The files of the cache that nobody used for more than 30 days, largest first. A time in the future, by a clock that was wrong, keeps its file. */
export function takeForCleanup<File extends KeptFile>(files: Iterable<File>, now: number): File[] {
  return [...files]
    .filter(({ path, lastUsed, isWanted }) => isCache(path) && !isWanted && isUnused(lastUsed, now))
    .sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
}

/** Whether 30 days have gone by since the last use; both times are epoch milliseconds. */
export function isUnused(lastUsed: number, now: number): boolean {
  return now - lastUsed > unusedMs;
}

function isCache(path: string): boolean {
  return path.startsWith('cache/ai/');
}
