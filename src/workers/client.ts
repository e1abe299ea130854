import * as v from 'valibot';
import { orAbort } from '../ai/abort.ts';
import type {
  IntentModel,
  Loaded,
  LoadOptions,
  LoadProgress,
  SpeechToText,
  TextToSpeech,
  Utterance,
} from '../ai/engines.ts';
import type { BackendChoice, Config } from '../config.ts';
import { LaGraceError } from '../errors.ts';
import type { Logger, LogSink } from '../log.ts';
import { backends, type PackOf } from '../schema.ts';
import type {
  AudioWorker,
  HeardRecording,
  LiveEvent,
  NluWorker,
  Protocol,
  SttWorker,
  TtsWorker,
  WorkerSetup,
} from './protocol.ts';
import { createRemote, type RemoteCallOptions, type WorkerLike } from './remote.ts';

/** What every worker's client needs: how to start the worker, and where it finds its files. */
export interface ClientOptions {
  spawn: () => WorkerLike;
  setup: Omit<WorkerSetup, 'tree'>;
  /** Opens a port to the tree's worker, from which models are read; without it they are fetched. */
  openTree?: () => MessagePort;
  log: Logger;
  /** Gets what the worker logs. */
  onLog?: LogSink;
  /** Told when the worker broke or hung and is replaced: its model is to be loaded again. */
  onLost?: () => void;
  limits?: WorkerLimits;
}

/** How long a worker may be silent, in milliseconds, before another takes its place. */
export interface WorkerLimits {
  /** After a cancellation. */
  graceMs: number;
  /** While its model's files are read. */
  loadStallMs: number;
  /** Once they are, while the model starts: its thread is then busy, and can tell nothing. */
  loadStartMs: number;
}
export const defaultWorkerLimits: WorkerLimits = { graceMs: 3000, loadStallMs: 30_000, loadStartMs: 120_000 };

/** Whisper behind its worker, which takes each utterance away: its samples are moved, not copied. */
export function connectSpeechToText(
  options: ClientOptions & { pack: PackOf<'stt'>; backend: BackendChoice; shortWindow: boolean },
): SpeechToText {
  const { pack, backend, shortWindow, setup } = options;
  const worker = createLoadedRemote<SttWorker>('stt', options, (tree) => ({
    ...setup,
    tree,
    pack,
    backend,
    shortWindow,
  }));
  return {
    load: worker.load,
    transcribe: (utterance, { signal, onPartial }) =>
      worker.call('transcribe', utterance, {
        signal,
        transfer: [utterance.buffer],
        ...(onPartial && { onEvent: onPartial }),
      }),
  };
}

/** The intent model behind its worker. */
export function connectIntentModel(
  options: ClientOptions & { pack: PackOf<'intent'>; money: Pick<Config, 'franc' | 'cfa'> },
): IntentModel {
  const { pack, money, setup } = options;
  const worker = createLoadedRemote<NluWorker>('nlu', options, (tree) => ({ ...setup, tree, ...money, pack }));
  return {
    load: worker.load,
    understand: (text, { signal }) => worker.call('understand', text, { signal }),
  };
}

/** A Piper voice behind its worker. */
export function connectTextToSpeech(
  options: ClientOptions & { pack: PackOf<'tts'>; espeakData: string; region: Config['region'] },
): TextToSpeech {
  const { pack, espeakData, region, setup } = options;
  const worker = createLoadedRemote<TtsWorker>('tts', options, (tree) => ({
    ...setup,
    tree,
    pack,
    espeakData,
    region,
  }));
  return {
    load: worker.load,
    speak: (sentence, { signal, ...speaker }) => worker.call('speak', { sentence, ...speaker }, { signal }),
  };
}

