import type { Config } from '../../config.ts';
import type { IntentName, Slots } from '../../schema.ts';

export type SlotName = keyof Slots;

/** A phrase and the slots that must be found in it; a bare string has none. */
export type Example = string | readonly [text: string, slots: Slots];

/** What an answer may depend on besides what was understood. */
export interface AnswerContext {
  now: Date;
  region: Config['region'];
  /** What the assistant said last, for those who ask to hear it again. */
  previousAnswer?: string;
}

/** One thing a clerk may want, as data: how it is said, what it carries, what is answered. */
export interface Intent {
  name: IntentName;
  slots: readonly SlotName[];
  /** Templates in hassil's syntax, matched against the whole utterance; see `nlu/templates.ts`. */
  sentences: readonly string[];
  /** Ways of saying it that the model learns from; heard mistakes stay here for ever. */
  examples: readonly Example[];
  /** What the assistant says, in French. */
  answer(slots: Slots, context: AnswerContext): string;
}

/** What is said in an example. */
export function exampleText(example: Example): string {
  return typeof example === 'string' ? example : example[0];
}

/** The slots that an example holds; none where it only has words. */
export function exampleSlots(example: Example): Slots {
  return typeof example === 'string' ? {} : example[1];
}
