import type { Understanding } from '../schema.ts';
import type { IntentModel, SpeechToText, Transcript, Utterance } from './engines.ts';

/** What becomes of an utterance. */
export interface Recognition {
  transcript: Promise<Transcript>;
  /** Null where there are no words. */
  understanding: Promise<Understanding | null>;
}
interface RecogniseOptions {
  signal: AbortSignal;
  onPartial: (text: string) => void;
}
export type Recognise = (utterance: Utterance, options: RecogniseOptions) => Recognition;

/** Recognises an utterance, which is taken away, and understands its words as soon as they are there. */
export function recogniseWith(stt: SpeechToText, intents: IntentModel): Recognise {
  return (utterance, { signal, onPartial }) => {
    const transcript = stt.transcribe(utterance, { signal, onPartial });
    const understanding = transcript.then(({ text }) => (text === '' ? null : intents.understand(text, { signal })));
    // Whoever waits for the words hears of a failure there first.
    understanding.catch(() => undefined);
    return { transcript, understanding };
  };
}

/** Recognition that begins at a pause, while the ear still waits whether more is said. */
export interface Anticipation {
  /** What was said up to a pause; null once the speech goes on, and what was begun is given up. */
  onPause: (utterance: Utterance | null) => void;
  /** The recognition of the whole utterance: the one begun at the pause, where nothing was said after it. */
  recognise: Recognise;
  /** Gives up what nobody asked for. */
  end: () => void;
}

interface Begun extends Recognition {
  samples: number;
  stop: AbortController;
  /** The words so far; they are shown only once it is known that they are all. */
  partial: string | null;
  onPartial: ((text: string) => void) | null;
}

/** Anticipates one utterance; `signal` cancels what was begun. Pauses of one utterance differ in length, and by that they are told apart. */
export function anticipate(recognise: Recognise, signal: AbortSignal): Anticipation {
  let begun: Begun | null = null;

  const begin = (utterance: Utterance): Begun => {
    const stop = new AbortController();
    const samples = utterance.length;
    const onPartial = (text: string): void => {
      started.partial = text;
      started.onPartial?.(text);
    };
    const recognition = recognise(utterance, { signal: AbortSignal.any([signal, stop.signal]), onPartial });
    recognition.transcript.catch(() => undefined);
    const started: Begun = { ...recognition, samples, stop, partial: null, onPartial: null };
    return started;
  };
  const end = (): void => {
    begun?.stop.abort();
    begun = null;
  };
  return {
    onPause: (utterance) => {
      end();
      if (utterance && !signal.aborted) begun = begin(utterance);
    },
    recognise: (utterance, options) => {
      if (begun?.samples !== utterance.length) {
        end();
        return recognise(utterance, options);
      }
      const { transcript, understanding, partial } = begun;
      if (partial !== null) options.onPartial(partial);
      begun.onPartial = options.onPartial;
      return { transcript, understanding };
    },
    end,
  };
}
