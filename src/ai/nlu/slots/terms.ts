import type { PaymentMeans } from '../../../schema/documents.ts';
import type { Currency } from '../../../schema.ts';
import { type AmountOptions, findAmount } from '../../french/amounts.ts';
import { defaultAmountOptions, readCurrency } from '../../french/currencies.ts';
import type { Token } from '../../french/fold.ts';
import { readNumber } from '../../french/numbers.ts';
import { PhraseBook, phraseSet, wordSet } from '../phrase-book.ts';
import { coreOf, type FoldedUtterance, foldUtterance } from '../utterance.ts';

/** What is taken off, as it was said. */
export type SaidDiscount =
  | { kind: 'percent'; percent: number }
  | { kind: 'amount'; value: number; currency: Currency | null }
  | { kind: 'none' };

/** What was said of a document's terms; what was not said is absent. */
export interface SaidTerms {
  discount?: SaidDiscount;
  /** Percent. */
  taxRate?: number;
  /** Null: it is not to be told. */
  payment?: PaymentMeans | null;
}

type Tokens = readonly Token[];
interface Span {
  start: number;
  end: number;
}
type Found<Value> = Span & { value: Value };

const discountNames = wordSet('remise remises rabais reduction reductions ristourne ristournes escompte');
const taxNames = wordSet('taxe taxes tva');
/** Words between a number and what it is of, on either side. */
const joints = wordSet('de d du la le une un est a en moins comme');
/** Before a discount or a tax, and part of saying it. */
const leads = phraseSet(
  `
    avec|et|moins|plus|fais|faites|fais lui|faites lui|fais moi|mets|mettez|mets lui|applique|appliquez|accorde|accordez|
    accorde lui|enleve|enlevez|enleve lui|retire|retirez|ote|otez|on fait|on lui fait|ajoute|ajoutez|une|un|la|de|d|euh
  `,
);
const without = phraseSet(
  `
    sans|pas de|aucun|aucune|enleve la|enlevez la|retire la|retirez la|annule la|annulez la|supprime la|supprimez la|
    enleve le|retire le|annule le|supprime le|sans la|sans le|hors|plus de
  `,
);
const noTax = phraseSet('hors taxe|hors taxes|hors tva|h t|ht|exonere|exoneree|exonere de tva|exoneree de tva');
const ofLess = phraseSet('de moins|en moins');

const wordAt = (tokens: Tokens, at: number) => tokens[at]?.text ?? '';

/** "dix pour cent", "10 %", "dix pourcents": the number and where it ends. */
function percentAt(tokens: Tokens, at: number, options: AmountOptions): Found<number> | null {
  const number = readNumber(tokens, at);
  if (number === null || number.value > 100) return null;
  const { end } = number;
  if (wordAt(tokens, end) === '%' || /^pourcents?$/.test(wordAt(tokens, end)))
    return { value: number.value, start: at, end: end + 1 };
  const isSpelled = wordAt(tokens, end) === 'pour' && /^(cents?|sans|sang)$/.test(wordAt(tokens, end + 1));
  return isSpelled && readCurrency(tokens, end + 2, options) === null
    ? { value: number.value, start: at, end: end + 2 }
    : null;
}

/** The name that belongs to what stands between `start` and `end`: before it ("remise de dix") or after it ("dix de remise"). */
function withName(tokens: Tokens, { start, end }: Span, names: ReadonlySet<string>): Span | null {
  let before = start - 1;
  while (before >= 0 && start - before <= 3 && joints.has(wordAt(tokens, before))) before -= 1;
  if (names.has(wordAt(tokens, before))) return { start: before, end };
  let after = end;
  while (after < end + 2 && joints.has(wordAt(tokens, after))) after += 1;
  return names.has(wordAt(tokens, after)) ? { start, end: after + 1 } : null;
}

/** The same span with the words before it that lead to it. */
function withLead(tokens: Tokens, { start, end }: Span): Span {
  let from = start;
  for (let grown = true; grown; ) {
    grown = false;
    for (let at = Math.max(0, from - 3); at < from; at += 1) {
      if (leads.read(tokens, at, from)?.end !== from) continue;
      from = at;
      grown = true;
      break;
    }
  }
  return { start: from, end };
}

function findNone(tokens: Tokens, names: ReadonlySet<string>): Span | null {
  for (let at = 0; at < tokens.length; at += 1) {
    const none = without.read(tokens, at);
    if (none !== null && names.has(wordAt(tokens, none.end))) return { start: at, end: none.end + 1 };
  }
  return null;
}

function findPercents(tokens: Tokens, options: AmountOptions): Found<number>[] {
  return tokens.flatMap((_, at) => percentAt(tokens, at, options) ?? []).filter(isFirstOfItsEnd);
}

/** "vingt-cinq pour cent" is also read from its "cinq" on. */
function isFirstOfItsEnd({ start, end }: Span, index: number, all: readonly Span[]): boolean {
  return all.findIndex((other) => other.end === end) === index && start >= 0;
}

function findTax(tokens: Tokens, options: AmountOptions): Found<number> | null {
  for (const percent of findPercents(tokens, options)) {
    const named = withName(tokens, percent, taxNames);
    if (named) return { value: percent.value, ...withLead(tokens, named) };
  }
  const none = findNone(tokens, taxNames) ?? noTax.find(tokens);
  return none && { value: 0, start: none.start, end: none.end };
}

