import type { IntentModel, Loaded, LoadProgress, SpeechToText, TextToSpeech } from '../ai/engines.ts';
import { createTurns, type Hear, type Play, type TurnEvent } from '../ai/turn.ts';
import { type LaGraceError, toLaGraceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Turn, Understanding } from '../schema.ts';
import type { Ears } from '../workers/client.ts';
import type { LiveEvent } from '../workers/protocol.ts';
import type { Assistant, AssistantEvent, ModelInUse, NoticeReport } from './assistant-port.ts';
import type { Recording } from './recording.ts';

/** An open microphone: its sound comes through `port`. */
export interface OpenMicrophone {
  port: MessagePort;
  /** Rejects when the microphone is unplugged or taken away; never resolves. */
  lost: Promise<never>;
  stop(): void;
}

/** What the assistant is made of. */
export interface AssistantParts {
  ears: Ears;
  stt: SpeechToText;
  intents: IntentModel;
  tts: TextToSpeech;
  models: ModelInUse[];
  respond: (understanding: Understanding) => string;
  splitSentences: (answer: string) => string[];
  play: Play;
  speaker: number;
  openMicrophone: (options: { signal: AbortSignal }) => Promise<OpenMicrophone>;
  /** Where a recording is heard. */
  hearRecording: (recording: Recording) => Hear;
  log: Logger;
  now: () => number;
  newId: () => string;
}

/** A turn for a host program: what happened, and the sound of each sentence of the answer. */
export interface HostTurn {
  turn: Turn;
  sentences: Extract<TurnEvent, { type: 'sentence' }>['speech'][];
}
/** What a host program, or a test, can ask for besides what a person can. */
export interface HostAssistant extends Assistant {
  /** Resolves once a turn can run; rejects when a model cannot be loaded. */
  ready(): Promise<Loaded>;
  /** A turn on a recording or on typed text, shown on screen but not played. */
  process(input: { recording: Recording } | { text: string }): Promise<HostTurn>;
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
    emit: (event) => tell({ type: 'turn', event }),
  });
  const models = loadModels(parts, tell);
  const hearMicrophone = createMicrophoneEar(parts, (level) => tell({ type: 'level', level }));

  return {
    startListening: () => void turns.start({ kind: 'speech', hear: hearMicrophone }),
    stopListening: () => void parts.ears.stop().catch((thrown: unknown) => parts.log.warn('cannot stop', thrown)),
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
      await models.load();
      const sentences: HostTurn['sentences'] = [];
      const emit = (event: TurnEvent): void => {
        if (event.type === 'sentence') sentences.push(event.speech);
        tell({ type: 'turn', event });
      };
      const turn = await turns.start(
        'text' in input
          ? { kind: 'text', text: input.text }
          : { kind: 'speech', hear: parts.hearRecording(input.recording) },
        { dependencies: { emit, play: null } },
      );
      return { turn, sentences: turn.outcome === 'cancelled' ? [] : sentences };
    },
  };
}

/** Loads what a turn needs in the order it needs it; the voice comes last, and the first turn does not wait for it. */
function loadModels(parts: AssistantParts, tell: (event: AssistantEvent) => void): { load: () => Promise<Loaded> } {
  const { ears, stt, intents, tts, log } = parts;
  const signal = new AbortController().signal;
  const onProgress = (progress: LoadProgress): void => tell({ type: 'progress', progress });
  const loadAll = async (): Promise<Loaded> => {
    tell({ type: 'loading' });
    const [heard] = await Promise.all([
      stt.load({ signal, onProgress }),
      ears.load({ signal, onProgress }),
      intents.load({ signal, onProgress }),
    ]);
    tell({ type: 'ready', backend: heard.backend });
    log.info(`ready: ${heard.packId} on ${heard.backend}, ${heard.threads} threads`);
    void tts
      .load({ signal, onProgress })
      .catch((thrown: unknown) => tell({ type: 'notice', notice: report(thrown, log) }));
    return heard;
  };
  let loading: Promise<Loaded> | null = null;
  return {
    load: () => {
      loading ??= loadAll().catch((thrown: unknown) => {
        loading = null;
        tell({ type: 'failed', notice: report(thrown, log) });
        throw thrown;
      });
      return loading;
    },
  };
}

/** Opens the microphone for one utterance and closes it after, whatever happens. */
function createMicrophoneEar(parts: AssistantParts, onLevel: (level: number) => void): Hear {
  const onEvent = (event: LiveEvent): void => {
    if (event.type === 'level') onLevel(levelOf(event.rmsDb));
  };
  return async ({ signal }) => {
    const microphone = await parts.openMicrophone({ signal });
    try {
      const listening = parts.ears.listen(microphone.port, { signal, onEvent });
      const utterance = await Promise.race([listening, microphone.lost]);
      return { utterance, decodeMs: null, vadMs: null, endedAt: parts.now() };
    } finally {
      microphone.stop();
      onLevel(0);
    }
  };
}

const quietDb = -60;
const loudDb = -12;

/** A level in dB below full scale as 0 to 1 for the ring: a quiet room is 0, a voice close by is 1. */
export function levelOf(rmsDb: number): number {
  return Math.min(1, Math.max(0, (rmsDb - quietDb) / (loudDb - quietDb)));
}

function report(thrown: unknown, log: Logger): NoticeReport {
  const error: LaGraceError = toLaGraceError(thrown, 'model-failed');
  log.error(`a model could not be loaded (${error.code})`, error);
  return { sentence: error.sentence, code: error.code, message: error.message };
}
