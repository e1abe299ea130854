import type { GateEvent, Loaded, LoadProgress, Speech, Transcript, Utterance } from '../ai/engines.ts';
import type { RuntimeFiles } from '../ai/runtime.ts';
import type { BackendChoice, Config } from '../config.ts';
import type { ErrorCode } from '../errors.ts';
import type { ModelFile, Pack, PackOf, Understanding } from '../schema.ts';
import type { MirrorStatus } from '../storage/mirror/mirror.ts';
import type { Expected, LocalEntry, Tombstone, TreeChange, WriteOptions } from '../storage/tree/tree.ts';

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
  /** Leads to the tree's worker; null where there is none. */
  tree: MessagePort | null;
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

/** Where the tree's files are: in the browser's own storage, or, for the reason given, in memory until the page is closed. */
export type TreeStatus = { kept: 'on-device' } | { kept: 'in-memory'; reason: string };

/** What the tree's worker tells besides what it is asked. */
export type TreeEvent =
  | { type: 'change'; change: TreeChange }
  /** The browser has this file no more, and nobody here deleted it. */
  | { type: 'lost'; entry: LocalEntry }
  /** A model is used without being kept. */
  | { type: 'not-kept'; code: ErrorCode; message: string };

/** A file of a pack, and where packs are fetched from. */
export interface WantedModel {
  modelsUrl: string;
  pack: Pack;
  file: ModelFile;
}

export interface TreeWorker {
  status: Shape<null, TreeStatus>;
  /** Never ends. */
  watch: Shape<null, never, TreeEvent>;
  /** Serves the same methods at another port, for another worker. */
  connect: Shape<{ port: MessagePort }, null>;
  list: Shape<null, LocalEntry[]>;
  entry: Shape<string, LocalEntry | null>;
  read: Shape<string, Blob | null>;
  /** Events are bytes written so far. */
  write: Shape<
    { path: string; source: Blob | ReadableStream<Uint8Array>; expected: Expected } & Pick<WriteOptions, 'replaces'>,
    LocalEntry,
    number
  >;
  append: Shape<{ path: string; text: string }, null>;
  remove: Shape<{ path: string; why: 'meant' | 'clean-up' } & Pick<WriteOptions, 'replaces'>, null>;
  tombstones: Shape<null, Tombstone[]>;
  forget: Shape<string, null>;
  touch: Shape<string, null>;
  pin: Shape<{ path: string; pinned: boolean }, null>;
  /** ONNX Runtime from this address, compiled once for all who ask. */
  runtime: Shape<string, WebAssembly.Module>;
  /** A model's file from the tree, into which it is fetched first where it is missing. Events are bytes there so far. */
  model: Shape<WantedModel, Blob, number>;
  /** Reads a pack's files through, drops those that are damaged, and says how many. */
  recheck: Shape<Pack, number>;
  /** Finds what was lost or damaged, and fetches all files of these packs that are not there. */
  upkeep: Shape<{ modelsUrl: string; packs: Pack[] }, null>;
  /** Adds whole lines to `logs/ai.log`; see `AiLog`. */
  log: Shape<{ lines: string; mayBeThere: boolean }, null>;
  /** Keeps files and outbox together with the companion at `origin`; one window of all does it, each hears of it. Never ends. */
  mirror: Shape<{ origin: string; inUse: string[] }, never, MirrorStatus>;
  /** Has the companion asked at once rather than when it is time. */
  wakeMirror: Shape<null, null>;
}

export type Protocol<P> = { [M in keyof P]: MethodShape };

/** The methods a worker must serve, from its protocol. */
export type ServedMethods<P extends Protocol<P>> = {
  [M in keyof P]: (
    argument: P[M]['argument'],
    context: { signal: AbortSignal; emit: (event: P[M]['event']) => void },
  ) => Promise<P[M]['result']>;
};
