import * as v from 'valibot';
import { LaGraceError, toLaGraceError } from '../../errors.ts';
import type { Outbox } from '../outbox.ts';
import { backOffMs } from './back-off.ts';
import { type KeepEqualOptions, keepEqual, type Progress } from './keep-equal.ts';
import { createManyWaiting } from './many-waiting.ts';
import { createRemoteTree } from './remote-tree.ts';
import { createUseReport } from './report-use.ts';
import { sendTo } from './send-outbox.ts';
import { createWakeUp } from './wake-up.ts';

export interface MirrorOptions extends KeepEqualOptions {
  outbox: Outbox;
  /** This browser, as the companion tells it from others. */
  profileId: string;
  onStatus: (status: MirrorStatus) => void;
  /** 0 to 1. */
  random: () => number;
}

/** `none`: nothing of ours is at the other end, or it keeps no files. */
export const mirrorStatusSchema = v.object({
  companion: v.picklist(['none', 'away', 'there']),
  /** Files to be made equal, and what the outbox holds. */
  waiting: v.number(),
  /** What the companion refused. */
  setAside: v.number(),
  troubles: v.array(v.object({ path: v.string(), code: v.string(), message: v.string() })),
});
export type MirrorStatus = v.InferOutput<typeof mirrorStatusSchema>;

export interface Mirror {
  /** Keeps both sides equal until `signal` aborts. One window at a time may run it. */
  run(signal: AbortSignal): Promise<void>;
  /** Has what is used here told anew, and an absent companion asked for at once. */
  wake(): void;
}

/** A companion that keeps no files may be another one after a while. */
const askAgainMs = 60_000;
const drainEveryMs = 60_000;
const reportUseEveryMs = 10 * 60_000;
const firstListingMs = 60_000;
const tellEveryMs = 200;

/** The browser's side of the mirror: files both ways, the outbox to the companion, and what is used here. */
export function createMirror(options: MirrorOptions): Mirror {
  const { tree, client, outbox, log, random, sleep } = options;
  const soon = createWakeUp();
  const status = createStatus(options);

  const session = async (rootId: string, signal: AbortSignal, onJoined: () => void): Promise<void> => {
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const changed = createWakeUp();
    const stopListening = tree.subscribe(changed.wake);
    const joined = createRemoteTree();
    const told = createWakeUp();
    let isTold = false;
    const follow = async (): Promise<never> => {
      for await (const listing of client.followTree(0, { signal: both })) {
        if (listing.rootId !== rootId) throw new LaGraceError('network-failed', 'the companion has another folder now');
        joined.take(listing);
        isTold = true;
        told.wake();
        changed.wake();
      }
      throw new LaGraceError('network-failed', "the companion's stream of changes ended");
    };
    const files = async (): Promise<never> => {
      await told.wait(firstListingMs, sleep, both);
      if (!isTold) throw new LaGraceError('network-failed', 'the companion did not say what it has');
      onJoined();
      return keepEqual(options, joined, { rootId, changed, onProgress: status.progress, signal: both });
    };
    const parts = [follow(), files(), drain(both), tellUse(both)];
    try {
      await Promise.race(parts);
    } finally {
      stopListening();
      ending.abort(new LaGraceError('network-failed', 'the companion went away'));
      await Promise.allSettled(parts);
    }
  };

  /** Sends what is put into the outbox as soon as it is there. */
  const drain = async (signal: AbortSignal): Promise<never> => {
    const filled = createWakeUp();
    const stop = outbox.watch(filled.wake);
    try {
      return await repeat(
        () => outbox.drain(sendTo(client), { signal }),
        () => filled.wait(drainEveryMs, sleep, signal),
        signal,
      );
    } finally {
      stop();
    }
  };
  const tellUse = (signal: AbortSignal): Promise<never> => {
    const report = createUseReport(options);
    return repeat(
      () => report(signal),
      () => soon.wait(reportUseEveryMs, sleep, signal),
      signal,
    );
  };
  /** A companion may be slow to open its database and mirror files all the same: only its stream's end is its own end. */
  const repeat = async (work: () => Promise<void>, rest: () => Promise<void>, signal: AbortSignal): Promise<never> => {
    let failures = 0;
    for (;;) {
      try {
        await work();
        failures = 0;
        await rest();
      } catch (thrown) {
        signal.throwIfAborted();
        failures += 1;
        if (failures === 1) log.info(`the companion did not take what waits: ${toLaGraceError(thrown).message}`);
        await sleep(backOffMs(failures, random), signal);
      }
    }
  };
  /** Resolves when there is nothing to join; rejects when what was joined is gone. */
  const join = async (signal: AbortSignal, onJoined: () => void): Promise<void> => {
    const rootId = await client.rootId({ signal });
    if (rootId !== null) return session(rootId, signal, onJoined);
    status.companion('none');
    await soon.wait(askAgainMs, sleep, signal);
  };

  return {
    wake: soon.wake,
    async run(signal) {
      const stopWatching = outbox.watch(status.tell);
      let failures = 0;
      const onJoined = (): void => {
        if (failures > 0) log.info('the companion is back');
        failures = 0;
        status.companion('there');
      };
      try {
        while (!signal.aborted) {
          try {
            await join(signal, onJoined);
          } catch (thrown) {
            if (signal.aborted) return;
            failures += 1;
            const { code, message } = toLaGraceError(thrown);
            if (code !== 'network-failed') log.warn('the mirror had to begin anew', thrown);
            else if (failures === 1) log.info(`the companion is away: ${message}`);
            status.companion('away');
            await soon.wait(backOffMs(failures, random), sleep, signal).catch(() => undefined);
          }
        }
      } finally {
        stopWatching();
      }
    },
  };
}

/** Gathers what there is to tell, and tells it a few times a second at most. */
function createStatus({ outbox, onStatus, sleep, log }: Pick<MirrorOptions, 'outbox' | 'onStatus' | 'sleep' | 'log'>) {
  let companion: MirrorStatus['companion'] = 'away';
  let progress: Progress = { left: 0, troubles: [] };
  let isDue = false;
  const noteWaiting = createManyWaiting(log);
  const tellSoon = async (): Promise<void> => {
    await sleep(tellEveryMs, new AbortController().signal);
    isDue = false;
    const { pending, setAside } = await outbox.counts();
    noteWaiting(pending);
    onStatus({ companion, waiting: pending + progress.left, setAside, troubles: progress.troubles });
  };
  const tell = (): void => {
    if (isDue) return;
    isDue = true;
    tellSoon().catch((thrown: unknown) => log.warn('how the mirror stands could not be told', thrown));
  };
  return {
    tell,
    companion(next: MirrorStatus['companion']) {
      companion = next;
      if (next !== 'there') progress = { ...progress, left: 0 };
      tell();
    },
    progress(next: Progress) {
      progress = next;
      tell();
    },
  };
}
