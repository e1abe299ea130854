import { toMinor } from '../../documents/money.ts';
import type { Currency, Slots } from '../../schema.ts';
import type { AmountOptions } from '../french/amounts.ts';
import { asSaid } from '../french/fold.ts';
import { readCharges, unnamedGoods } from '../nlu/charge.ts';
import { type LineReading, readLines } from '../nlu/line.ts';
import { isCapitalised, phraseSet, wordSet } from '../nlu/phrase-book.ts';
import { type FoundClient, findClient } from '../nlu/slots/client.ts';
import { readTerms, type SaidTerms } from '../nlu/slots/terms.ts';
import { findSlots, mergeSlots } from '../nlu/slots.ts';
import { coreOf, type FoldedUtterance, foldUtterance } from '../nlu/utterance.ts';
import { readingsOf } from './read-amount.ts';
import type { DialogueContext, Money, OpenDialogue, Question } from './state.ts';
import { currencyOf } from './wanted.ts';

type Client = { name: string | null };
/** What was said of a document. */
export interface Parts {
  amounts: readonly Money[];
  currency: Money['currency'] | null;
  client: Client | null;
  lines: readonly LineReading[];
  terms: SaidTerms;
}
/** Words that say nothing of a document but for these parts. */
export function filling(parts: Partial<Parts>): { type: 'fill' } & Parts {
  return { type: 'fill', amounts: [], currency: null, client: null, lines: [], terms: {}, ...parts };
}
/** Parts of a document, or an amount that no document can have. */
export type Told = ({ type: 'fill' } & Parts) | { type: 'unbillable'; amount: Money };

const anonymous = phraseSet(
  `
    sans nom|cent non|cent nom|sans client|sans le nom|pas de nom|pas de client|client comptoir|client du comptoir|
    au comptoir|comptoir|
    client de passage|client anonyme|anonyme|personne|pour personne|un client|client ordinaire|ordinaire|
    client divers|divers|non pas de nom|non sans nom|non personne|pas besoin de nom|n importe qui|peu importe
  `,
);
/** Words that no name begins with: what they begin was no answer to « Pour qui ? ». */
const namesNobody = wordSet(
  `
    je j tu il elle on nous vous ils elles ce c ca ne n pas que qu quoi qui comment combien pourquoi quand ou est quel quelle
    euh hein si et mais donc parce attends attendez bonjour bonsoir merci oui non ouais ok d
  `,
);
const turns = wordSet('non nan plutot pardon enfin mais');
/** Whether a customer without a name was meant. */
export function isAnonymous({ tokens }: FoldedUtterance): boolean {
  const { start, end } = coreOf(tokens);
  return anonymous.read(tokens, start, end)?.end === end;
}

/** What words say of a document where this question is open; null when that is nothing. */
export function readFill(utterance: FoldedUtterance, open: OpenDialogue, context: DialogueContext): Told | null {
  const { terms, rest } = readTerms(utterance, context);
  const charges = readCharges(rest, { ...context, besides: !amountQuestions.has(open.question) });
  const goods = charges.lines.length > 0 ? foldUtterance(charges.rest, context) : rest;
  const named = findClient(goods);
  const isSold = (line: LineReading): boolean => isMeant(line, open.question) && !isNamed(line, named, goods);
  const { lines: sold, rest: unsold } = readLines(goods, context, isSold);
  const lines = [...sold, ...charges.lines];
  const said = sold.length > 0 ? foldUtterance(unsold, context) : goods;
  const meant = afterLastTurn(said, context);
  const slots = slotsOf(meant, open.question, context);
  const client = readClient(meant, open.question, slots, context);
  const currency = slots.currency ?? null;
  const unit = slots.currency ?? currencyOf(open.wanted) ?? context.home;
  const amounts = slots.amount === undefined ? [] : readingsOf(slots.amount, meant);
  // "cent dollars plus cinq dollars de transport": the sum that comes first is a line as well.
  if (charges.lines.length > 0 && sold.length === 0) lines.unshift(...asLine(amounts, unit));
  if (slots.amount === undefined || lines.length > 0) {
    const tellsTerms = Object.keys(terms).length > 0;
    const tells = client !== null || currency !== null || lines.length > 0 || tellsTerms;
    return tells ? filling({ currency, client, lines, terms }) : null;
  }
  const money = amounts.map((value) => ({ value, currency: unit }));
  const billable = money.filter(({ value }) => toMinor(value, unit) !== null);
  const [first] = money;
  if (first && billable.length === 0) return { type: 'unbillable', amount: first };
  return filling({ amounts: billable, currency, client, terms });
}

