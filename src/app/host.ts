import { writeWav } from '../ai/audio/wav.ts';
import type { Loaded, Speech } from '../ai/engines.ts';
import type { Turn } from '../schema.ts';
import type { HostAssistant } from './assistant.ts';

/** A turn as host programs get it: what happened, and the spoken answer as a WAV file; null when nothing was said. */
export interface ProcessedTurn {
  turn: Turn;
  audio: ArrayBuffer | null;
}

/** `window.lagrace`: for programs that embed the page, such as Electron, and for tests. */
export interface LaGraceHost {
  /** Resolves once models are loaded; rejects with the reason when they cannot be. */
  readonly ready: Promise<Loaded>;
  /**
   * A whole turn on a sound file's bytes, or on mono samples at 16 kHz. Never rejects for bad sound: the turn says why. It goes on with the
   * counter's dialogue, unless `apart`: then it knows nothing of what was said before.
   */
  processAudio(recording: ArrayBuffer | Float32Array, options?: { apart?: boolean }): Promise<ProcessedTurn>;
  /** The same turn on typed text. */
  processText(text: string, options?: { apart?: boolean }): Promise<ProcessedTurn>;
}

/** The interface over an assistant, whose models begin to load at once. */
export function createHost(assistant: HostAssistant): LaGraceHost {
  const ready = assistant.ready();
  // The screen tells a person; who awaits `ready` is told as well.
  ready.catch(() => undefined);
  const process = async (input: Parameters<HostAssistant['process']>[0]): Promise<ProcessedTurn> => {
    const { turn, sentences } = await assistant.process(input);
    return { turn, audio: joinSentences(sentences) };
  };
  return {
    ready,
    processAudio: (recording, options) => process({ recording, ...options }),
    processText: (text, options) => process({ text, ...options }),
  };
}

/** What a host program finds when the page could not start: every promise rejects with the reason. */
export function createFailedHost(reason: unknown): LaGraceHost {
  const ready = Promise.reject(reason);
  ready.catch(() => undefined);
  return { ready, processAudio: () => ready, processText: () => ready };
}

const pauseSeconds = 0.15;

/** Sentences one after the other, with a short pause between, as a WAV file; null when there is none. */
export function joinSentences(sentences: Speech[]): ArrayBuffer | null {
  const [first] = sentences;
  if (!first) return null;
  const { sampleRate } = first;
  const pause = Math.round(pauseSeconds * sampleRate);
  const length = sentences.reduce((sum, { samples }) => sum + samples.length + pause, -pause);
  const joined = new Float32Array(length);
  let offset = 0;
  for (const { samples } of sentences) {
    joined.set(samples, offset);
    offset += samples.length + pause;
  }
  return writeWav(joined, sampleRate).buffer;
}

declare global {
  interface Window {
    lagrace?: LaGraceHost;
  }
}
