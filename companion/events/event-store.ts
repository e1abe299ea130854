import type { ShopEvent, StoredEvent } from '../../src/schema/events.ts';

/** What became of one event that was handed in: `known` when its id was there before, and then `event` is the first one. */
export interface AddedEvent {
  event: StoredEvent;
  known: boolean;
}

/** Which events to list. Times are epoch seconds, `since` included, `until` not. */
export interface EventQuery {
  type?: string | undefined;
  since?: number | undefined;
  until?: number | undefined;
  /** The sequence or the id of an event: those that came after it. */
  after?: number | string | undefined;
  /** The last so many, or with `after` the first so many; 100 unless told. */
  limit?: number | undefined;
}

/** The shop's events, in the order of arrival. */
export interface EventStore {
  /** Keeps the events; what is resolved is on the disk. Adding an id again changes nothing. */
  add(events: readonly ShopEvent[]): Promise<AddedEvent[]>;
  /** In the order of arrival, the newest last. Rejects with UnknownEventError when `after` is no event's id. */
  list(query: EventQuery): Promise<StoredEvent[]>;
  /** Calls `listener` with the new events of each `add`, once they are on the disk. Returns what ends that. */
  subscribe(listener: (events: readonly StoredEvent[]) => void): () => void;
  close(): Promise<void>;
}

export class UnknownEventError extends Error {
  override readonly name = 'UnknownEventError';
}