/** "cinq dollars de moins", of the whole: nothing was said before it. */
function lessThanAll(tokens: Tokens, { start, end }: Span): Span | null {
  const less = ofLess.read(tokens, end);
  const from = withLead(tokens, { start, end }).start;
  return less !== null && from <= coreOf(tokens).start ? { start, end: less.end } : null;
}

function findDiscount(tokens: Tokens, options: AmountOptions): Found<SaidDiscount> | null {
  for (const percent of findPercents(tokens, options)) {
    if (withName(tokens, percent, taxNames)) continue;
    const less = ofLess.read(tokens, percent.end);
    const named = withName(tokens, percent, discountNames) ?? { start: percent.start, end: less?.end ?? percent.end };
    return { value: { kind: 'percent', percent: percent.value }, ...withLead(tokens, named) };
  }
  const none = findNone(tokens, discountNames);
  if (none) return { value: { kind: 'none' }, ...none };
  for (let at = 0; at < tokens.length; at += 1) {
    const amount = findAmount(tokens.slice(at), options);
    if (amount === null) return null;
    const span = { start: at + amount.start, end: at + amount.end };
    const { value, currency = null } = amount;
    const named = withName(tokens, span, discountNames) ?? (currency && lessThanAll(tokens, span));
    if (named) {
      return { value: { kind: 'amount', value, currency }, ...withLead(tokens, named) };
    }
    at = span.end - 1;
  }
  return null;
}

const paymentLeads = phraseSet(
  `
    paye|payee|payes|payees|c est paye|deja paye|il paie|elle paie|il paye|elle paye|il a paye|elle a paye|regle|reglee|
    il regle|elle regle|il a regle|elle a regle|le client paie|la cliente paie|le client paye|le client a paye|paiement|
    payment|le paiement|reglement|a payer|payable|qui paie|on paie|encaisse|le client regle|paie
  `,
);
/** Means that say themselves what they are, wherever they are said. */
const plainMeans = new PhraseBook<PaymentMeans>([
  ['en espece|en especes|en cash|en liquide|comptant|au comptant|en argent liquide|en billets', 'cash'],
  [
    `
      par mobile money|mobile money|par m pesa|m pesa|mpesa|par mpesa|par airtel money|airtel money|par orange money|
      orange money|par mobile|par telephone|par momo|mobile monnaie|mobile monet|par twint|avec twint
    `,
    'mobile_money',
  ],
  ['par carte|carte bancaire|par carte bancaire|par carte bleue|en carte|par bancontact|par carte de credit', 'card'],
  ['par virement|virement bancaire|par virement bancaire|en virement', 'bank_transfer'],
  ['a credit|en credit|payable plus tard', 'credit'],
]);
/** Means that may be other things: they count after "payé", or alone. */
const bareMeans = new PhraseBook<PaymentMeans>([
  ['espece|especes|cash|liquide|billets|argent liquide', 'cash'],
  ['mobile|telephone|momo|twint|wave|avec mobile money', 'mobile_money'],
  ['carte|la carte|carte bleue|carte de credit|bancontact|avec la carte|avec sa carte', 'card'],
  ['virement', 'bank_transfer'],
  ['credit|plus tard|il paiera plus tard|elle paiera plus tard', 'credit'],
]);

const paymentNames = phraseSet(
  'paiement|payement|reglement|moyen de paiement|mode de paiement|moyen de payement|mode de payement',
);

/** "sans moyen de paiement", "enlève le mobile money". */
function findNoPayment(tokens: Tokens): Span | null {
  for (let at = 0; at < tokens.length; at += 1) {
    const none = without.read(tokens, at);
    const named = none && (paymentNames.read(tokens, none.end) ?? plainMeans.read(tokens, none.end));
    if (named) return { start: at, end: named.end };
  }
  return null;
}

function findPayment(tokens: Tokens): Found<PaymentMeans | null> | null {
  const none = findNoPayment(tokens);
  if (none !== null) return { value: null, ...none };
  const core = coreOf(tokens);
  for (let at = core.start; at < core.end; at += 1) {
    const lead = paymentLeads.read(tokens, at);
    const from = lead?.end ?? at;
    const means = plainMeans.read(tokens, from) ?? (lead === null ? null : bareMeans.read(tokens, from));
    if (means) return { value: means.value, start: at, end: means.end };
    const alone = bareMeans.read(tokens, at, core.end);
    if (at === core.start && alone?.end === core.end) return { ...alone, start: at };
  }
  return null;
}

/** The terms of a document in an utterance, and what was said besides. Never throws. */
export function readTerms(
  utterance: FoldedUtterance,
  options: AmountOptions = defaultAmountOptions,
): { terms: SaidTerms; rest: FoldedUtterance } {
  const { tokens, text } = utterance;
  const discount = findDiscount(tokens, options);
  const tax = findTax(tokens, options);
  const payment = findPayment(tokens);
  const spans = [discount, tax, payment].filter((span) => span !== null);
  if (spans.length === 0) return { terms: {}, rest: utterance };
  const taken = (index: number) => spans.some(({ start, end }) => index >= start && index < end);
  let rest = '';
  let from = 0;
  for (const [index, token] of tokens.entries()) {
    if (!taken(index)) continue;
    rest += from < token.start ? `${text.slice(from, token.start)} ` : '';
    from = Math.max(from, token.end);
  }
  rest += text.slice(from);
  return {
    terms: {
      ...(discount && { discount: discount.value }),
      ...(tax && { taxRate: tax.value }),
      ...(payment && { payment: payment.value }),
    },
    rest: foldUtterance(rest.replaceAll(/\s+/g, ' ').trim(), options),
  };
}
