import type { Logger } from '../../log.ts';
import type { TreeAction } from '../../tree/diff.ts';
import type { CompanionClient } from '../companion-client.ts';
import type { Tree } from '../tree/tree.ts';
import { createAgreements } from './agreements.ts';
import type { MirrorMemory } from './memory.ts';
import { createLogMerge } from './merge-log.ts';
import { type Copy, performAll } from './perform-all.ts';
import type { RemoteTree } from './remote-tree.ts';
import { look } from './round.ts';
import { createTransfers } from './transfer.ts';
import { createBatchTransfers } from './transfer-batch.ts';
import { createTroubles, type Trouble } from './troubles.ts';
import type { UploadResumably } from './upload.ts';
import type { Sleep, WakeUp } from './wake-up.ts';

export interface KeepEqualOptions {
  tree: Tree;
  client: CompanionClient;
  uploadResumably: UploadResumably;
  memory: MirrorMemory;
  /** This counter, as a file that lost a conflict bears it: `comptoir-2`. */
  counterName: () => Promise<string>;
  /** Whether a file belongs to a model that this browser works with. */
  isInUse: (path: string) => boolean;
  /** Adds whole lines to this browser's log. */
  appendLog: (lines: string) => Promise<void>;
  log: Logger;
  /** Epoch milliseconds. */
  now: () => number;
  sleep: Sleep;
}
export interface Progress {
  /** Files that are still to be made equal. */
  left: number;
  troubles: Trouble[];
}

/** What changes together is looked at together. */
const gatherMs = 100;
/** A look even though nobody told of a change. */
const lookEveryMs = 60_000;
/** The whole log goes to and fro with each merge. */
const mergeLogEveryMs = 1500;

/**
 * Looks at both sides whenever `changed` is woken, and does what makes them equal, until `signal` aborts or the companion
 * cannot be reached. `remote` must have been told of the whole tree before.
 */
export async function keepEqual(
  options: KeepEqualOptions,
  remote: RemoteTree,
  {
    rootId,
    changed,
    onProgress,
    signal,
  }: {
    rootId: string;
    changed: WakeUp;
    onProgress: (progress: Progress) => void;
    signal: AbortSignal;
  },
): Promise<never> {
  const { tree, memory, isInUse, log, now, sleep } = options;
  const agreements = createAgreements(memory, await memory.open(rootId));
  const perform = createPerform(options, remote, agreements);
  const troubles = createTroubles(log, now);
  const tell = (left: number): void => onProgress({ left, troubles: troubles.list() });
  for (;;) {
    const mine = new Map((await tree.list()).map((entry) => [entry.path, entry]));
    const [deleted, name] = [await tree.tombstones(), await options.counterName()];
    const { common } = agreements;
    const { actions, agreed } = look({ mine, deleted, remote, common, name, isInUse });
    for (const one of agreed) agreements.note(one);
    const due = troubles.due(actions);
    const done = due.filter((action) => perform.isReady(action));
    try {
      const { run, runTogether } = perform;
      const reports = { onFailed: troubles.failed, onProgress: tell };
      await performAll(done, { perform: run, performTogether: runTogether, ...reports, signal });
    } finally {
      await agreements.flush();
    }
    // What was done may have made more to do; what waits for its time does not come by itself.
    const waitMs = due.length > done.length ? mergeLogEveryMs : lookEveryMs;
    if (done.length === 0) await changed.wait(waitMs, sleep, signal);
    await sleep(gatherMs, signal);
  }
}

function createPerform(options: KeepEqualOptions, remote: RemoteTree, agreements: ReturnType<typeof createAgreements>) {
  const { tree, client, memory, uploadResumably, appendLog, now } = options;
  const agree = (path: string, sha256: string | null): void => {
    if (sha256 === null) agreements.forget(path);
    else agreements.note({ path, mine: sha256, theirs: sha256 });
  };
  const transfer = createTransfers({ tree, client, uploadResumably, agree });
  const transferBatch = createBatchTransfers({ tree, client, agree });
  const mergeLog = createLogMerge({ tree, client, memory, append: appendLog, now });
  let mergedAt = Number.NEGATIVE_INFINITY;
  return {
    isReady: (action: TreeAction): boolean => action.kind !== 'merge' || now() >= mergedAt + mergeLogEveryMs,
    run: async (action: TreeAction, signal: AbortSignal): Promise<void> => {
      if (action.kind === 'merge') {
        mergedAt = now();
        agreements.note({ path: action.path, ...(await mergeLog(action.path, signal)) });
      } else if (action.kind !== 'blocked') await transfer(action, remote, signal);
    },
    runTogether: (copies: readonly Copy[], signal: AbortSignal) => transferBatch(copies, remote, signal),
  };
}
