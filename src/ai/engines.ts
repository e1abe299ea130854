import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import type { Backend, ModelFile, Pack, PackOf, Understanding } from '../schema.ts';
import type { SegmenterOptions } from './audio/segmenter.ts';
import type { Phonemizer } from './tts/espeak.ts';

/** Mono samples at 16 kHz, -1 to 1: what the microphone gave, or a file decoded. */
export type Utterance = Float32Array;
export const utteranceSampleRate = 16_000;

/** Gives one file of a pack, checked against its size and digest; `LaGraceError` model-missing, model-corrupt or network-failed. */
export type FileLoader = (
  pack: Pack,
  file: ModelFile,
  options?: { signal?: AbortSignal; onBytes?: (loadedBytes: number) => void },
) => Promise<Blob>;

export interface LoadProgress {
  packId: string;
  loadedBytes: number;
  totalBytes: number;
}
export interface LoadOptions {
  signal: AbortSignal;
  onProgress?: (progress: LoadProgress) => void;
}
/** What was loaded and where it runs. */
export interface Loaded {
  packId: string;
  backend: Backend;
  threads: number;
}

export interface Transcript {
  /** Trimmed; empty when nothing was said. */
  text: string;
  /** Mean log-probability of the tokens, at most 0. */
  confidence: number;
  /** Which backend did the work: a lost GPU makes the same utterance go to WASM. */
  backend: Backend;
}
export interface SpeechToText {
  load(options: LoadOptions): Promise<Loaded>;
  /**
   * French, as text; `onPartial` gets the text so far. Rejects with an AbortError once `signal` aborts. The utterance may be moved to
   * another thread: who needs it afterwards keeps a copy.
   */
  transcribe(
    utterance: Utterance,
    options: { signal: AbortSignal; onPartial?: (text: string) => void },
  ): Promise<Transcript>;
}

export interface IntentModel {
  load(options: LoadOptions): Promise<Loaded>;
  /** Intent and slots of one utterance's text; intent `unknown` rather than an error. */
  understand(text: string, options: { signal: AbortSignal }): Promise<Understanding>;
}

export interface Speech {
  /** Mono, -1 to 1. */
  samples: Float32Array;
  sampleRate: number;
}
export interface TextToSpeech {
  load(options: LoadOptions): Promise<Loaded>;
  /** One sentence as sound. `speaker` is an index into the voice's speakers. */
  speak(sentence: string, options: { signal: AbortSignal; speaker?: number }): Promise<Speech>;
}

/** A stretch of speech, in samples from the start. */
export interface Segment {
  start: number;
  end: number;
}
/** What a live gate noticed. Levels are dB below full scale; one comes with every chunk. */
export type GateEvent =
  | { type: 'level'; rmsDb: number; peakDb: number; speechProbability: number }
  | { type: 'speech-start' }
  | { type: 'misfire' }
  /** What was said before a silence that may be the end: the utterance, unless `resume` follows. */
  | { type: 'pause'; utterance: Utterance }
  | { type: 'resume' }
  | { type: 'utterance'; utterance: Utterance; segment: Segment };
/** One microphone's ear: takes its chunks in order, of any length, and gives what they brought about. */
export interface LiveGate {
  push(chunk: Float32Array): Promise<GateEvent[]>;
  /** No more will come: what was being said is an utterance now, if there was enough of it. */
  end(): Promise<GateEvent[]>;
}
export interface SpeechGate {
  load(options: LoadOptions): Promise<Loaded>;
  /** The stretches of speech in a whole recording; empty when nobody speaks. */
  segments(samples: Utterance, options: { signal: AbortSignal }): Promise<Segment[]>;
  /** A fresh ear, which knows nothing of what others heard; rejects until the gate is loaded. */
  listen(options?: Partial<SegmenterOptions>): Promise<LiveGate>;
}

export interface Embedder {
  load(options: LoadOptions): Promise<Loaded>;
  /** One unit vector per text. */
  embed(texts: string[], options: { signal: AbortSignal }): Promise<Float32Array[]>;
}

/** What an engine is given: the pack to run, how to read its files, and where to run. */
export interface EngineContext<P extends Pack = Pack> {
  pack: P;
  files: FileLoader;
  backend: 'auto' | Backend;
  threads: number;
  log?: Logger;
}

/** Whether a pack hears in a short window what it hears in its full one. */
export type WindowVerdict = 'same' | 'different';
/** Remembers verdicts from one start to the next, by the digest of an encoder's file. */
export interface WindowVerdicts {
  read(encoderSha256: string): Promise<WindowVerdict | null>;
  write(encoderSha256: string, verdict: WindowVerdict): Promise<void>;
}
/** What a recogniser is given besides: whether it may hear short speech in a short window, and what is known of that. */
export interface RecogniserContext extends EngineContext<PackOf<'stt'>> {
  /** False makes it compute its full window always. */
  shortWindow?: boolean;
  windowVerdicts?: WindowVerdicts;
}

/** What a voice is given besides: how text is pronounced, and where its hearers live. */
export interface VoiceContext extends EngineContext<PackOf<'tts'>> {
  /** By the name that espeak-ng has for the voice's language; `LaGraceError` model-unknown where it has none. */
  phonemizer: (espeakVoice: string) => Promise<Phonemizer>;
  region: Config['region'];
}

/** What an intent model is given besides: what "francs" alone and "francs CFA" mean in this shop. */
export interface IntentContext extends EngineContext<PackOf<'intent'>> {
  money?: Pick<Config, 'franc' | 'cfa'>;
}

/**
 * How an engine is reached by the `engine` name of a pack: loaded when first used. Each task lists its own in `engines.ts` beside them,
 * so that a worker carries no other task's engines. A new engine is its file and one line there; the port's contract test picks it up.
 */
export type EngineFactory<Port, Context> = () => Promise<(context: Context) => Port>;
