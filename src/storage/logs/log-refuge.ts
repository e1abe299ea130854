import type { LogRefuge } from './log-buffer.ts';

const prefix = 'lagrace.log.';

/** The part of the browser's local storage that is used here. */
export interface LineStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Log lines in `storage`, a key a page, until they are on disk; where it is refused, a page's last lines are lost. */
export function createLogRefuge(storage: () => LineStorage, pageId: string): LogRefuge {
  const own = `${prefix}${pageId}`;
  const taken: string[] = [];
  const attempt = <T>(work: (kept: LineStorage) => T, otherwise: T): T => {
    try {
      return work(storage());
    } catch {
      return otherwise;
    }
  };
  return {
    save: (lines) =>
      attempt((kept) => {
        for (const key of taken.splice(0)) kept.removeItem(key);
        if (lines === '') kept.removeItem(own);
        else kept.setItem(own, lines);
      }, undefined),
    take: () =>
      attempt((kept) => {
        const keys = Array.from({ length: kept.length }, (_, index) => kept.key(index) ?? '');
        taken.push(...keys.filter((key) => key.startsWith(prefix)));
        return taken.map((key) => kept.getItem(key) ?? '').join('');
      }, ''),
  };
}
