import { isAbort, toLaGraceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Outcome, Timings, Turn, Understanding } from '../schema.ts';
import { orAbort } from './abort.ts';
import { type Anticipation, anticipate, notUnderstood, recogniseWith } from './anticipate.ts';
import type { Heard as HeardWords } from './dialogue/state.ts';
import type { Speech, Utterance } from './engines.ts';
import { defaultTimeLimits, type Engines, supervise, superviseHear, type TimeLimits } from './supervise.ts';

/** What the ears caught: `utterance` is null when nobody spoke; `endedAt` is when the speech ended, on the turn's clock. */
export interface Heard {
  utterance: Utterance | null;
  decodeMs: number | null;
  vadMs: number | null;
  endedAt: number;
}
/**
 * Listens until the speech ends: to the microphone, or to a recording. `onListening` is called when sound begins to be heard: what is said
 * before is lost. `onPause` is told what was said before a silence that may be the end, and null where the speech goes on.
 */
export type Hear = (options: {
  signal: AbortSignal;
  onListening?: () => void;
  onPause?: (utterance: Utterance | null) => void;
}) => Promise<Heard>;

export type TurnInput = { kind: 'speech'; hear: Hear } | { kind: 'text'; text: string };

/** `opening`: the microphone does not hear yet. */
export type Stage = 'opening' | 'listening' | 'thinking' | 'speaking';

/** What a turn tells the screen. Each turn begins with one `turn-start` and ends with one `turn-end`, whatever happens. */
export type TurnEvent =
  | { type: 'turn-start'; turnId: string; input: TurnInput['kind'] }
  | { type: 'stage'; turnId: string; stage: Stage }
  | { type: 'partial'; turnId: string; text: string }
  | { type: 'transcript'; turnId: string; text: string; confidence: number | null }
  | { type: 'understood'; turnId: string; understanding: Understanding }
  | { type: 'answer'; turnId: string; text: string }
  | { type: 'sentence'; turnId: string; speech: Speech }
  | { type: 'turn-end'; turnId: string; turn: Turn };

/** Plays one stretch of sound to its end; `onStart` is called when it begins to be heard. */
export type Play = (speech: Speech, options: { signal: AbortSignal; onStart: () => void }) => Promise<void>;

/** What was meant, given what was said before, and what to say to it. */
export interface Reply {
  understanding: Understanding;
  answer: string;
}
/**
 * Answers what was said, and does what it asks for: once, whatever becomes of the turn afterwards. Once `signal` aborts before that,
 * nothing was done.
 */
export type Respond = (heard: HeardWords, options: { signal: AbortSignal }) => Promise<Reply>;
/** What would be answered to these words, where nothing is to be done for it; null elsewhere. Changes nothing. */
export type Foresee = (heard: HeardWords) => Promise<string | null>;

/** `play` is null where the answer is made but not heard here. */
export interface TurnDependencies extends Engines {
  respond: Respond;
  foresee?: Foresee;
  /** An answer as the sentences to synthesise one by one. */
  splitSentences: (answer: string) => string[];
  speaker: number;
  /** Task to pack id, of what is loaded. */
  models: () => Record<string, string>;
  emit: (event: TurnEvent) => void;
  log: Logger;
  limits?: TimeLimits;
  /** Milliseconds, monotonic. */
  now: () => number;
  newId: () => string;
}

/**
 * One exchange, from listening to the last word of the answer. Never rejects; `signal` cancels it at any stage. An engine that
 * hangs or answers nonsense fails the turn (see `supervise`).
 */
export async function runTurn(input: TurnInput, given: TurnDependencies, signal: AbortSignal): Promise<Turn> {
  const dependencies = { ...given, ...supervise(given, given.limits ?? defaultTimeLimits) };
  const turn = beginTurn(input, dependencies, signal);
  const { report } = turn;
  try {
    report.outcome = await orAbort(converse(input, turn), signal);
  } catch (thrown) {
    if (isAbort(thrown, signal)) await cancel(turn);
    else fail(turn, thrown);
  } finally {
    report.timings.total = dependencies.now() - turn.startedAt;
    turn.emit({ type: 'turn-end', turnId: report.id, turn: structuredClone(report) });
    turn.over = true;
    dependencies.log.info(describeTurn(report));
  }
  return structuredClone(report);
}

