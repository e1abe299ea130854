import { type LaGraceError, toLaGraceError } from '../../errors.ts';
import { batchLimits } from '../../schema/tree-batch.ts';
import type { SideName, TreeAction } from '../../tree/diff.ts';
import { isMergedLog } from '../../tree/mirrored.ts';

export type Copy = TreeAction & { kind: 'copy' };

export interface PerformOptions {
  perform: (action: TreeAction, signal: AbortSignal) => Promise<void>;
  /** Copies several small files to one side: what failed of each, in their order. Rejects when none can be copied like this. */
  performTogether: (copies: readonly Copy[], signal: AbortSignal) => Promise<(LaGraceError | null)[]>;
  /** An action that cannot be carried out, now or ever. */
  onFailed: (action: TreeAction, error: LaGraceError) => void;
  /** How many are left. */
  onProgress: (left: number) => void;
  signal: AbortSignal;
}

/** Leaves the page its own connections. */
const atOnce = 4;
/** One batch is read here while another one is written there. */
const batchesAtOnce = 2;
const bigBytes = 1024 * 1024;

/**
 * Carries out actions: small copies many in one request, other small ones several at once, and then the big ones. Rejects when the
 * companion cannot be reached.
 */
export async function performAll(actions: readonly TreeAction[], options: PerformOptions): Promise<void> {
  const { perform, performTogether, onFailed, onProgress, signal } = options;
  let left = actions.length;
  const settle = (action: TreeAction, error: LaGraceError | null): void => {
    if (error?.code === 'network-failed') throw error;
    // What changed meanwhile is looked at again at once.
    if (error && error.code !== 'file-changed') onFailed(action, error);
    left -= 1;
    onProgress(left);
  };
  const run = async (action: TreeAction): Promise<void> => {
    signal.throwIfAborted();
    try {
      await perform(action, signal);
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      return settle(action, toLaGraceError(thrown));
    }
    settle(action, null);
  };
  const runTogether = async (copies: readonly Copy[]): Promise<void> => {
    signal.throwIfAborted();
    let failures: (LaGraceError | null)[];
    try {
      failures = await performTogether(copies, signal);
    } catch (thrown) {
      if (signal.aborted || toLaGraceError(thrown).code === 'network-failed') throw thrown;
      return inTurns(copies, atOnce, run);
    }
    for (const [index, copy] of copies.entries()) settle(copy, failures[index] ?? null);
  };
  onProgress(left);
  const { batches, small, big } = sort(actions);
  await inTurns(batches, batchesAtOnce, runTogether);
  await inTurns(small, atOnce, run);
  await inTurns(big, 1, run);
}

function sort(actions: readonly TreeAction[]): { batches: Copy[][]; small: TreeAction[]; big: TreeAction[] } {
  const tiny = actions.filter(isTiny);
  const batches = (['mine', 'theirs'] as const).flatMap((side: SideName) =>
    batchesOf(tiny.filter(({ to }) => to === side)),
  );
  const others = actions.filter((action) => !isTiny(action));
  return {
    batches,
    small: others.filter((action) => bytesOf(action) <= bigBytes),
    big: others.filter((action) => bytesOf(action) > bigBytes),
  };
}

/** The log is appended to, whatever its size. */
function isTiny(action: TreeAction): action is Copy {
  return action.kind === 'copy' && action.file.size <= batchLimits.fileBytes && !isMergedLog(action.path);
}

function batchesOf(copies: readonly Copy[]): Copy[][] {
  const batches: Copy[][] = [];
  let bytes = 0;
  for (const copy of copies) {
    const last = batches.at(-1);
    const fits = last && last.length < batchLimits.files && bytes + copy.file.size <= batchLimits.bytes;
    if (fits) last.push(copy);
    else batches.push([copy]);
    bytes = (fits ? bytes : 0) + copy.file.size;
  }
  return batches;
}

async function inTurns<T>(all: readonly T[], workers: number, run: (one: T) => Promise<void>): Promise<void> {
  const queue = all.values();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const one of queue) {
      if (failed) return;
      try {
        await run(one);
      } catch (thrown) {
        failed = true;
        throw thrown;
      }
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: workers }, work));
  for (const result of settled) if (result.status === 'rejected') throw result.reason;
}

function bytesOf(action: TreeAction): number {
  if (action.kind === 'copy') return action.file.size;
  return action.kind === 'conflict' ? action.won.size + action.lost.size : 0;
}
