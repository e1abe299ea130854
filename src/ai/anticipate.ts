import type { Understanding } from '../schema.ts';
import type { Heard } from './dialogue/state.ts';
import type { IntentModel, Speech, SpeechToText, Transcript, Utterance } from './engines.ts';

/** What becomes of an utterance. */
export interface Recognition {
  transcript: Promise<Transcript>;
  understanding: Promise<Understanding>;
}
interface RecogniseOptions {
  signal: AbortSignal;
  onPartial: (text: string) => void;
}
export type Recognise = (utterance: Utterance, options: RecogniseOptions) => Recognition;

export const notUnderstood: Understanding = { intent: 'unknown', confidence: 0, by: 'none', slots: {} };

/** Recognises an utterance, which is taken away, and understands its words as soon as they are there. */
export function recogniseWith(stt: SpeechToText, intents: IntentModel): Recognise {
  return (utterance, { signal, onPartial }) => {
    const transcript = stt.transcribe(utterance, { signal, onPartial });
    const understanding = transcript.then(({ text }) =>
      text === '' ? notUnderstood : intents.understand(text, { signal }),
    );
    // Whoever waits for the words hears of a failure there first.
    understanding.catch(() => undefined);
    return { transcript, understanding };
  };
}

export interface AnticipationParts {
  recognise: Recognise;
  /** The sentence that the answer to these words would begin with; null where that is not known yet. Has no effect. */
  foresee: (heard: Heard) => Promise<string | null>;
  speak: (sentence: string, options: { signal: AbortSignal }) => Promise<Speech>;
}

/** A turn's work that begins at a pause, while the ear still waits whether more is said. */
export interface Anticipation {
  /** What was said up to a pause; null once the speech goes on, and what was begun is given up. */
  onPause: (utterance: Utterance | null) => void;
  /** The recognition of the whole utterance: the one begun at the pause, where nothing was said after it. */
  recognise: Recognise;
  /** This sentence's sound, where it was foreseen, done or under way; null where it was not. */
  speechOf: (sentence: string) => Promise<Speech> | null;
  /** Gives up what nobody asked for. */
  end: () => void;
}

interface Begun extends Recognition {
  samples: number;
  stop: AbortController;
  /** The words so far; they are shown only once it is known that they are all. */
  partial: string | null;
  /** Told the words from when they are known to be all. */
  onPartial: ((text: string) => void) | null;
  foreseen: { sentence: string; speech: Promise<Speech> } | null;
}

/** Anticipates one utterance; `signal` cancels what was begun. Pauses of one utterance differ in length, and by that they are told apart. */
export function anticipate({ recognise, foresee, speak }: AnticipationParts, signal: AbortSignal): Anticipation {
  let begun: Begun | null = null;

  const begin = (utterance: Utterance): Begun => {
    const stop = new AbortController();
    const either = AbortSignal.any([signal, stop.signal]);
    const samples = utterance.length;
    const onPartial = (text: string): void => {
      started.partial = text;
      started.onPartial?.(text);
    };
    const recognition = recognise(utterance, { signal: either, onPartial });
    const started: Begun = { ...recognition, samples, stop, partial: null, onPartial: null, foreseen: null };
    // A failure is told to who asks for the words, or for the sound.
    speakAhead(started, either).catch(() => undefined);
    return started;
  };
  const speakAhead = async (started: Begun, either: AbortSignal): Promise<void> => {
    const { text, confidence } = await started.transcript;
    const understanding = await started.understanding;
    // Once the speech has ended, the answer itself is as near.
    const isLate = (): boolean => started.onPartial !== null || either.aborted;
    if (isLate()) return;
    const sentence = await foresee({ text, confidence, understanding });
    if (sentence === null || isLate()) return;
    const speech = speak(sentence, { signal: either });
    speech.catch(() => undefined);
    started.foreseen = { sentence, speech };
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
    speechOf: (sentence) => (begun?.foreseen?.sentence === sentence ? begun.foreseen.speech : null),
    end,
  };
}
