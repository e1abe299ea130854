import type { IntentModel, Loaded, LoadProgress, SpeechToText, TextToSpeech } from '../ai/engines.ts';
import type { TimeLimits } from '../ai/supervise.ts';
import { createTurns, type Foresee, type Hear, type Play, type Respond, type TurnEvent } from '../ai/turn.ts';
import { type LaGraceError, toLaGraceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Task, Turn } from '../schema.ts';
import type { Ears } from '../workers/client.ts';
import type { Assistant, AssistantEvent, ModelInUse, NoticeReport } from './assistant-port.ts';
import { createMicrophoneEar, type ListeningLimits, type OpenMicrophone } from './microphone-ear.ts';
import type { Recording } from './recording.ts';

/** What the assistant is made of. */
export interface AssistantParts {
  ears: Ears;
  stt: SpeechToText;
  intents: IntentModel;
  tts: TextToSpeech;
  models: ModelInUse[];
  respond: Respond;
  foresee?: Foresee;
  /** Answers apart from the counter's dialogue, with none of its past. */
  startApart?: () => Respond;
  splitSentences: (answer: string) => string[];
  play: Play;
  speaker: number;
  openMicrophone: (options: { signal: AbortSignal }) => Promise<OpenMicrophone>;
  /** True while the browser asks whether the page may listen. */
  isAskingPermission: () => Promise<boolean>;
  /** Where a recording is heard. */
  hearRecording: (recording: Recording) => Hear;
  /** Calls its listener with the task of each worker that broke or hung. */
  onWorkerLost?: (listener: (task: Task) => void) => unknown;
  /** Has the voice's fixed sentences rendered before they are needed; called when the voice has nothing else to do. */
  renderAhead?: (signal: AbortSignal) => Promise<void>;
  limits?: TimeLimits;
  listeningLimits?: ListeningLimits;
  log: Logger;
  now: () => number;
  newId: () => string;
}

/** A turn for a host program: what happened, and the sound of each sentence of the answer. */
export interface HostTurn {
  turn: Turn;
  sentences: Extract<TurnEvent, { type: 'sentence' }>['speech'][];
}
/** What a host hands over. `apart`: a turn with no past, which leaves the counter's dialogue alone. */
export type HostInput = ({ recording: Recording } | { text: string }) & { apart?: boolean };
/** What a host program, or a test, can ask for besides what a person can. */
export interface HostAssistant extends Assistant {
  /** Resolves once a turn can run; rejects when a model cannot be loaded. */
  ready(): Promise<Loaded>;
  /** A turn on a recording or on typed text, shown on screen but not played. */
  process(input: HostInput): Promise<HostTurn>;
}