async function converse(input: TurnInput, turn: OpenTurn): Promise<Outcome> {
  const anticipation = anticipateTurn(turn);
  try {
    const heard =
      input.kind === 'text' ? await understand(input.text, turn) : await listen(input.hear, anticipation, turn);
    return heard === null ? 'nothing-heard' : await answer(heard, anticipation, turn);
  } finally {
    anticipation.end();
  }
}

function anticipateTurn({ dependencies, signal }: OpenTurn): Anticipation {
  const { stt, intents, tts, speaker, foresee, splitSentences } = dependencies;
  return anticipate(
    {
      recognise: recogniseWith(stt, intents),
      foresee: async (heard) => splitSentences((await foresee?.(heard)) ?? '')[0] ?? null,
      speak: (sentence, options) => tts.speak(sentence, { ...options, speaker }),
    },
    signal,
  );
}

async function answer(heard: HeardWords, anticipation: Anticipation, turn: OpenTurn): Promise<Outcome> {
  const { dependencies, report, signal } = turn;
  turn.responding = dependencies.respond(heard, { signal });
  const { understanding, answer: text } = await turn.responding;
  signal.throwIfAborted();
  report.understanding = understanding;
  turn.emit({ type: 'understood', turnId: report.id, understanding });
  report.answer = text;
  turn.emit({ type: 'answer', turnId: report.id, text });
  await sayAnswer(text, anticipation, turn);
  return understanding.intent === 'unknown' ? 'not-understood' : 'answered';
}

/** Null when nobody spoke. Speech in which no words were found is not understood, which the clerk is told. */
async function listen(hear: Hear, anticipation: Anticipation, turn: OpenTurn): Promise<HeardWords | null> {
  const { report, signal } = turn;
  turn.stage('opening');
  const { utterance, ...heard } = await superviseHear(hear)({
    signal,
    onListening: () => turn.stage('listening'),
    onPause: anticipation.onPause,
  });
  signal.throwIfAborted();
  turn.startedAt = heard.endedAt;
  report.timings.decode = heard.decodeMs;
  report.timings.vad = heard.vadMs;
  if (utterance === null) return null;

  turn.stage('thinking');
  const onPartial = (text: string): void => turn.emit({ type: 'partial', turnId: report.id, text });
  const recognition = anticipation.recognise(utterance, { signal, onPartial });
  const { text, confidence, backend } = await turn.time('stt', () => recognition.transcript);
  report.transcript = text;
  report.transcriptConfidence = confidence;
  report.backend = backend;
  turn.emit({ type: 'transcript', turnId: report.id, text, confidence });
  if (text === '') return { text, confidence, understanding: notUnderstood };
  const understanding = await turn.time('nlu', () => recognition.understanding);
  return { text, confidence, understanding };
}

async function understand(typed: string, turn: OpenTurn): Promise<HeardWords | null> {
  const { dependencies, report, signal } = turn;
  const text = typed.trim();
  report.transcript = text;
  turn.emit({ type: 'transcript', turnId: report.id, text, confidence: null });
  if (text === '') return null;
  turn.stage('thinking');
  const understanding = await turn.time('nlu', () => dependencies.intents.understand(text, { signal }));
  return { text, confidence: null, understanding };
}

/** Synthesises the next sentence while one is heard. A voice that fails costs the sound, not the turn: the answer is on screen. */
async function sayAnswer(answer: string, anticipation: Anticipation, turn: OpenTurn): Promise<void> {
  const { tts, speaker, splitSentences } = turn.dependencies;
  const silence = new AbortController();
  const signal = AbortSignal.any([turn.signal, silence.signal]);
  let playing: Promise<void> = Promise.resolve();
  try {
    for (const sentence of splitSentences(answer)) {
      const speech = await turn.time(
        'tts',
        () => anticipation.speechOf(sentence) ?? tts.speak(sentence, { signal, speaker }),
      );
      if (speech.samples.length === 0) continue;
      turn.stage('speaking');
      turn.emit({ type: 'sentence', turnId: turn.report.id, speech });
      playing = playAfter(playing, speech, turn, signal);
    }
    await playing;
  } catch (thrown) {
    if (isAbort(thrown, turn.signal)) throw thrown;
    silence.abort();
    reportError(turn, thrown);
  }
}