/** A single amount as a line of goods that nobody named. */
function asLine([unitPrice, otherPrice]: readonly number[], currency: Currency): LineReading[] {
  if (unitPrice === undefined) return [];
  const priced = { unitPrice, currency, ...(otherPrice && { otherPrice }) };
  return [{ quantity: 1, product: unnamedGoods, ...priced, isCounted: false, isAdded: false }];
}

/** Where a name was asked for, goods without a price may be one: "les Deux Frères". */
function isMeant({ unitPrice, isAdded, isCounted, currency }: LineReading, question: Question): boolean {
  if (question === 'client') return isAdded || (unitPrice !== undefined && isCounted);
  // "le montant est à vingt": without count or currency it is hardly a line.
  return isCounted || isAdded || currency !== undefined;
}

/**
 * Whether what looks like an uncounted line is the client or a part of it: "pour la pharmacie du Peuple de cent dollars", "pour Paul et Marie
 * de cent dollars", "pour l'ONG Espoir à cent dollars". "pour le savon à deux dollars" tells a price, and is sold.
 */
function isNamed(
  { isCounted, product }: LineReading,
  client: FoundClient | null,
  { tokens }: FoldedUtterance,
): boolean {
  if (isCounted || client === null) return false;
  const { value, start, end } = client;
  // The name is without "la société", what is sold without its article.
  if (product.replace(/^(société|cliente?) /i, '') !== value && !value.endsWith(product)) return false;
  if (/(^| )(une?|des|du) $/i.test(value.slice(0, -product.length))) return false;
  return tokens.slice(start, end).some(isCapitalised) || /^(de|d)$/.test(tokens[end]?.text ?? '');
}

/** Whether goods were named with how many of them and their price: that is a sale, whatever else was said. */
export function isSale(utterance: FoldedUtterance): boolean {
  const { lines } = readLines(utterance);
  return lines.some(({ currency, isCounted, isAdded }) => currency !== undefined && (isCounted || isAdded));
}

/**
 * What counts of a sentence that takes back what it said: "pas deux cents, trois cents", "deux cents, non, trois cents". Without such a
 * turn, or without an amount after it, the sentence as it is.
 */
function afterLastTurn(utterance: FoldedUtterance, context: AmountOptions): FoldedUtterance {
  const { text, tokens } = utterance;
  for (let at = tokens.length - 1; at > 0; at -= 1) {
    const token = tokens[at];
    if (!token || !turns.has(tokens[at - 1]?.text ?? '')) continue;
    if (tokens[at]?.text === 'pas') continue;
    const rest = foldUtterance(text.slice(token.start), context);
    if (rest.amount !== null || findClient(rest) !== null) return rest;
  }
  const { amount } = utterance;
  const denied = amount !== null && tokens[amount.start - 1]?.text === 'pas';
  const next = denied ? tokens[amount.end] : undefined;
  if (!next) return utterance;
  const rest = foldUtterance(text.slice(next.start), context);
  return rest.amount === null ? utterance : rest;
}

/** After these a bare number is the amount. */
const amountQuestions: ReadonlySet<Question> = new Set(['amount', 'which-amount', 'check-amount', 'price'] as const);

/** Slots by the rules of an invoice; where an amount was asked, a bare number is one wherever it stands. */
function slotsOf(utterance: FoldedUtterance, question: Question, context: AmountOptions): Slots {
  const slots = mergeSlots(findSlots('invoice', utterance, context));
  const { amount } = utterance;
  if (slots.amount !== undefined || amount === null) return slots;
  const asked = amountQuestions.has(question);
  const alone = isWhole(utterance);
  return alone || (asked && amount.value !== 1) ? { ...slots, amount: amount.value } : slots;
}

/** True when the core of what was said is this number and nothing else. */
function isWhole({ tokens, amount }: FoldedUtterance): boolean {
  const core = coreOf(tokens);
  return amount !== null && amount.start <= core.start && amount.end >= core.end;
}

/** Whom it is for: announced ("pour Marie") at any time; the words as they are where a name was asked for. */
function readClient(
  utterance: FoldedUtterance,
  question: Question,
  slots: Slots,
  context: AmountOptions,
): { name: string } | null {
  if (slots.client !== undefined) return { name: slots.client };
  if (question !== 'client' && question !== 'change') return null;
  const { text, tokens, amount } = utterance;
  const { start, end } = coreOf(tokens);
  const before = amount === null || slots.amount === undefined ? end : amount.start;
  const words = asSaid(text, tokens, start, before);
  const first = tokens[start];
  if (words === '' || first === undefined || namesNobody.has(first.text)) return null;
  if (question === 'change' && !isCapitalised(first)) return null;
  const announced = findClient(foldUtterance(`pour ${words}`, context));
  return announced === null ? null : { name: announced.value };
}
