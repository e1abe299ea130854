import { type AmountOptions, type AmountReading, findAmount } from '../french/amounts.ts';
import { defaultAmountOptions, isCurrencyWord } from '../french/currencies.ts';
import { asSaid, type Token } from '../french/fold.ts';
import { findNumbers } from '../french/numbers.ts';
import {
  adding,
  articles,
  type LineReading,
  type LinesReading,
  noGoods,
  productEnds,
  restOf,
  type Span,
} from './line.ts';
import { littleWords } from './little-words.ts';
import { isBreak, isCapitalised, phraseSet, wordSet } from './phrase-book.ts';
import { coreOf, type FoldedUtterance } from './utterance.ts';

/** A line of which no more is known than its price. */
export const unnamedGoods = 'Divers';

type Tokens = readonly Token[];

/** What a sum is paid for beside the goods, where "pour" could also begin a client's name. */
const charges = wordSet(
  `
    livraison livraisons transport transports emballage emballages port frais installation deplacement deplacements service
    services montage pose reparation course expedition envoi main manutention entretien consigne
  `,
);
/** What a sum of money may be of without being sold. */
const noCharges = wordSet('avance monnaie credit dette caution reste rendu part lui elle moi plus moins');
/** Adds a sum though it is not said what for. */
const addsMoney = phraseSet(
  'ajoute|ajoutez|ajouter|rajoute|rajoutez|rajouter|ajoute encore|rajoute encore|ajoute lui|ajoutez lui|plus',
);
const endOfSum = phraseSet('de plus|en plus|au montant|au total|a la facture|sur la facture|dessus|a la note');

const wordAt = (tokens: Tokens, at: number) => tokens[at]?.text ?? '';

interface Sum extends Span {
  amount: AmountReading;
  /** Where the words begin that add it; null where none do. */
  added: number | null;
}

/** The sums with a currency that begin a part of what was said: after "ajoute", after a pause, or at its start. */
function findSums(tokens: Tokens, options: AmountOptions): Sum[] {
  const core = coreOf(tokens);
  return findNumbers(tokens).flatMap(({ start: number }) => {
    const start = isCurrencyWord(wordAt(tokens, number - 1)) ? number - 1 : number;
    const amount = findAmount(tokens.slice(start, core.end), options);
    if (amount?.start !== 0 || amount.currency === undefined) return [];
    const added = [4, 3, 2, 1]
      .map((length) => start - length)
      .find((at) => at >= 0 && adding.read(tokens, at, start)?.end === start);
    const isOpening = start === core.start || isBreak(tokens, start) || wordAt(tokens, start - 1) === 'avec';
    return added === undefined && !isOpening ? [] : [{ amount, start, end: start + amount.end, added: added ?? null }];
  });
}

/** What the sum is for: "de transport", "d’emballage", "pour la livraison". */
function purposeOf(tokens: Tokens, { end: from, added }: Sum): Span | null {
  const lead = wordAt(tokens, from);
  const start = articles.read(tokens, from + 1)?.end ?? from + 1;
  const named = tokens[start];
  if (named === undefined || isBreak(tokens, from) || isCapitalised(named)) return null;
  const isNoun = !noGoods.has(named.text) && !noCharges.has(named.text) && !isCurrencyWord(named.text);
  const isFor = lead === 'pour' && added !== null && charges.has(named.text);
  if (!isNoun || littleWords.has(named.text) || (!isFor && lead !== 'de' && lead !== 'd')) return null;
  const { end: last } = coreOf(tokens);
  let end = start + 1;
  while (end < last && !isBreak(tokens, end) && productEnds.read(tokens, end) === null) end += 1;
  return { start, end };
}

function chargeOf(
  { text, tokens }: FoldedUtterance,
  sum: Sum,
  options: { besides: boolean },
): { line: LineReading; span: Span } | null {
  const { value, currency, otherValue } = sum.amount;
  const purpose = purposeOf(tokens, sum);
  const priced = {
    quantity: 1,
    unitPrice: value,
    isCounted: false,
    isAdded: true,
    ...(currency && { currency }),
    ...(otherValue && { otherPrice: otherValue }),
  };
  const start = sum.added ?? sum.start;
  if (purpose !== null && (options.besides || sum.added !== null))
    return {
      line: { ...priced, product: asSaid(text, tokens, purpose.start, purpose.end) },
      span: { start, end: purpose.end },
    };
  const end = endOfSum.read(tokens, sum.end)?.end ?? sum.end;
  const isAdded = addsMoney.read(tokens, start)?.end === sum.start || end > sum.end;
  const isAlone = start === coreOf(tokens).start && end === coreOf(tokens).end;
  return options.besides && purpose === null && isAdded && isAlone
    ? { line: { ...priced, product: unnamedGoods }, span: { start, end } }
    : null;
}

/**
 * Sums that come besides goods, each as a line of its own: "ajoute cinq dollars de transport", and what was said besides them. With
 * `besides`, where there is something that they can come besides, "cinq dollars de transport" and "ajoute cinq dollars" are such as well.
 */
export function readCharges(
  utterance: FoldedUtterance,
  { besides, ...options }: AmountOptions & { besides: boolean } = { ...defaultAmountOptions, besides: true },
): LinesReading {
  // What was typed between quotation marks is a product, whatever words are in it.
  const sums = /[«"]/.test(utterance.text) ? [] : findSums(utterance.tokens, options);
  const found = sums.flatMap((sum) => chargeOf(utterance, sum, { besides }) ?? []);
  if (found.length === 0) return { lines: [], rest: utterance.text };
  return {
    lines: found.map(({ line }) => line),
    rest: restOf(
      utterance,
      found.map(({ span }) => span),
    ),
  };
}
