import { type AmountOptions, findAmount, valuesOf } from '../french/amounts.ts';
import { tokenize } from '../french/fold.ts';
import { findNumbers, readNumber } from '../french/numbers.ts';
import { phraseSet } from '../nlu/phrase-book.ts';
import type { FoldedUtterance } from '../nlu/utterance.ts';
import type { Money } from './state.ts';

/** What the amount may be: one value, or those between which a hearer would hesitate. */
export function readingsOf(value: number, { amount, tokens }: FoldedUtterance): number[] {
  if (amount === null) return [value];
  if (amount.otherValue !== undefined) return valuesOf(amount);
  const numbers = findNumbers(tokens);
  const either = tokens[amount.start - 1]?.text === 'ou' && numbers.find(({ end }) => end === amount.start - 1);
  if (either) return [either.value, value];
  const before = tokens[amount.start]?.breakBefore ? undefined : numbers.find(({ end }) => end === amount.start);
  if (before && tokens[before.start - 1]?.text !== 'pas') return besideEachOther(before.value, value);
  if (amount.currency !== undefined) return [value];
  const or = tokens[amount.end]?.text === 'ou' ? readNumber(tokens, amount.end + 1) : null;
  if (or !== null) return [value, or.value];
  const after = tokens[amount.end]?.breakBefore ? null : readNumber(tokens, amount.end);
  return after === null ? [value] : besideEachOther(value, after.value);
}

/** "douze cinquante" is 12.50 at one counter and 1250 at another; other numbers side by side are no amount that can be guessed. */
function besideEachOther(whole: number, part: number): number[] {
  const areCentimes = Number.isInteger(whole) && Number.isInteger(part) && part >= 10 && part < 100;
  return areCentimes ? [whole + part / 100, whole * 100 + part] : [whole, part];
}

/** The amount among `candidates` that these words choose: by its value, or as the first or the second. */
export function chooseAmount(text: string, candidates: readonly Money[], options: AmountOptions): Money | null {
  const tokens = tokenize(text);
  const amount = findAmount(tokens, options);
  const byValue = candidates.find(({ value }) => value === amount?.value);
  if (byValue) return byValue;
  if (phraseSet('premier|premiere|le premier|la premiere').find(tokens)) return candidates[0] ?? null;
  if (phraseSet('deuxieme|second|seconde|le deuxieme|dernier|derniere').find(tokens)) return candidates[1] ?? null;
  return null;
}
