import type { DraftHolds } from './dialogue.ts';

const prefix = 'lagrace-draft-';

/** Drafts held by locks of the browser: they are given up with the window, however it ends. */
export function createDraftHolds(locks: LockManager): DraftHolds {
  const held = new Map<string, () => void>();
  return {
    hold(id) {
      if (held.has(id)) return;
      const released = new Promise<void>((resolve) => held.set(id, resolve));
      void locks.request(prefix + id, { ifAvailable: true }, () => released);
    },
    release(id) {
      held.get(id)?.();
      held.delete(id);
    },
    async heldElsewhere() {
      const { held: all = [] } = await locks.query();
      const ids = all.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));
      return new Set(ids.filter((id) => !held.has(id)));
    },
  };
}
