import type { TurnEvent } from '../ai/turn.ts';
import type { Turn, Understanding } from '../schema.ts';
import type { Assistant, AssistantEvent, ModelInUse } from './assistant-port.ts';

/** An assistant that thinks nothing: it notes what is asked of it and says what it is told to. For tests and for looking at the page. */
export interface FakeAssistant extends Assistant {
  /** Every call, in order, as `startListening` or `say(text)`. */
  readonly calls: string[];
  emit(event: AssistantEvent): void;
  /** One event of a turn. */
  turn(event: TurnEvent): void;
}

/** One with no models and no turns yet. */
export function createFakeAssistant(): FakeAssistant {
  const listeners = new Set<(event: AssistantEvent) => void>();
  const calls: string[] = [];
  const emit = (event: AssistantEvent): void => {
    for (const listener of listeners) listener(event);
  };
  return {
    calls,
    emit,
    turn: (event) => emit({ type: 'turn', event }),
    startListening: () => void calls.push('startListening'),
    stopListening: () => void calls.push('stopListening'),
    cancel: () => void calls.push('cancel'),
    say: (text) => void calls.push(`say(${text})`),
    retry: () => void calls.push('retry'),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** What the starters look like on screen. */
export const fakeModels: ModelInUse[] = [
  { packId: 'silero', task: 'vad', name: 'Silero', trial: false },
  { packId: 'starter-whisper', task: 'stt', name: 'Démarrage', trial: true },
  { packId: 'starter-intents', task: 'intent', name: 'Démarrage', trial: false },
  { packId: 'starter-voice', task: 'tts', name: 'Démarrage', trial: true },
];

/** The report of a spoken and answered turn; `changes` makes it another one. */
export function fakeReport(id: string, changes: Partial<Turn> = {}): Turn {
  return {
    id,
    outcome: 'answered',
    transcript: 'bonjour',
    transcriptConfidence: -0.08,
    understanding: { intent: 'greeting', confidence: 0.99, by: 'template', slots: {} },
    answer: 'Bonjour! Comment puis-je vous aider?',
    timings: { decode: null, vad: 12, stt: 240, nlu: 2, tts: 130, firstAudio: 398, total: 2140 },
    backend: 'wasm',
    models: { stt: 'starter-whisper' },
    error: null,
    ...changes,
  };
}

/** The events of a whole spoken turn that ends as `report` says, in the order in which they come. */
export function fakeTurnEvents(report: Turn): TurnEvent[] {
  const turnId = report.id;
  const events: TurnEvent[] = [
    { type: 'turn-start', turnId, input: 'speech' },
    { type: 'stage', turnId, stage: 'opening' },
    { type: 'stage', turnId, stage: 'listening' },
    { type: 'stage', turnId, stage: 'thinking' },
  ];
  const { answer, transcript, transcriptConfidence, understanding } = report;
  if (transcript !== null) {
    events.push({ type: 'partial', turnId, text: transcript.slice(0, transcript.length / 2) });
    events.push({ type: 'transcript', turnId, text: transcript, confidence: transcriptConfidence });
  }
  if (understanding) events.push({ type: 'understood', turnId, understanding });
  if (answer !== null) {
    events.push({ type: 'answer', turnId, text: answer });
    events.push({ type: 'stage', turnId, stage: 'speaking' });
    events.push({ type: 'sentence', turnId, speech: { samples: new Float32Array(1), sampleRate: 22_050 } });
  }
  return [...events, { type: 'turn-end', turnId, turn: report }];
}

/** An invoice as it is understood. */
export const fakeInvoice: Understanding = {
  intent: 'invoice',
  confidence: 0.98,
  by: 'template',
  slots: { amount: 250, currency: 'USD', client: 'Kabongo' },
};
