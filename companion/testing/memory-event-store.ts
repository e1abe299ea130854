import type { StoredEvent } from '../../src/schema/events.ts';
import type { AddedEvent, EventStore } from '../events/event-store.ts';

export interface MemoryEventStore extends EventStore {
  /** All of them, in the order of arrival. */
  all(): readonly StoredEvent[];
}

/** An event store for tests: as the real one behaves, but for the disk, and for the queries by type and time. */
export function createMemoryEventStore(): MemoryEventStore {
  const stored: StoredEvent[] = [];
  const listeners = new Set<(events: readonly StoredEvent[]) => void>();
  return {
    all: () => stored,
    async add(events) {
      const fresh: StoredEvent[] = [];
      const added = events.map((event): AddedEvent => {
        const first = stored.find(({ id }) => id === event.id);
        if (first) return { event: first, known: true };
        const kept = { ...event, sequence: stored.length + 1 };
        stored.push(kept);
        fresh.push(kept);
        return { event: kept, known: false };
      });
      if (fresh.length > 0) for (const listener of listeners) listener(fresh);
      return added;
    },
    async list({ after, limit = 100 }) {
      if (typeof after === 'string') throw new Error('this store knows sequences only');
      if (after === undefined) return stored.slice(-limit);
      return stored.filter(({ sequence }) => sequence > after).slice(0, limit);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => undefined,
  };
}
