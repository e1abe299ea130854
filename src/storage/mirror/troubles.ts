import type { LaGraceError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { TreeAction } from '../../tree/diff.ts';

/** A file that is not the same on both sides, and cannot be made so. */
export interface Trouble {
  path: string;
  code: string;
  message: string;
}
/** What could not be done is not tried again and again: only after a while, or once the file is another one. */
export interface Troubles {
  /** The actions that may be carried out now. Forgets what is no trouble any more. */
  due(actions: readonly TreeAction[]): TreeAction[];
  failed(action: TreeAction, error: Pick<LaGraceError, 'code' | 'message'>): void;
  list(): Trouble[];
}

const tryAgainMs = 10 * 60_000;

/** Remembers which files could not be mirrored; each is tried again after ten minutes, or once it changed. */
export function createTroubles(log: Logger, now: () => number): Troubles {
  const known = new Map<string, Trouble & { about: string; until: number }>();
  const note = (action: TreeAction, code: string, message: string): void => {
    const { path } = action;
    const about = aboutOf(action);
    if (known.get(path)?.about !== about) log.warn(`${path} is not mirrored (${code}): ${message}`);
    known.set(path, { path, code, message, about, until: now() + tryAgainMs });
  };
  return {
    due(actions) {
      const paths = new Set(actions.map(({ path }) => path));
      for (const path of known.keys()) if (!paths.has(path)) known.delete(path);
      return actions.filter((action) => {
        if (action.kind === 'blocked') {
          note(action, 'name-conflict', `a disk cannot hold it beside ${action.by}`);
          return false;
        }
        const trouble = known.get(action.path);
        return !trouble || trouble.about !== aboutOf(action) || trouble.until <= now();
      });
    },
    failed: (action, { code, message }) => note(action, code, message),
    list: () => [...known.values()].map(({ path, code, message }) => ({ path, code, message })),
  };
}

/** Another content on either side is another matter. */
function aboutOf(action: TreeAction): string {
  return JSON.stringify(action);
}
