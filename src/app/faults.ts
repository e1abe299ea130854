import { createFaults, type Faults, withFaults } from '../ai/faults.ts';
import { defaultTimeLimits, type TimeLimits } from '../ai/supervise.ts';
import type { Tree } from '../storage/tree/tree.ts';
import { defaultWorkerLimits, type WorkerLimits } from '../workers/client.ts';
import { withWorkerFaults } from '../workers/faulty-worker.ts';
import type { WorkerLike } from '../workers/remote.ts';
import type { AssistantParts } from './assistant.ts';
import { defaultListeningLimits } from './microphone-ear.ts';

/** How a build for tests makes the page's parts fail. Other builds do not contain this file. */
export interface PageFaults {
  worker: (worker: WorkerLike, name: string) => WorkerLike;
  parts: (parts: AssistantParts) => AssistantParts;
  workerLimits: WorkerLimits;
  timeLimits: TimeLimits;
}

/** `window.lagraceFaults`: lets a test change the faults while the page runs. */
export interface FaultControls {
  /** From now on, faults by these rules (see `createFaults`); none for an empty text. */
  set(rules: string, seed?: number): void;
  /** What went wrong since `set`, as `place kind`, with how often. */
  drawn(): Record<string, number>;
  /** Takes the recogniser's GPU away now, whatever it is doing. */
  loseGpu(): void;
  /** The page's files, to be written and read from outside. */
  tree: Tree;
}
declare global {
  interface Window {
    lagraceFaults?: FaultControls;
  }
}

/**
 * Faults by the address: `?faults=RULES&seed=N`. `&limits=0.3` makes every time limit three tenths of what it is, so that what hangs
 * is given up soon.
 */
export function startFaults(flags: URLSearchParams, tree: Tree): PageFaults {
  const factor = Number(flags.get('limits') ?? 1);
  let faults: Faults = createFaults(flags.get('faults') ?? '', { seed: Number(flags.get('seed') ?? 1) });
  let recogniser: WorkerLike | null = null;
  window.lagraceFaults = {
    set: (rules, seed = 1) => {
      faults = createFaults(rules, { seed });
    },
    drawn: () => Object.fromEntries(faults.drawn),
    loseGpu: () => recogniser?.postMessage('lose-gpu', []),
    tree,
  };
  // The rules may change: each call asks the ones of that moment.
  const current: Faults = {
    draw: (place) => faults.draw(place),
    garbage: (place) => faults.garbage(place),
    lateMs: 300,
    get drawn() {
      return faults.drawn;
    },
  };
  const nothing = { loseGpu: () => undefined, loseWorker: () => undefined };
  return {
    worker: (worker, name) => {
      if (name === 'stt') recogniser = worker;
      return withWorkerFaults(worker, name, () => current);
    },
    parts: (parts) => {
      const microphone = withFaults({ open: parts.openMicrophone }, 'microphone', current, nothing);
      const loudspeaker = withFaults({ play: parts.play }, 'loudspeaker', current, nothing);
      return {
        ...parts,
        openMicrophone: microphone.open,
        play: loudspeaker.play,
        limits: scale(defaultTimeLimits, factor),
        listeningLimits: scale(defaultListeningLimits, factor),
      };
    },
    workerLimits: scale(defaultWorkerLimits, factor),
    timeLimits: scale(defaultTimeLimits, factor),
  };
}

function scale<T extends object>(limits: T, factor: number): T {
  return Object.fromEntries(Object.entries(limits).map(([name, ms]) => [name, Number(ms) * factor])) as T; // the same names, still numbers
}
