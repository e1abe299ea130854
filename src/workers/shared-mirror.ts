import * as v from 'valibot';
import type { Logger } from '../log.ts';
import { type CleanUpMemory, cleanUpNightly } from '../storage/clean-up.ts';
import { createCompanionClient } from '../storage/companion-client.ts';
import { readCounterName } from '../storage/counter-name.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { createMirrorMemory } from '../storage/mirror/memory.ts';
import { createMirror, type MirrorStatus, mirrorStatusSchema } from '../storage/mirror/mirror.ts';
import { createResumableUpload } from '../storage/mirror/upload.ts';
import { sleep } from '../storage/mirror/wake-up.ts';
import { createOutbox } from '../storage/outbox.ts';
import type { Tree } from '../storage/tree/tree.ts';

export interface SharedMirrorOptions {
  /** Where the companion is. */
  origin: string;
  /** Paths of the models that this browser works with. */
  inUse: string[];
  tree: Tree;
  appendLog: (lines: string) => Promise<void>;
  log: Logger;
}
/** The mirror of all windows of the profile: one of them runs it, until that one is closed. */
export interface SharedMirror {
  /** Calls `listener` with how the mirror stands, now and with each change. */
  watch(listener: (status: MirrorStatus) => void): void;
  wake(): void;
}

const messageSchema = v.variant('kind', [
  v.object({ kind: v.literal('status'), status: mirrorStatusSchema }),
  v.object({ kind: v.literal('ask') }),
  v.object({ kind: v.literal('wake') }),
]);
type Message = v.InferOutput<typeof messageSchema>;

const lookForNightMs = 30 * 60_000;

/** This window's part of the one mirror that all windows share. */
export async function openMirror({ origin, inUse, tree, appendLog, log }: SharedMirrorOptions): Promise<SharedMirror> {
  const database = await openDatabase();
  const memory = createMirrorMemory(database);
  const client = createCompanionClient({ origin, fetch: fetch.bind(self) });
  const used = new Set(inUse);
  const isInUse = (path: string): boolean => used.has(path);
  const listeners = new Set<(status: MirrorStatus) => void>();
  const channel = new BroadcastChannel('lagrace mirror');
  const post = (message: Message): void => channel.postMessage(message);
  let status: MirrorStatus | null = null;
  const hear = (next: MirrorStatus): void => {
    status = next;
    for (const listener of listeners) listener(next);
  };
  const mirror = createMirror({
    tree,
    client,
    memory,
    appendLog,
    log,
    sleep,
    uploadResumably: createResumableUpload({ endpoint: `${origin}/api/uploads`, memory }),
    outbox: createOutbox(database, log),
    counterName: () => readCounterName(database),
    profileId: await memory.profileId(),
    isInUse,
    onStatus: (next) => {
      hear(next);
      post({ kind: 'status', status: next });
    },
    now: Date.now,
    random: Math.random,
  });
  channel.addEventListener('message', ({ data }) => {
    const message = v.safeParse(messageSchema, data);
    if (!message.success) return;
    if (message.output.kind === 'status') hear(message.output.status);
    else if (message.output.kind === 'wake') mirror.wake();
    else if (runs && status) post({ kind: 'status', status });
  });
  let runs = false;
  navigator.locks
    .request('lagrace mirror', async () => {
      runs = true;
      const { signal } = new AbortController();
      const nightly = async (): Promise<never> => {
        for (;;) {
          await cleanUpNightly({ tree, isInUse, now: Date.now(), log }, lastCleanUp(database));
          await sleep(lookForNightMs, signal);
        }
      };
      nightly().catch((thrown: unknown) => log.error('clean-up stopped', thrown));
      await mirror.run(signal);
    })
    .catch((thrown: unknown) => log.error('the mirror stopped', thrown));
  post({ kind: 'ask' });
  self.addEventListener('online', mirror.wake);
  return {
    watch: (listener) => {
      listeners.add(listener);
      if (status) listener(status);
    },
    wake: () => {
      mirror.wake();
      post({ kind: 'wake' });
    },
  };
}

function lastCleanUp(database: Database): CleanUpMemory {
  const key = 'last-clean-up';
  return {
    read: () => database.get('settings', key),
    write: async (time) => void (await database.put('settings', time, key)),
  };
}
