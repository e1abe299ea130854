import { minorDigits } from '../../documents/money.ts';
import type { Currency } from '../../schema.ts';
import { type AmountOptions, findAmount } from '../french/amounts.ts';
import { countsSomethingElse } from '../french/counted.ts';
import { defaultAmountOptions, isCurrencyWord, readCurrency } from '../french/currencies.ts';
import { asSaid, type Token } from '../french/fold.ts';
import { findNumbers, type NumberReading } from '../french/numbers.ts';
import { littleWords } from './little-words.ts';
import { isBreak, isCapitalised, phraseSet, wordSet } from './phrase-book.ts';
import { coreOf, type FoldedUtterance, foldUtterance } from './utterance.ts';

/** One line of a sale as it was said: "trois cartons de craies à douze dollars". */
export interface SaleLine {
  quantity: number;
  /** As it was said, without its count and article. */
  product: string;
  /** Absent when no price was said. */
  unitPrice?: number;
  /** What the price might be as well: "mille cinq". */
  otherPrice?: number;
  currency?: Currency;
}

/** A line with how it was said. */
export interface LineReading extends SaleLine {
  /** Its count was said: "le savon à deux dollars" has none. */
  isCounted: boolean;
  /** Besides what there is: "ajoute deux pains", "encore un savon". */
  isAdded: boolean;
}

export interface LinesReading {
  lines: LineReading[];
  /** What was said besides them. */
  rest: string;
}

type Tokens = readonly Token[];
export interface Span {
  start: number;
  end: number;
}

/** Before a line, where it comes besides others. */
export const adding = phraseSet(
  `
    ajoute|ajoutez|ajouter|rajoute|rajoutez|rajouter|mets|mettez|mettre|mets moi|mets lui|mettez moi|mettez lui|
    ajoute moi|ajoute lui|ajoutez moi|ajoutez lui|encore|aussi|plus|et encore|et aussi|et puis|ainsi que|et|puis
  `,
);
/** Before a line, where it is the first. */
const opening = phraseSet(
  `
    note|notez|facture|facturez|facturer|facture moi|vends|vendu|j ai vendu|on a vendu|il a pris|elle a pris|il prend|
    elle prend|le client prend|le client a pris|il veut|elle veut|avec|alors|euh|moi|je voudrais|donne|donnez|
    donne moi|il y a|une ligne|ligne|c est|ce sont|pour|non|plutot|de|d|facture de|facture pour|finalement|en fait|
    donc|corrige|mettons|disons
  `,
);
/** Before a product whose price is told: "change le prix du savon à trois dollars". */
const pricing = phraseSet(
  'le prix du|le prix de|le prix des|le prix d|prix du|prix de|prix des|du prix du|change le prix du|change le prix de|change le prix des',
);
/** Between the product and its price. */
const priceWords = phraseSet(
  `
    a|au prix de|au prix unitaire de|a raison de|pour|de|c est|qui coute|qui coutent|qui fait|qui font|ca fait|fait|
    font|coute|coutent|est a|sont a|a l unite|chacun|chacune|la piece|piece|fois|x|prix|prix unitaire|euh
  `,
);
export const articles = phraseSet('le|la|les|l|un|une|des|du|de la|de l|de|d|x|fois');
/** After the price: it is that of one, or that of all of them. */
const unitWords = phraseSet(
  'chacun|chacune|la piece|piece|par piece|l unite|a l unite|par unite|l un|l une|chaque|le kilo|la boite|le carton',
);
const totalWords = phraseSet('en tout|au total|le tout|pour le tout|l ensemble|tout compris|en total');
/** Words that say a price of all when nothing says otherwise: "trois savons pour six dollars". */
const totalLeads = wordSet('pour fait font');
const unitLeads = wordSet('chacun chacune piece unite');
/** What a number counts that nobody sells, and what a line is not about. */
export const noGoods = wordSet(
  `
    heure heures h jour jours mois an ans annee annees minute minutes seconde secondes semaine semaines fois copie copies
    exemplaire exemplaires facture factures recu recus ticket tickets devis proforma etiquette etiquettes tiers quart
    quarts montant somme total prix remise rabais reduction ristourne taxe tva client cliente nom monsieur madame bon
    bons pourcent pourcents accompte acompte virgule demi demie
  `,
);
/** Where the product's name ends though no price follows. */
export const productEnds = phraseSet(
  `
    pour|avec|chez|et|puis|merci|paye|payee|payes|payees|il paie|elle paie|s il vous|s il te|svp|stp|sans|moins|non|
    ca fait|c est|a payer|en especes|en cash|par carte|a credit|plus|de plus|en plus|pas|au lieu|a la place
  `,
);

