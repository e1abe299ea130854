import type { ModelChoice } from '../../src/app/model-choice.ts';
import type { Timings } from '../../src/schema.ts';

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

/** The models of a turn. */
export const modelNames = ['gate', 'encoder', 'decoder', 'intent', 'voice'] as const;
export type ModelName = (typeof modelNames)[number];
/** Milliseconds. */
export type ModelTimes = Record<ModelName, number>;

/** A recording, ready to be measured. `readyAnswer` is true where the voice has the answer's first sentence before it is asked for. */
export interface Prepared {
  seconds: number;
  readyAnswer: boolean;
}
/** What a clerk waits for in a turn that was spoken, in whole milliseconds as the log tells them, and the same models alone. */
export interface SpokenSample {
  name: string;
  firstAudio: number;
  recogniser: number;
  bare: ModelTimes;
}
/** One turn of the app, and its models alone on the same inputs. */
export interface TurnSample {
  name: string;
  turn: Timings;
  bare: ModelTimes;
}
/** `window.turnBench` */
export interface TurnBench {
  open(threads: number): Promise<void>;
  prepare(name: string, base64: string): Promise<Prepared>;
  /** The turn, then the models alone. */
  run(name: string): Promise<TurnSample>;
  /** The microphone that is opened next says the recording, and the counter's dialogue begins anew. */
  beginToSay(name: string): Promise<void>;
  /** The models alone. */
  runModels(name: string): Promise<ModelTimes>;
}