function playAfter(previous: Promise<void>, speech: Speech, turn: OpenTurn, signal: AbortSignal): Promise<void> {
  const { play } = turn.dependencies;
  if (play === null) {
    turn.markFirstAudio();
    return previous;
  }
  const playing = previous.then(() => play(speech, { signal, onStart: turn.markFirstAudio }));
  // The next sentence is still being made: who awaits the last one sees this failure; until then it must not count as unhandled.
  playing.catch(() => undefined);
  return playing;
}

/** A turn under way: what will be reported, and the means to report it. It says nothing more once it is over. */
interface OpenTurn {
  dependencies: TurnDependencies;
  signal: AbortSignal;
  report: Turn;
  startedAt: number;
  /** The answer that is being found, and what is being done for it. */
  responding: Promise<Reply> | null;
  over: boolean;
  emit: (event: TurnEvent) => void;
  stage: (stage: Stage) => void;
  /** Adds what the clerk waits for `work` to the stage's time; an engine that answers after a cancellation is not heard. */
  time: <T>(stage: 'stt' | 'nlu' | 'tts', work: () => Promise<T>) => Promise<T>;
  markFirstAudio: () => void;
}

function beginTurn(input: TurnInput, dependencies: TurnDependencies, signal: AbortSignal): OpenTurn {
  const { emit, models, newId, now } = dependencies;
  const timings: Timings = { decode: null, vad: null, stt: null, nlu: null, tts: null, firstAudio: null, total: 0 };
  const report: Turn = {
    id: newId(),
    outcome: 'failed',
    transcript: null,
    transcriptConfidence: null,
    understanding: null,
    answer: null,
    timings,
    backend: null,
    models: models(),
    error: null,
  };
  let stage: Stage | null = null;
  const turn: OpenTurn = {
    dependencies,
    signal,
    report,
    startedAt: now(),
    responding: null,
    over: false,
    emit: (event) => {
      if (turn.over) return;
      try {
        emit(event);
      } catch (thrown) {
        dependencies.log.error(`a listener failed on ${event.type}`, thrown);
      }
    },
    stage: (next) => {
      if (next === stage) return;
      stage = next;
      turn.emit({ type: 'stage', turnId: report.id, stage: next });
    },
    time: async (name, work) => {
      const from = now();
      try {
        const result = await work();
        signal.throwIfAborted();
        return result;
      } finally {
        if (!turn.over) timings[name] = (timings[name] ?? 0) + now() - from;
      }
    },
    markFirstAudio: () => {
      if (!turn.over) timings.firstAudio ??= now() - turn.startedAt;
    },
  };
  turn.emit({ type: 'turn-start', turnId: report.id, input: input.kind });
  return turn;
}

/** What was done before the cancellation could reach it stays done, and is reported. */
async function cancel({ report, responding }: OpenTurn): Promise<void> {
  report.outcome = 'cancelled';
  if (report.answer !== null) return;
  const reply = await responding?.catch(() => null);
  report.understanding = reply?.understanding ?? null;
  report.answer = reply?.answer ?? null;
}

function fail(turn: OpenTurn, thrown: unknown): void {
  turn.report.outcome = 'failed';
  reportError(turn, thrown);
}

function reportError({ report, dependencies }: OpenTurn, thrown: unknown): void {
  const error = toLaGraceError(thrown);
  report.error = { code: error.code, message: error.sentence };
  dependencies.log.error(`turn ${report.id}: ${error.code}`, error);
}

function describeTurn({ id, outcome, understanding, timings, backend }: Turn): string {
  const stages = Object.entries(timings).flatMap(([name, ms]) => (ms === null ? [] : [`${name} ${Math.round(ms)} ms`]));
  return `turn ${id} ${outcome}: ${understanding?.intent ?? 'no intent'}, ${backend ?? 'typed'}, ${stages.join(', ')}`;
}

export interface Turns {
  /** Starts a turn; the one under way, if any, is cancelled. */
  start(input: TurnInput, options?: { signal?: AbortSignal; dependencies?: Partial<TurnDependencies> }): Promise<Turn>;
  /** Ends the turn under way, if any. */
  cancel(): void;
}

/** Runs one turn at a time over the same engines. */
export function createTurns(dependencies: TurnDependencies): Turns {
  let current = new AbortController();
  return {
    start(input, options = {}) {
      current.abort();
      current = new AbortController();
      const signal = options.signal ? AbortSignal.any([current.signal, options.signal]) : current.signal;
      return runTurn(input, { ...dependencies, ...options.dependencies }, signal);
    },
    cancel: () => current.abort(),
  };
}
