import type { IntentName, Slots } from '../../../schema.ts';

/** A phrase, what it means, and every slot that must be found in it. */
export type LabelledPhrase = readonly [text: string, intent: IntentName, slots?: Slots];