/** The speech gate behind its worker, which also hears the microphone and reads recordings. */
export interface Ears {
  load(options: LoadOptions): Promise<Loaded>;
  /**
   * From the first word of a WAV file, or of samples, to the last; the caller keeps them. Rejects with the errors that begin with audio-,
   * audio-unreadable for what is no WAV file.
   */
  hear(recording: ArrayBuffer | Utterance, options: { signal: AbortSignal }): Promise<HeardRecording>;
  /** Hears the worklet's port until the speech ends; null when nobody spoke. */
  listen(
    port: MessagePort,
    options: { signal: AbortSignal; onEvent: (event: LiveEvent) => void },
  ): Promise<Utterance | null>;
  /** Ends the utterance under way. */
  stop(options: { signal: AbortSignal }): Promise<void>;
}

/** The ears in their worker, which is started by the first call and replaced when it breaks. */
export function connectEars(options: ClientOptions & { pack: PackOf<'vad'> }): Ears {
  const { pack, setup } = options;
  const worker = createLoadedRemote<AudioWorker>('audio', options, (tree) => ({ ...setup, tree, pack }));
  return {
    load: worker.load,
    hear: (recording, { signal }) => worker.call('hear', recording, { signal }),
    listen: (port, { signal, onEvent }) => worker.call('listen', { port }, { signal, onEvent, transfer: [port] }),
    stop: async ({ signal }) => {
      await worker.call('stop', null, { signal });
    },
  };
}

type LoadingProtocol<P> = Protocol<P> & { load: { argument: unknown; event: LoadProgress; result: Loaded } };

const loadedSchema = v.object({ packId: v.string(), backend: v.picklist(backends), threads: v.number() });

interface LoadedRemote<P extends Protocol<P>> {
  load(options: LoadOptions): Promise<Loaded>;
  /** Calls once the model is loaded. */
  call<M extends keyof P & string>(
    method: M,
    argument: P[M]['argument'],
    options?: RemoteCallOptions<P[M]['event']>,
  ): Promise<P[M]['result']>;
}

/**
 * A worker whose model is loaded once, whoever asks first. A failed load is forgotten; a lost worker loads again.
 * Who cancels stops waiting, while the load goes on: the next turn needs it.
 */
function createLoadedRemote<P extends LoadingProtocol<P>>(
  name: string,
  { spawn, openTree, log, onLog, onLost, limits = defaultWorkerLimits }: ClientOptions,
  argument: (tree: MessagePort | null) => P['load']['argument'],
): LoadedRemote<P> {
  let loading: Promise<Loaded> | null = null;
  let report: LoadOptions['onProgress'];
  const remote = createRemote<P>({
    name,
    spawn,
    log,
    graceMs: limits.graceMs,
    ...(onLog && { onLog }),
    onLost: () => {
      loading = null;
      onLost?.();
    },
  });
  /** A load that makes no progress has hung; so has its worker. */
  const load = async (): Promise<Loaded> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const expectMore = (limitMs: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => remote.replace(`its load made no progress for ${limitMs} ms`), limitMs);
    };
    expectMore(limits.loadStallMs);
    try {
      const tree = openTree?.() ?? null;
      const loaded: unknown = await remote.call('load', argument(tree), {
        ...(tree && { transfer: [tree] }),
        onEvent: (progress) => {
          expectMore(progress.loadedBytes < progress.totalBytes ? limits.loadStallMs : limits.loadStartMs);
          report?.(progress);
        },
      });
      if (v.is(loadedSchema, loaded)) return loaded;
      throw new LaGraceError('model-failed', `the ${name} worker says of its load neither what nor where`);
    } finally {
      clearTimeout(timer);
    }
  };
  const loadOnce = (): Promise<Loaded> => {
    if (loading) return loading;
    const attempt = load();
    loading = attempt;
    attempt.catch(() => {
      if (loading === attempt) loading = null;
    });
    return attempt;
  };
  /** A worker that has not answered a cancellation may be about to be replaced: what was asked of it would be lost with it. */
  const ready = async (signal: AbortSignal | undefined): Promise<Loaded> => {
    await orAbort(remote.settled(), signal);
    return orAbort(loadOnce(), signal);
  };
  return {
    load: ({ signal, onProgress }) => {
      report = onProgress ?? report;
      return ready(signal);
    },
    call: async (method, callArgument, callOptions) => {
      await ready(callOptions?.signal);
      return remote.call(method, callArgument, callOptions);
    },
  };
}
