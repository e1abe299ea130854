import type { IntentName } from '../../schema.ts';
import type { AmountReading } from '../french/amounts.ts';
import { readNumber } from '../french/numbers.ts';
import { intents } from '../intents/index.ts';
import { rules, slotPhrases } from '../intents/rules.ts';
import { parseTemplate, TemplateMatcher, type TemplateNode } from './templates.ts';
import { coreOf, type FoldedUtterance } from './utterance.ts';

export interface Sentence {
  intent: IntentName;
  /** The template as it is written in the intent's file. */
  source: string;
  template: TemplateNode;
}

/** Slots that any words may fill; `amount` and the counts are read as numbers; the others are `slotPhrases`. */
const freeSlots = new Set(['client', 'product']);
/** Words that may stand at the end after a greeting, as somebody's name. */
const longestName = 2;

/** `{template}` and `{period}` become the phrases they may be. */
const allRules = {
  ...rules,
  ...Object.fromEntries(Object.entries(slotPhrases).map(([name, said]) => [`slot_${name}`, said])),
};

function parseSentence(source: string): TemplateNode {
  return parseTemplate(
    source.replace(/\{(\w+)\}/g, (slot, name: string) => (Object.hasOwn(slotPhrases, name) ? `<slot_${name}>` : slot)),
    allRules,
  );
}

/** Every sentence of every intent, parsed. */
export const sentences: readonly Sentence[] = intents.flatMap(({ name, sentences: sources }) =>
  sources.map((source) => ({ intent: name, source, template: parseSentence(source) })),
);

export interface SentenceMatch {
  intent: IntentName;
  source: string;
  wildcardWords: number;
  /** It is the sentence only without the politeness around it. */
  stripped: boolean;
}

let matcher: TemplateMatcher<Sentence> | null = null;

/**
 * The sentences that an utterance is, the surest first: as it was said, or without the politeness around it.
 * Empty when there is none.
 */
export function matchSentences(utterance: FoldedUtterance): SentenceMatch[] {
  const { length } = utterance.tokens;
  const first = afterHesitation(utterance);
  const whole = matchBetween(utterance, first, length).map((match) => ({ ...match, stripped: false }));
  const { start, end } = coreOf(utterance.tokens);
  if (whole[0]?.wildcardWords === 0 || (start === first && end === length)) return whole;
  const core = matchBetween(utterance, start, end).map((match) => ({ ...match, stripped: true }));
  return [...whole, ...core].sort((a, b) => a.wildcardWords - b.wildcardWords);
}

/** "euh bonjour ma belle" begins with its greeting, which politeness is not to take along. */
function afterHesitation({ tokens }: FoldedUtterance): number {
  const first = tokens.findIndex(({ text }) => !/^(euh+|heu+|hum+|hmm+|ben|bah)$/.test(text));
  return Math.max(0, first);
}

/** A number without a currency is left to the model: "la facture douze" is no amount. */
function amountAt(amount: AmountReading | null, at: number): AmountReading | null {
  return amount?.start === at && amount.currency !== undefined ? amount : null;
}

function matchBetween(
  { tokens, amount }: FoldedUtterance,
  start: number,
  end: number,
): Omit<SentenceMatch, 'stripped'>[] {
  matcher ??= new TemplateMatcher(sentences.map((sentence) => ({ template: sentence.template, label: sentence })));
  const words = tokens.slice(start, end).map((token) => token.text);
  const matches = matcher.match(words, (slot, at) => {
    const from = start + at;
    if (slot === 'name') return end - from <= longestName ? 'any-word' : [];
    if (freeSlots.has(slot)) return 'any-word';
    const read = slot === 'amount' ? amountAt(amount, from) : readNumber(tokens, from);
    return read === null || read.end > end ? [] : [read.end - start];
  });
  return matches.map(({ label: { intent, source }, wildcardWords }) => ({ intent, source, wildcardWords }));
}
