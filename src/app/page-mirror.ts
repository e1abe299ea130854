import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Logger } from '../log.ts';
import type { Turn } from '../schema.ts';
import { readCounterName } from '../storage/counter-name.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import type { MirrorStatus } from '../storage/mirror/mirror.ts';
import { createOutbox, type Outbox } from '../storage/outbox.ts';
import type { TreeClient } from '../workers/tree-client.ts';
import type { Connection } from './assistant-port.ts';
import { eventsOfTurn, type TurnEventOptions } from './turn-events.ts';

export type MirrorStore = Pick<StoreApi<{ status: MirrorStatus | null }>, 'getState' | 'subscribe'>;

/** How this page stands with the companion, and what it leaves for it. */
export interface PageMirror {
  state: MirrorStore;
  /** Null where this browser keeps nothing. */
  outbox: Promise<Outbox | null>;
  /** Begins to mirror, once; `inUse` are the paths of the models that this page works with. */
  start(inUse: string[]): void;
  /** Leaves a turn for the companion. */
  keepTurn(turn: Turn, options: Pick<TurnEventOptions, 'keepTranscripts'>): Promise<void>;
}

export interface PageMirrorOptions {
  files: Pick<TreeClient, 'call'>;
  log: Logger;
  openDatabase?: () => Promise<Database>;
}

/** The worker of the files may be replaced: then the mirror is begun in the next one. */
const beginAgainMs = 2000;

/** The mirror as the page sees it, begun again whenever its worker was replaced. */
export function openPageMirror({ files, log, openDatabase: open = openDatabase }: PageMirrorOptions): PageMirror {
  const state = createStore<{ status: MirrorStatus | null }>(() => ({ status: null }));
  const database = open().catch((thrown: unknown) => {
    log.warn('this browser keeps nothing for the companion', thrown);
    return null;
  });
  const outbox = database.then((opened) => opened && createOutbox(opened, log));
  let isStarted = false;
  const run = (inUse: string[]): void => {
    files
      .call('mirror', { origin: '', inUse }, { onEvent: (status) => state.setState({ status }) })
      .catch((thrown: unknown) => {
        log.warn('the mirror has to begin anew', thrown);
        state.setState({ status: null });
        setTimeout(() => run(inUse), beginAgainMs);
      });
  };
  return {
    state,
    outbox,
    start: (inUse) => {
      if (!isStarted) run(inUse);
      isStarted = true;
    },
    keepTurn: async (turn, options) => {
      const endedAt = Date.now();
      const [opened, kept] = [await database, await outbox];
      if (!opened || !kept) return;
      const source = await readCounterName(opened);
      for (const event of eventsOfTurn(turn, { ...options, source, endedAt })) await kept.enqueueEvent(event);
    },
  };
}

/** What the strip shows: what waits is told before anything else. */
export function connectionOf(status: MirrorStatus | null): Connection | null {
  if (!status || status.companion === 'none') return null;
  if (status.waiting > 0) return { pending: status.waiting };
  return status.companion === 'there' ? 'synced' : 'offline';
}