const moreWords = phraseSet('de plus|en plus');

const wordAt = (tokens: Tokens, at: number) => tokens[at]?.text ?? '';

/** Where the words begin that follow any number of these phrases. */
export function skip(phrases: typeof opening, tokens: Tokens, { start, end }: Span): number {
  let at = start;
  for (let read = phrases.read(tokens, at, end); read !== null; read = phrases.read(tokens, at, end)) at = read.end;
  return at;
}

/** Only words that lead to the price stand between `at` and it. */
const isPriceNext = (tokens: Tokens, at: number, end: number) => skip(priceWords, tokens, { start: at, end }) >= end;

/** Where the words begin that open a line at `at`, and whether they add it, or name a product whose price follows. */
function openedBefore(tokens: Tokens, at: number): { start: number; isAdded: boolean; isPricing: boolean } | null {
  for (let start = Math.max(0, at - 4); start < at; start += 1) {
    if (pricing.read(tokens, start, at)?.end === at) return { start, isAdded: false, isPricing: true };
    if (adding.read(tokens, start, at)?.end === at) return { start, isAdded: true, isPricing: false };
    if (opening.read(tokens, start, at)?.end === at) return { start, isAdded: false, isPricing: false };
  }
  return null;
}

/** A number that counts goods: a noun follows it, no currency and nothing that is measured or printed. */
function isCount(tokens: Tokens, number: NumberReading, options: AmountOptions): boolean {
  const { end, value } = number;
  const next = tokens[end];
  if (next === undefined || (next.breakBefore && !/^[«"]/.test(next.gap.trim())) || value <= 0 || value > 1_000_000)
    return false;
  if (readCurrency(tokens, end, options) !== null || isCurrencyWord(next.text) || next.text === '%') return false;
  if (isCurrencyWord(wordAt(tokens, number.start - 1)) || productEnds.read(tokens, end) !== null) return false;
  const noun = /^(x|fois|de|d)$/.test(next.text) ? wordAt(tokens, end + 1) : next.text;
  return noun !== '' && !noGoods.has(noun) && !littleWords.has(noun) && !/^\d/.test(noun);
}

/** « sac à dos » between quotation marks is a product, whatever words are in it. */
function quotedSpan(text: string, tokens: Tokens, start: number): Span | null {
  const first = tokens[start];
  if (first === undefined || !/[«"]\s*$/.test(first.gap)) return null;
  const closing = text.slice(first.start).search(/[»"]/);
  if (closing < 0) return null;
  const end = tokens.findIndex((token) => token.start >= first.start + closing);
  return { start, end: end < 0 ? tokens.length : end };
}

interface Price extends Span {
  value: number;
  otherValue?: number;
  currency?: Currency;
}

/** The price after the product's first word: what has a currency, else the number after "à". */
function findPrice(tokens: Tokens, { start, end }: Span, options: AmountOptions): Price | null {
  const part = tokens.slice(start, end);
  const amount = findAmount(part, options);
  const isMoney = amount?.currency !== undefined || /^cent/.test(wordAt(part, (amount?.end ?? 0) - 1));
  if (amount !== null && amount.start > 0 && isMoney)
    return { ...amount, start: start + amount.start, end: start + amount.end };
  const bare = findNumbers(part).find(
    (number) =>
      /^(a|x|fois)$/.test(wordAt(part, number.start - 1)) && number.start > 1 && !countsSomethingElse(part, number),
  );
  return bare === undefined ? null : { ...bare, start: start + bare.start, end: start + bare.end };
}

/** The product between the count and the price, or up to the words that are about something else. */
function productSpan(utterance: FoldedUtterance, span: Span, price: Price | null): Span | null {
  const { text, tokens } = utterance;
  const quoted = quotedSpan(text, tokens, span.start);
  if (quoted) return quoted;
  const start = skip(articles, tokens, span);
  const limit = price?.start ?? span.end;
  let end = start;
  while (end < limit) {
    const isForSomebody = wordAt(tokens, end) === 'pour' && isCapitalised(tokens[end + 1]);
    const isOver = price === null ? productEnds.read(tokens, end) !== null : isPriceNext(tokens, end, limit);
    if (end > start && (isBreak(tokens, end) || isOver || isForSomebody)) break;
    end += 1;
  }
  const named = wordAt(tokens, start);
  if (noGoods.has(named) || isCurrencyWord(named) || named === 'pour') return null;
  return end > start && !(end === start + 1 && littleWords.has(named)) ? { start, end } : null;
}

/** Whether an amount can be paid in this currency; a hundredth is the smallest part where none was said. */
function isPayable(value: number, currency: Currency = 'USD'): boolean {
  const minor = value * 10 ** minorDigits[currency];
  return Math.abs(minor - Math.round(minor)) < 1e-6;
}

/** Whether an amount was said to be that of all there is. */
export function saysTotal(utterance: FoldedUtterance): boolean {
  return totalWords.find(utterance.tokens) !== null;
}

/** The price of all, for one; where it cannot be divided without a rest, all of them are one thing. */
export function shareTotal<Line extends SaleLine>(line: Line, total: number): Line & { unitPrice: number } {
  const each = total / line.quantity;
  if (isPayable(each, line.currency)) return { ...line, unitPrice: Math.round(each * 100) / 100 };
  return { ...line, quantity: 1, product: `${line.quantity} ${line.product}`, unitPrice: total };
}

/** Where the words after a price that belong to it end: "la pièce", "le sac", "en tout". */
function priceEnd(tokens: Tokens, at: number, product: string): { end: number; said: 'unit' | 'total' | null } {
  const total = totalWords.read(tokens, at);
  if (total !== null) return { end: total.end, said: 'total' };
  const unit = unitWords.read(tokens, at);
  if (unit !== null) return { end: unit.end, said: 'unit' };
  const named = /^(le|la|l|par)$/.test(wordAt(tokens, at)) ? wordAt(tokens, at + 1) : '';
  return named !== '' && stemOf(named) === stemOf(product.split(' ')[0] ?? '')
    ? { end: at + 2, said: 'unit' }
    : { end: at, said: null };
}

/** A folded word without the s or x of its plural, which is not heard. */
export function stemOf(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[sx]$/, '');
}

interface Found {
  line: LineReading;
  /** Tokens that are the line's, and not something else's. */
  taken: Span[];
}

/** The line that begins at `start`, which may not go on beyond `end`. */
function readAt(
  utterance: FoldedUtterance,
  { start, end }: Span,
  count: (NumberReading & { article: boolean }) | undefined,
  options: AmountOptions,
): Found | null {
  const { text, tokens } = utterance;
  const opened = openedBefore(tokens, start);
  const from = count?.end ?? start;
  const price = findPrice(tokens, { start: from, end }, options);
  const span = productSpan(utterance, { start: from, end }, price);
  if (span === null) return null;
  const more = moreWords.read(tokens, span.end);
  const isAdded = opened?.isAdded === true || more !== null;
  const how = { isCounted: count !== undefined && !count.article, isAdded };
  const said: SaleLine = { quantity: count?.value ?? 1, product: asSaid(text, tokens, span.start, span.end) };
  const own: Span = { start: opened?.start ?? start, end: more?.end ?? span.end };
  if (price !== null) {
    const { line, span: priced } = withPrice(tokens, said, span.end, price);
    return { line: { ...line, ...how }, taken: [own, priced] };
  }
  const isOpened = isAdded || opened !== null || start === coreOf(tokens).start;
  const isPlain = count !== undefined && (isAdded || (how.isCounted && countsSomethingElse(tokens, count)));
  return isOpened && isPlain ? { line: { ...said, ...how }, taken: [own] } : null;
}

/** The line with its price, of one or of all, and the tokens that say it: those that lead to it, and "la pièce" after it. */
function withPrice(tokens: Tokens, said: SaleLine, from: number, price: Price): { line: SaleLine; span: Span } {
  let start = from;
  while (start < price.start && !isPriceNext(tokens, start, price.start)) start += 1;
  const lead = tokens.slice(start, price.start).map(({ text }) => text);
  const after = priceEnd(tokens, price.end, said.product);
  const leadsToTotal = lead.some((word) => totalLeads.has(word)) && !lead.some((word) => unitLeads.has(word));
  const isTotal = after.said === 'total' || (leadsToTotal && after.said === null && said.quantity > 1);
  const { currency, otherValue } = price;
  const inCurrency: SaleLine = { ...said, ...(currency && { currency }) };
  const priced = isTotal ? shareTotal(inCurrency, price.value) : { ...inCurrency, unitPrice: price.value };
  return {
    line: { ...priced, ...(otherValue && { otherPrice: otherValue }) },
    span: { start, end: after.end },
  };
}

/** The longest name of what is sold that is believed where nothing opens its line. */
const longestUnopened = 5;

/** Whether what begins here is sold at a price, with nothing else between: "un pain à un dollar". */
function hasPriceAt(tokens: Tokens, start: number, end: number, options: AmountOptions): boolean {
  const price = findPrice(tokens, { start, end }, options);
  return price !== null && price.start - start <= longestUnopened && wordAt(tokens, price.start - 1) === 'a';
}

/** Where lines may begin: at a count of goods, or at an article after nothing, a pause, or a word that opens a line. */
function lineStarts({ text, tokens }: FoldedUtterance, options: AmountOptions) {
  const core = coreOf(tokens);
  const numbers = findNumbers(tokens);
  const starts: (Span & { count?: NumberReading & { article: boolean } })[] = [];
  for (let at = core.start; at < core.end; at += 1) {
    const count = numbers.find(({ start }) => start === at);
    const isOpened = at === core.start || isBreak(tokens, at) || openedBefore(tokens, at) !== null;
    const isNumbered = /^(le|la|les|l|numero|n|des|ces|nos|mes|ses|a)$/.test(wordAt(tokens, at - 1));
    if (count === undefined) {
      const opened = openedBefore(tokens, at);
      const isArticle = /^(le|la|les|l|du|des|de)$/.test(wordAt(tokens, at));
      const isNamed = isArticle || opened?.isAdded || opened?.isPricing;
      const noun = skip(articles, tokens, { start: at, end: core.end });
      const isCounted = numbers.some(({ start }) => start > at && start === noun);
      const isOpening = adding.read(tokens, at) !== null;
      if (isOpened && isNamed && !isCounted && !isOpening) starts.push({ start: at, end: core.end });
    } else {
      const isPlace = isOpened || (count.article ? hasPriceAt(tokens, count.end, core.end, options) : !isNumbered);
      if (isPlace && isCount(tokens, count, options)) starts.push({ start: at, end: core.end, count });
    }
    if (count !== undefined) at = (quotedSpan(text, tokens, count.end)?.end ?? count.end) - 1;
  }
  return starts;
}

/** The text of the tokens that nobody took. */
export function restOf({ text, tokens }: FoldedUtterance, taken: readonly Span[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of [...taken].sort((a, b) => a.start - b.start)) {
    const [first, last] = [tokens[start], tokens[end - 1]];
    if (first === undefined || last === undefined || first.start < from) continue;
    parts.push(text.slice(from, first.start).trim());
    from = last.end;
  }
  parts.push(
    text
      .slice(from)
      .replace(/^\s*[»"]/, '')
      .trim(),
  );
  return parts.filter((part) => /[\p{L}\d]/u.test(part)).join(', ');
}

type Start = ReturnType<typeof lineStarts>[number];

/** "pour l'école Saint-Pierre deux tables": what has neither count nor price before goods that are counted is their buyer. */
function isClientBefore({ tokens }: FoldedUtterance, { start, count }: Start, next: Start | undefined): boolean {
  if (count !== undefined || next?.count === undefined) return false;
  return wordAt(tokens, start - 1) === 'pour' && !/^(de|d)$/.test(wordAt(tokens, next.start - 1));
}

/**
 * The lines of a sale in an utterance, and what was said besides: "une facture pour Marie, deux sacs de riz à vingt dollars". "à douze
 * dollars en tout" is divided by the count. What is not `isSold` stays in the rest. Never throws; no lines for a text that names no product
 * with a count or a price.
 */
export function readLines(
  utterance: FoldedUtterance,
  options: AmountOptions = defaultAmountOptions,
  isSold: (line: LineReading) => boolean = () => true,
): LinesReading {
  const starts = lineStarts(utterance, options);
  const lines: LineReading[] = [];
  const taken: Span[] = [];
  let from = 0;
  for (const [index, start] of starts.entries()) {
    if (start.start < from) continue;
    const next = starts.slice(index + 1).find((other) => other.count !== undefined || other.start > start.start + 1);
    const short = next && readAt(utterance, { ...start, end: next.start }, start.count, options);
    const found =
      short ?? (isClientBefore(utterance, start, next) ? null : readAt(utterance, start, start.count, options));
    if (found === null || (start.count === undefined && found.line.unitPrice === undefined)) continue;
    from = Math.max(...found.taken.map(({ end }) => end));
    if (!isSold(found.line)) continue;
    lines.push(found.line);
    taken.push(...found.taken);
  }
  return { lines, rest: lines.length === 0 ? utterance.text : restOf(utterance, taken) };
}

/** The first line of a text, without how it was said; null when there is none. */
export function readLine(text: string, money?: AmountOptions): SaleLine | null {
  const [line] = readLines(foldUtterance(text, money), money).lines;
  if (line === undefined) return null;
  const { isAdded: _added, isCounted: _counted, ...said } = line;
  return said;
}
