import type { GateEvent, Loaded, LoadProgress, Speech, Transcript, Utterance } from '../ai/engines.ts';
import type { RuntimeFiles } from '../ai/runtime.ts';
import type { BackendChoice, Config } from '../config.ts';
import type { PackOf, Understanding } from '../schema.ts';

/** One method of a worker: what it is called with, what it tells meanwhile, what it gives. */
interface MethodShape {
  argument: unknown;
  event: unknown;
  result: unknown;
}
interface Shape<Argument, Result, Event = never> extends MethodShape {
  argument: Argument;
  event: Event;
  result: Result;
}

/** Where a worker finds what it runs on. */
export interface WorkerSetup {
  /** Absolute address under which the packs' roots lie. */
  modelsUrl: string;
  runtime: RuntimeFiles;
  threads: number;
}

export interface AudioWorker {
  load: Shape<WorkerSetup & { pack: PackOf<'vad'> }, Loaded, LoadProgress>;
  /** From the first word of a WAV file, or of samples, to the last. Rejects with the errors of `errors.ts` that begin with audio-. */
  hear: Shape<ArrayBuffer | Utterance, HeardRecording>;
  /** Listens on the worklet's port until the speech ends or `stop` is called; null when nobody spoke. */
  listen: Shape<{ port: MessagePort }, Utterance | null, LiveEvent>;
  /** Ends the utterance under way as if the speech had ended. */
  stop: Shape<null, null>;
}
/** `utterance` is null when nobody speaks in a recording. */
export interface HeardRecording {
  utterance: Utterance | null;
  decodeMs: number;
  vadMs: number;
}
/** What the ear notices while it listens; the utterance itself is the result. */
export type LiveEvent = Exclude<GateEvent, { type: 'utterance' }>;

export interface SttWorker {
  load: Shape<
    WorkerSetup & { pack: PackOf<'stt'>; backend: BackendChoice; shortWindow: boolean },
    Loaded,
    LoadProgress
  >;
  /** Events are the text so far. */
  transcribe: Shape<Utterance, Transcript, string>;
}

export interface NluWorker {
  load: Shape<WorkerSetup & { pack: PackOf<'intent'> } & Pick<Config, 'franc' | 'cfa'>, Loaded, LoadProgress>;
  understand: Shape<string, Understanding>;
}

export interface TtsWorker {
  load: Shape<
    WorkerSetup & { pack: PackOf<'tts'>; espeakData: string; region: Config['region'] },
    Loaded,
    LoadProgress
  >;
  speak: Shape<{ sentence: string; speaker?: number }, Speech>;
}

export type Protocol<P> = { [M in keyof P]: MethodShape };

/** The methods a worker must serve, from its protocol. */
export type ServedMethods<P extends Protocol<P>> = {
  [M in keyof P]: (
    argument: P[M]['argument'],
    context: { signal: AbortSignal; emit: (event: P[M]['event']) => void },
  ) => Promise<P[M]['result']>;
};
