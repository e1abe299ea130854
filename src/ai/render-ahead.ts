import type { Speech, TextToSpeech } from './engines.ts';

/** A voice that has some sentences ready before they are asked for. */
export interface RenderedAhead {
  /** The voice; what was rendered ahead comes at once. Its samples are shared: who plays them copies them. */
  tts: TextToSpeech;
  /**
   * Renders the sentences that are not ready yet, one after the other; for when nobody speaks. Ends early when `signal` aborts or when the
   * voice is needed; a sentence that fails is left for when it is asked for.
   */
  renderAll(signal: AbortSignal): Promise<void>;
}

/** Keeps `sentences` of the voice behind `tts` ready for one speaker. */
export function renderAhead(tts: TextToSpeech, sentences: readonly string[], speaker: number): RenderedAhead {
  const ready = new Map<string, Speech>();
  let ahead = new AbortController();

  return {
    tts: {
      load: tts.load,
      speak: async (sentence, options) => {
        const speech = (options.speaker ?? 0) === speaker ? ready.get(sentence) : undefined;
        if (speech) return speech;
        ahead.abort();
        return tts.speak(sentence, options);
      },
    },
    renderAll: async (signal) => {
      ahead.abort();
      ahead = new AbortController();
      const either = AbortSignal.any([signal, ahead.signal]);
      for (const sentence of sentences) {
        if (either.aborted) return;
        if (ready.has(sentence)) continue;
        const speech = await tts.speak(sentence, { signal: either, speaker }).catch(() => null);
        if (speech) ready.set(sentence, speech);
      }
    },
  };
}
