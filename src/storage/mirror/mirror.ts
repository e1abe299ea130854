import { LaGraceError, toLaGraceError } from '../../errors.ts';
import type { TreeEntry } from '../../schema/tree.ts';
import type { Outbox } from '../outbox.ts';
import { backOffMs } from './back-off.ts';
import { type KeepEqualOptions, keepEqual, type Progress } from './keep-equal.ts';
import { createRemoteTree, type RemoteTree } from './remote-tree.ts';
import { createUseReport } from './report-use.ts';
import { sendTo } from './send-outbox.ts';
import type { Trouble } from './troubles.ts';
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
export interface MirrorStatus {
  companion: 'none' | 'away' | 'there';
  /** Files to be made equal, and what the outbox holds. */
  waiting: number;
  /** What the companion refused. */
  setAside: number;
  troubles: Trouble[];
}

export interface Mirror {
  /** Keeps both sides equal until `signal` aborts. One window at a time may run it. */
  run(signal: AbortSignal): Promise<void>;
  /** What the companion has, as far as this browser was told; null while it is away. */
  remoteFiles(): TreeEntry[] | null;
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
  let remote: RemoteTree | null = null;

  const session = async (rootId: string, signal: AbortSignal, onJoined: () => void): Promise<void> => {
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const changed = createWakeUp();
    const stopListening = tree.subscribe(changed.wake);
    const joined = createRemoteTree();
    const told = createWakeUp();
    const follow = async (): Promise<never> => {
      for await (const listing of client.followTree(0, { signal: both })) {
        if (listing.rootId !== rootId) throw new LaGraceError('network-failed', 'the companion has another folder now');
        joined.take(listing);
        remote = joined;
        told.wake();
        changed.wake();
      }
      throw new LaGraceError('network-failed', "the companion's stream of changes ended");
    };
    const files = async (): Promise<never> => {
      await told.wait(firstListingMs, sleep, both);
      if (remote !== joined) throw new LaGraceError('network-failed', 'the companion did not say what it has');
      onJoined();
      return keepEqual(options, joined, { rootId, changed, onProgress: status.progress, signal: both });
    };
    const parts = [follow(), files(), drain(both), tellUse(both)];
    try {
      await Promise.race(parts);
    } finally {
      remote = null;
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
      for (;;) {
        await outbox.drain(sendTo(client), { signal });
        await filled.wait(drainEveryMs, sleep, signal);
      }
    } finally {
      stop();
    }
  };
  const tellUse = async (signal: AbortSignal): Promise<never> => {
    const report = createUseReport(options);
    for (;;) {
      await report(signal);
      await soon.wait(reportUseEveryMs, sleep, signal);
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
    remoteFiles: () => (remote ? [...remote.files.values()] : null),
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
            if (failures === 1) log.info(`the companion is away: ${toLaGraceError(thrown).message}`);
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
  const tellSoon = async (): Promise<void> => {
    await sleep(tellEveryMs, new AbortController().signal);
    isDue = false;
    const { pending, setAside } = await outbox.counts();
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
