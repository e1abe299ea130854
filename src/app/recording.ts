import { type Utterance, utteranceSampleRate } from '../ai/engines.ts';
import { answered, defaultTimeLimits, segmentsSchema, type TimeLimits, utteranceSchema } from '../ai/supervise.ts';
import type { Hear } from '../ai/turn.ts';
import { LaGraceError, toLaGraceError } from '../errors.ts';
import type { Ears } from '../workers/client.ts';

/** A sound file's bytes, or mono samples at 16 kHz. */
export type Recording = ArrayBuffer | Float32Array;

export interface RecordingOptions {
  ears: Pick<Ears, 'load' | 'decode' | 'segments'>;
  /** Decodes what is not WAV; rejects when it is no sound at all. */
  decodeOther: (bytes: ArrayBuffer) => Promise<Utterance>;
  maxSeconds: number;
  limits?: TimeLimits;
  now: () => number;
}

/** A clerk's request is short; what is longer is no request. */
export const maxRecordingSeconds = 60;

/** Hears a recording: from its first word to its last. Rejects with the errors that begin with audio-. */
export function hearRecording(recording: Recording, options: RecordingOptions): Hear {
  return async ({ signal }) => {
    const { ears, now } = options;
    const startedAt = now();
    const samples = recording instanceof Float32Array ? recording : await decode(recording, options, signal);
    if (samples.length === 0) throw new LaGraceError('audio-empty', 'the recording has no samples');
    if (samples.length > options.maxSeconds * utteranceSampleRate) {
      throw new LaGraceError('audio-too-long', `the recording is longer than ${options.maxSeconds} s`);
    }
    const decodedAt = now();
    const { segmentsMs, segmentsPerSecondMs } = options.limits ?? defaultTimeLimits;
    const limitMs = segmentsMs + (samples.length / utteranceSampleRate) * segmentsPerSecondMs;
    await ears.load({ signal });
    const segments = await answered('the speech gate', segmentsSchema, limitMs, signal, (limited) =>
      ears.segments(samples, { signal: limited }),
    );
    const first = segments[0];
    const last = segments.at(-1);
    // The gate's segments carry a margin of their own.
    const utterance = first && last ? samples.slice(first.start, last.end) : null;
    return { utterance, decodeMs: decodedAt - startedAt, vadMs: now() - decodedAt, endedAt: startedAt };
  };
}

async function decode(bytes: ArrayBuffer, options: RecordingOptions, signal: AbortSignal): Promise<Utterance> {
  const { ears, limits = defaultTimeLimits } = options;
  await ears.load({ signal });
  try {
    return await answered('the ear', utteranceSchema, limits.decodeMs, signal, (limited) =>
      ears.decode(bytes, { signal: limited }),
    );
  } catch (thrown) {
    if (toLaGraceError(thrown).code !== 'audio-unreadable') throw thrown;
  }
  try {
    return await options.decodeOther(bytes.slice(0));
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
