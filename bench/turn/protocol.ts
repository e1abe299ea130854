import type { ModelChoice } from '../../src/app/model-choice.ts';
import type { ModelTimes } from './recorded-runs.ts';

interface Shape<Argument, Result> {
  argument: Argument;
  event: never;
  result: Result;
}

/** The worker that runs a turn's models and nothing else. */
export interface BareWorker {
  load: Shape<{ packs: ModelChoice; threads: number }, null>;
  /** Records the runs that a recording needs: hears it, understands it, and says `sentence` if there is one. */
  prepare: Shape<{ name: string; recording: ArrayBuffer; sentence: string | null }, { text: string; samples: number }>;
  /** Runs the models on those inputs; milliseconds by model. */
  run: Shape<string, ModelTimes>;
}
