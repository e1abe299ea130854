import * as v from 'valibot';
import { LaGraceError } from '../errors.ts';
import { backends, understandingSchema } from '../schema.ts';
import { within } from './abort.ts';
import { type IntentModel, type SpeechToText, type TextToSpeech, utteranceSampleRate } from './engines.ts';
import type { Hear, Play, Reply, Respond } from './turn.ts';

/** How long the parts of a turn may take, in milliseconds. What takes longer hangs. */
export interface TimeLimits {
  /** A model that is still being loaded when its turn comes. Loads themselves are watched by whoever runs them. */
  loadMs: number;
  /** A recording, to be read and cut: this much, and more for each second that it may last. */
  hearMs: number;
  hearPerSecondMs: number;
  /** Recognition: this much, and more for each second of speech. */
  transcribeMs: number;
  transcribePerSecondMs: number;
  understandMs: number;
  /** What was asked for, done and answered: a document's first number may wait for the companion. */
  respondMs: number;
  /** Cancelled, it has this long to say that it was done already: longer than a document takes to be written down. */
  doneMs: number;
  /** One sentence of the voice. */
  speakMs: number;
  /** Playing: what it lasts, and this much more. */
  playExtraMs: number;
}
export const defaultTimeLimits: TimeLimits = {
  loadMs: 180_000,
  hearMs: 10_000,
  hearPerSecondMs: 1000,
  transcribeMs: 10_000,
  transcribePerSecondMs: 3000,
  understandMs: 5000,
  respondMs: 30_000,
  doneMs: 1000,
  speakMs: 10_000,
  playExtraMs: 5000,
};

/** What a turn is made of and does not trust. */
export interface Engines {
  stt: SpeechToText;
  intents: IntentModel;
  respond: Respond;
  tts: TextToSpeech;
  play: Play | null;
}

/**
 * The same engines, none of which can hang a turn or hand it nonsense: what answers too late or with something else than its
 * port promises is a LaGraceError model-failed (sound-blocked for the loudspeaker). An
 * answer's time counts from when its model is loaded.
 */
export function supervise({ stt, intents, respond, tts, play }: Engines, limits: TimeLimits): Engines {
  return {
    stt: {
      load: stt.load,
      transcribe: async (utterance, { signal, onPartial }) => {
        await loaded('the recogniser', stt, limits, signal);
        const limitMs = limits.transcribeMs + (utterance.length / utteranceSampleRate) * limits.transcribePerSecondMs;
        const options = onPartial && {
          onPartial: (text: string) => void (typeof text === 'string' && onPartial(text)),
        };
        return answered('the recogniser', transcriptSchema, limitMs, signal, (limited) =>
          stt.transcribe(utterance, { signal: limited, ...options }),
        );
      },
    },
    intents: {
      load: intents.load,
      understand: async (text, { signal }) => {
        await loaded('the intent model', intents, limits, signal);
        return answered('the intent model', understandingSchema, limits.understandMs, signal, (limited) =>
          intents.understand(text, { signal: limited }),
        );
      },
    },
    respond: (heard, { signal }) => respondInTime(respond, heard, signal, limits),
    tts: {
      load: tts.load,
      speak: async (sentence, { signal, ...speaker }) => {
        await loaded('the voice', tts, limits, signal);
        return answered('the voice', speechSchema, limits.speakMs, signal, (limited) =>
          tts.speak(sentence, { signal: limited, ...speaker }),
        );
      },
    },
    play: play && ((speech, options) => playInTime(play, speech, options, limits)),
  };
}

