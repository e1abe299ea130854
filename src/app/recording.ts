import { within } from '../ai/abort.ts';
import { type Utterance, utteranceSampleRate } from '../ai/engines.ts';
import { answered, defaultTimeLimits, heardRecordingSchema, type TimeLimits } from '../ai/supervise.ts';
import type { Hear } from '../ai/turn.ts';
import { LaGraceError, toLaGraceError } from '../errors.ts';
import type { Ears } from '../workers/client.ts';
import type { HeardRecording } from '../workers/protocol.ts';

/** A sound file's bytes, or mono samples at 16 kHz. */
export type Recording = ArrayBuffer | Float32Array;

export interface RecordingOptions {
  ears: Pick<Ears, 'load' | 'hear'>;
  /** Decodes what is not WAV; rejects when it is no sound at all. */
  decodeOther: (bytes: ArrayBuffer) => Promise<Utterance>;
  limits?: TimeLimits;
  now: () => number;
}

/** Hears a recording: from its first word to its last. Rejects with the errors that begin with audio-. */
export function hearRecording(recording: Recording, options: RecordingOptions): Hear {
  return async ({ signal, onListening }) => {
    const { ears, now } = options;
    const startedAt = now();
    await ears.load({ signal });
    onListening?.();
    const { utterance, vadMs } = await hearAnyFormat(recording, options, signal);
    return { utterance, decodeMs: now() - startedAt - vadMs, vadMs, endedAt: startedAt };
  };
}

async function hearAnyFormat(
  recording: Recording,
  options: RecordingOptions,
  signal: AbortSignal,
): Promise<HeardRecording> {
  try {
    return await hearInTime(recording, options, signal);
  } catch (thrown) {
    if (recording instanceof Float32Array || toLaGraceError(thrown).code !== 'audio-unreadable') throw thrown;
    return hearInTime(await decodeOther(recording, options, signal), options, signal);
  }
}

/** The ear refuses more. */
const longestSeconds = 60;
/** The fewest bytes that a second of sound takes in a WAV file: a telephone's. */
const bytesPerSecond = 8000;

function hearInTime(
  recording: Recording,
  { ears, limits = defaultTimeLimits }: RecordingOptions,
  signal: AbortSignal,
): Promise<HeardRecording> {
  const seconds =
    recording instanceof ArrayBuffer
      ? Math.min(longestSeconds, recording.byteLength / bytesPerSecond)
      : recording.length / utteranceSampleRate;
  const limitMs = limits.hearMs + seconds * limits.hearPerSecondMs;
  return answered('the ear', heardRecordingSchema, limitMs, signal, (limited) =>
    ears.hear(recording, { signal: limited }),
  );
}

async function decodeOther(bytes: ArrayBuffer, options: RecordingOptions, signal: AbortSignal): Promise<Utterance> {
  try {
    const late = (): Error => new LaGraceError('audio-unreadable', 'the browser does not end decoding it');
    const { hearMs } = options.limits ?? defaultTimeLimits;
    return await within(hearMs, signal, late, () => options.decodeOther(bytes.slice(0)));
  } catch (thrown) {
    signal.throwIfAborted();
    throw new LaGraceError('audio-unreadable', 'the browser knows no such sound format', { cause: thrown });
  }
}

/** Decodes with the browser: MP3, Ogg, WebM and what else it knows. */
export async function decodeWithBrowser(bytes: ArrayBuffer): Promise<Utterance> {
  const context = new OfflineAudioContext(1, 1, utteranceSampleRate);
  const decoded = await context.decodeAudioData(bytes);
  const mono = new Float32Array(decoded.length);
  for (let channel = 0; channel < decoded.numberOfChannels; channel++) {
    const samples = decoded.getChannelData(channel);
    for (let index = 0; index < mono.length; index++) {
      mono[index] = (mono[index] ?? 0) + (samples[index] ?? 0) / decoded.numberOfChannels;
    }
  }
  return mono;
}