/** Puts the engines behind the screen's port: runs turns, loads models, and tells listeners what happens. */
export function createAssistant(parts: AssistantParts): HostAssistant {
  const listeners = new Set<(event: AssistantEvent) => void>();
  const tell = (event: AssistantEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const turns = createTurns({
    ...parts,
    models: () => Object.fromEntries(parts.models.map(({ task, packId }) => [task, packId])),
    emit: (event) => {
      tell({ type: 'turn', event });
      if (event.type === 'turn-end') void parts.renderAhead?.(new AbortController().signal);
    },
  });
  const models = loadModels(parts, tell);
  parts.onWorkerLost?.((task) => void models.reload(task));
  const { ears, openMicrophone, isAskingPermission, now, listeningLimits } = parts;
  const microphone = createMicrophoneEar({
    ears,
    openMicrophone,
    isAskingPermission,
    now,
    ...(listeningLimits && { limits: listeningLimits }),
    onLevel: (level) => tell({ type: 'level', level }),
    onTrouble: (trouble) => {
      if (trouble) parts.log.warn(`the microphone: ${trouble.code}`, trouble);
      tell({ type: 'notice', notice: trouble && reportOf(trouble) });
    },
  });

  return {
    startListening: () => void turns.start({ kind: 'speech', hear: microphone.hear }),
    stopListening: microphone.stop,
    cancel: turns.cancel,
    say: (text) => void turns.start({ kind: 'text', text }),
    retry: () => void models.load().catch(() => undefined),
    subscribe: (listener) => {
      listeners.add(listener);
      listener({ type: 'models', models: parts.models });
      return () => listeners.delete(listener);
    },
    ready: models.load,
    process: async (input) => {
      // A model that cannot be loaded fails the turn, which says so. A host wants the sound, so the voice is waited for as well.
      await Promise.allSettled([models.load(), parts.tts.load({ signal: new AbortController().signal })]);
      const sentences: HostTurn['sentences'] = [];
      const emit = (event: TurnEvent): void => {
        if (event.type === 'sentence') sentences.push(event.speech);
        tell({ type: 'turn', event });
      };
      const turn = await turns.start(
        'text' in input
          ? { kind: 'text', text: input.text }
          : { kind: 'speech', hear: parts.hearRecording(input.recording) },
        { dependencies: { emit, play: null, ...(input.apart && parts.startApart && { respond: parts.startApart() }) } },
      );
      return { turn, sentences: turn.outcome === 'cancelled' ? [] : sentences };
    },
  };
}

interface Models {
  load(): Promise<Loaded>;
  /** Loads the model of a lost worker, so that it is there before it is needed. Turns wait for it by themselves. */
  reload(task: Task): Promise<void>;
}

/** Pauses before a lost worker's model is loaded once more. */
const reloadPausesMs = [0, 500, 3000];

/** Loads what a turn needs in the order it needs it; the voice comes last, and the first turn does not wait for it. */
function loadModels(parts: AssistantParts, tell: (event: AssistantEvent) => void): Models {
  const { ears, stt, intents, tts, log } = parts;
  const engines = { vad: ears, stt, intent: intents, tts };
  const signal = new AbortController().signal;
  const onProgress = (progress: LoadProgress): void => tell({ type: 'progress', progress });
  const reloading = new Set<Task>();
  let loading: Promise<Loaded> | null = null;
  let attempt: Promise<unknown> = Promise.resolve();

  const loadAll = async (): Promise<Loaded> => {
    tell({ type: 'loading' });
    // What is left of a failed attempt is joined by who asks again, and would fail this one too.
    await attempt;
    const loads = [
      stt.load({ signal, onProgress }),
      ears.load({ signal, onProgress }),
      intents.load({ signal, onProgress }),
    ] as const;
    attempt = Promise.allSettled(loads);
    const [heard] = await Promise.all(loads);
    tell({ type: 'ready', backend: heard.backend });
    log.info(`ready: ${heard.packId} on ${heard.backend}, ${heard.threads} threads`);
    void tts.load({ signal, onProgress }).then(
      () => parts.renderAhead?.(signal),
      (thrown: unknown) => tell({ type: 'notice', notice: report(thrown, log) }),
    );
    return heard;
  };
  const load = (): Promise<Loaded> => {
    loading ??= loadAll().catch((thrown: unknown) => {
      loading = null;
      if (reloading.size === 0) tell({ type: 'failed', notice: report(thrown, log) });
      throw thrown;
    });
    return loading;
  };
  const loadAgain = async (engine: Pick<SpeechToText, 'load'>): Promise<void> => {
    let failure: unknown;
    for (const pauseMs of reloadPausesMs) {
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      try {
        await engine.load({ signal, onProgress });
        return;
      } catch (thrown) {
        failure = thrown;
      }
    }
    throw failure;
  };
  const reload = async (task: Task): Promise<void> => {
    if (task === 'embed' || reloading.has(task)) return;
    reloading.add(task);
    tell({ type: 'reloading', task });
    try {
      await loadAgain(engines[task]);
    } catch (thrown) {
      if (task !== 'tts') loading = null;
      tell({ type: task === 'tts' ? 'notice' : 'failed', notice: report(thrown, log) });
      return;
    } finally {
      reloading.delete(task);
      tell({ type: 'reloaded', task });
    }
    // The first load may have ended with the worker.
    if (!loading) await load().catch(() => undefined);
  };
  return { load, reload };
}

function report(thrown: unknown, log: Logger): NoticeReport {
  const error = toLaGraceError(thrown, 'model-failed');
  log.error(`a model could not be loaded (${error.code})`, error);
  return reportOf(error);
}

function reportOf({ sentence, code, message }: LaGraceError): NoticeReport {
  return { sentence, code, message };
}