/** What was done before a cancellation could reach it is answered all the same: an invoice that was issued is not a cancelled one. */
async function respondInTime(
  respond: Respond,
  heard: Parameters<Respond>[0],
  signal: AbortSignal,
  { respondMs, doneMs }: TimeLimits,
): Promise<Reply> {
  let replying: Promise<Reply> | null = null;
  const ask = (limited: AbortSignal): Promise<Reply> => {
    replying = respond(heard, { signal: limited });
    return replying;
  };
  const who = 'the dialogue';
  try {
    return await answered(who, replySchema, respondMs, signal, ask);
  } catch (thrown) {
    const work: Promise<Reply> | null = replying;
    if (!signal.aborted || work === null) throw thrown;
    return answered(who, replySchema, doneMs, new AbortController().signal, () => work).catch(() => {
      throw thrown;
    });
  }
}

/** The same ear, whose utterance is sound, and that tells of no pause with anything else. How long it listens is its own affair. */
export function superviseHear(hear: Hear): Hear {
  return async ({ onPause, ...options }) => {
    const onSound = (utterance: unknown): void => {
      if (utterance === null || v.is(samplesSchema, utterance)) onPause?.(utterance);
    };
    return check('the ear', heardSchema, await hear({ ...options, onPause: onSound }));
  };
}

const samplesSchema = v.custom<Float32Array>(
  (samples) => samples instanceof Float32Array && areFinite(samples),
  'samples that are no finite numbers',
);
/** A minute of speech is a million samples, and the screen waits for this: a loop is several times faster than `every`. */
function areFinite(samples: Float32Array): boolean {
  for (const sample of samples) if (!Number.isFinite(sample)) return false;
  return true;
}
const sampleRateSchema = v.pipe(v.number(), v.integer(), v.minValue(8000), v.maxValue(192_000));
const millisecondsSchema = v.pipe(v.number(), v.finite());
const transcriptSchema = v.strictObject({
  text: v.string(),
  confidence: v.pipe(v.number(), v.finite()),
  backend: v.picklist(backends),
});
const replySchema = v.strictObject({ understanding: understandingSchema, answer: v.string() });
const speechSchema = v.strictObject({ samples: samplesSchema, sampleRate: sampleRateSchema });
export const heardRecordingSchema = v.strictObject({
  utterance: v.nullable(samplesSchema),
  decodeMs: millisecondsSchema,
  vadMs: millisecondsSchema,
});
const heardSchema = v.strictObject({
  utterance: v.nullable(samplesSchema),
  decodeMs: v.nullable(millisecondsSchema),
  vadMs: v.nullable(millisecondsSchema),
  endedAt: millisecondsSchema,
});

/** What `work` answers within `limitMs`, if it is what `schema` says; LaGraceError model-failed otherwise. */
export async function answered<S extends v.GenericSchema>(
  who: string,
  schema: S,
  limitMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<v.InferOutput<S>>,
): Promise<v.InferOutput<S>> {
  const late = (): Error => new LaGraceError('model-failed', `${who} gave no answer in ${Math.round(limitMs)} ms`);
  return check(who, schema, await within(limitMs, signal, late, work));
}

async function loaded(
  who: string,
  engine: Pick<SpeechToText, 'load'>,
  { loadMs }: TimeLimits,
  signal: AbortSignal,
): Promise<void> {
  const late = (): Error => new LaGraceError('model-failed', `${who} was not loaded in ${loadMs} ms`);
  await within(loadMs, signal, late, (limited) => engine.load({ signal: limited }));
}

function check<S extends v.GenericSchema>(who: string, schema: S, answer: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return parsed.output;
  const { message } = parsed.issues[0];
  throw new LaGraceError('model-failed', `${who} answered nonsense: ${message}`);
}

async function playInTime(
  play: Play,
  speech: Parameters<Play>[0],
  { signal, onStart }: Parameters<Play>[1],
  limits: TimeLimits,
): Promise<void> {
  const limitMs = (speech.samples.length / speech.sampleRate) * 1000 + limits.playExtraMs;
  const late = (): Error => new LaGraceError('sound-blocked', `a sentence was not played in ${Math.round(limitMs)} ms`);
  await within(limitMs, signal, late, (limited) => play(speech, { signal: limited, onStart }));
}
