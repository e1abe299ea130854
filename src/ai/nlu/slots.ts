import type { IntentName, Slots } from '../../schema.ts';
import { type AmountOptions, findNamedCurrency } from '../french/currencies.ts';
import { asSaid, type Token } from '../french/fold.ts';
import { isBreak, isCapitalised, phraseSet } from './phrase-book.ts';
import { findClient } from './slots/client.ts';
import { findCopies, findTemplate, findWhich } from './slots/document.ts';
import { findPeriod } from './slots/period.ts';
import { findProduct } from './slots/product.ts';
import { readTerms } from './slots/terms.ts';
import type { FoldedUtterance } from './utterance.ts';

/** A slot and the words that it came from. */
export interface FoundSlot {
  slots: Slots;
  said: string;
}

type Tokens = readonly Token[];

/** Words after which a number without a currency may still be an amount: "cinquante pour Marie", not "trois cahiers". */
const afterAmount = phraseSet(
  'pour|a|au|aux|chez|client|cliente|s il|svp|stp|merci|monsieur|madame|mademoiselle|m|au nom|exactement|tout|maintenant|et|ok|s|voila|fais|faites|en',
);

function amountSlots(utterance: FoldedUtterance, options?: AmountOptions): FoundSlot[] {
  const { text, tokens, amount } = utterance;
  const named = currencyAfterEn(tokens, options);
  if (amount === null || (amount.currency === undefined && !mayStandAlone(tokens, amount.end))) return named;
  const said = asSaid(text, tokens, amount.start, amount.end);
  const found: FoundSlot = { slots: { amount: amount.value }, said };
  if (amount.currency === undefined) return [found, ...named];
  return [found, { slots: { currency: amount.currency }, said }];
}

function mayStandAlone(tokens: Tokens, at: number): boolean {
  return (
    at >= tokens.length || isBreak(tokens, at) || isCapitalised(tokens[at]) || afterAmount.read(tokens, at) !== null
  );
}

/** "en dollars": a currency said without its amount. */
function currencyAfterEn(tokens: Tokens, options?: AmountOptions): FoundSlot[] {
  const named = findNamedCurrency(tokens, options);
  return named === null ? [] : [{ slots: { currency: named.currency }, said: tokens[named.start + 1]?.said ?? '' }];
}

function found<Value>(
  { text, tokens }: FoldedUtterance,
  reading: { value: Value; start: number; end: number } | null,
  toSlots: (value: Value) => Slots,
): FoundSlot[] {
  return reading === null
    ? []
    : [{ slots: toSlots(reading.value), said: asSaid(text, tokens, reading.start, reading.end) }];
}

/** The slots that an intent takes, found by rules, in the order of the schema. */
export function findSlots(intent: IntentName, utterance: FoldedUtterance, options?: AmountOptions): FoundSlot[] {
  const { tokens } = utterance;
  if (intent === 'invoice') {
    const { rest } = readTerms(utterance, options);
    return [...amountSlots(rest, options), ...found(rest, findClient(rest), (client) => ({ client }))];
  }
  if (intent === 'print') {
    return [
      ...found(utterance, findTemplate(tokens), (template) => ({ template })),
      ...found(utterance, findCopies(tokens), (copies) => ({ copies })),
      ...found(utterance, findWhich(tokens), (which) => ({ which })),
    ];
  }
  if (intent === 'price' || intent === 'stock') {
    return found(utterance, findProduct(utterance), (product) => ({ product }));
  }
  if (intent === 'sales_total') return found(utterance, findPeriod(tokens), (period) => ({ period }));
  return [];
}

export function mergeSlots(slots: readonly FoundSlot[]): Slots {
  return Object.assign({}, ...slots.map((slot) => slot.slots));
}
