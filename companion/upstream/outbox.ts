import type { Logger } from '../../src/log.ts';
import type { StoredEvent } from '../../src/schema/events.ts';
import type { EventStore } from '../events/event-store.ts';
import type { Positions } from './positions.ts';
import type { Delivery } from './till.ts';

/** One way to the till, with a pace of its own: what waits in one does not hold the other. */
export interface Channel {
  name: string;
  /** Sends an event, or says null when this way is not for it. */
  send(event: StoredEvent, signal: AbortSignal): Promise<Delivery> | null;
}

export interface OutboxDeps {
  events: Pick<EventStore, 'list' | 'subscribe'>;
  positions: Positions;
  log: Logger;
  /** Resolves after so many milliseconds, or at once when the signal aborts. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1. */
  random: () => number;
}

export interface Outbox {
  /** Whether the last thing sent on a channel was heard; null before the first. */
  reachable(): boolean | null;
  /** Events that one of the channels is not done with. */
  waiting(): Promise<number>;
  close(): Promise<void>;
}

const pageSize = 100;
const firstDelayMs = 250;
const longestDelayMs = 5_000;
/** A till that stumbles over one event must not be kept from the others for ever. */
const stumblesPerEvent = 200;

/**
 * Sends the stored events, in order, from where each channel stopped. The events themselves are the outbox: a channel
 * keeps nothing but its position, on the disk before the next event goes. An event goes again when the companion was
 * killed in between; its id says that it is the same.
 */
export async function openOutbox(channels: readonly Channel[], deps: OutboxDeps): Promise<Outbox> {
  const { events, positions, log } = deps;
  if (channels.some(({ name }) => positions.get(name) === null)) {
    // Before anything can be added, or it would be taken for old. A database that does not open is tried again later.
    await Promise.all(channels.map(({ name }) => settlePosition(name, deps))).catch((error: unknown) =>
      log.error('till: the outbox does not know where to begin', error),
    );
  }
  const closing = new AbortController();
  const reachable = new Map<string, boolean>();
  const running = channels.map((channel) => {
    const note = (isReachable: boolean): void => {
      const before = reachable.get(channel.name);
      reachable.set(channel.name, isReachable);
      if (before !== isReachable) log.info(`till, ${channel.name}: ${isReachable ? 'reached' : 'not reached'}`);
    };
    return runChannel(channel, deps, note, closing.signal);
  });
  return {
    reachable: () => (reachable.size === 0 ? null : [...reachable.values()].every(Boolean)),
    async waiting() {
      const newest = await newestSequence(events);
      const behind = Math.min(...channels.map(({ name }) => positions.get(name) ?? newest));
      return Math.max(0, newest - behind);
    },
    async close() {
      closing.abort();
      await Promise.all(running);
    },
  };
}

/** Sends until the signal aborts. Never rejects. */
async function runChannel(
  channel: Channel,
  deps: OutboxDeps,
  note: (isReachable: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  const { events, positions, log, wait } = deps;
  let delayMs = firstDelayMs;
  let wake = (): void => undefined;
  let hasNews = false;
  let isSettled = false;
  const unsubscribe = events.subscribe(() => {
    hasNews = true;
    wake();
  });
  const stop = (): void => wake();
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted) {
      try {
        hasNews = false;
        if (!isSettled) await settlePosition(channel.name, deps);
        isSettled = true;
        const page = await events.list({ after: positions.get(channel.name) ?? 0, limit: pageSize });
        for (const event of page) await deliver(channel, event, deps, note, signal);
        delayMs = firstDelayMs;
        if (page.length > 0 || hasNews || signal.aborted) continue;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } catch (error) {
        if (signal.aborted) return;
        log.error(`till, ${channel.name}: the outbox stumbled`, error);
        await wait(delayMs, signal);
        delayMs = Math.min(2 * delayMs, longestDelayMs);
      }
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', stop);
  }
}

/** Sends one event until it is taken or refused for good, and notes that it is done. Rejects when the signal aborts. */
async function deliver(
  channel: Channel,
  event: StoredEvent,
  { positions, log, wait, random }: OutboxDeps,
  note: (isReachable: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    signal.throwIfAborted();
    const sending = channel.send(event, signal);
    if (sending === null) {
      positions.pass(channel.name, event.sequence);
      return;
    }
    const delivery = await sending;
    note(delivery.outcome !== 'failed');
    if (delivery.outcome === 'taken') break;
    if (delivery.outcome === 'refused' || (delivery.stumbles === true && attempt >= stumblesPerEvent)) {
      log.error(`till, ${channel.name}: event ${event.id} was not taken, and is passed over: ${delivery.why}`);
      break;
    }
    if (attempt === 0) log.warn(`till, ${channel.name}: event ${event.id} waits: ${delivery.why}`);
    const longestMs = Math.min(firstDelayMs * 2 ** Math.min(attempt, 10), longestDelayMs);
    // Jitter: counters that lost the same till at once do not all come back at once.
    await wait(longestMs * (0.5 + random() / 2), signal);
  }
  await positions.set(channel.name, event.sequence);
}

/** A new till is told what happens from now on. Events that were restored from a backup begin anew, too. */
async function settlePosition(channel: string, { events, positions }: OutboxDeps): Promise<void> {
  const newest = await newestSequence(events);
  const position = positions.get(channel);
  if (position === null || position > newest) await positions.set(channel, newest);
}

async function newestSequence(events: Pick<EventStore, 'list'>): Promise<number> {
  const [newest] = await events.list({ limit: 1 });
  return newest?.sequence ?? 0;
}
