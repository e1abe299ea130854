import { toMinor } from '../../documents/money.ts';
import type { IntentName, Slots, Understanding } from '../../schema.ts';
import { findAmount } from '../french/amounts.ts';
import { asSaid, type Token, tokenize } from '../french/fold.ts';
import { findNumbers, readNumber } from '../french/numbers.ts';
import { isCapitalised, phraseSet, wordSet } from '../nlu/phrase-book.ts';
import { findClient } from '../nlu/slots/client.ts';
import { findSlots, mergeSlots } from '../nlu/slots.ts';
import { coreOf, type FoldedUtterance, foldUtterance } from '../nlu/utterance.ts';
import type { DialogueContext, Heard, Money, OpenDialogue, Question, WantedKind } from './state.ts';

/** What a clerk's words are, as an answer to what was asked. */
export type Reply =
  | { type: 'control'; control: Control }
  /** Parts of the document: `amounts` has two readings where a hearer would hesitate. */
  | { type: 'fill'; amounts: readonly Money[]; currency: Money['currency'] | null; client: Client | null }
  /** An amount that no document can have. */
  | { type: 'unbillable'; amount: Money }
  /** What is to be changed, without what it should be. */
  | { type: 'change'; what: 'amount' | 'client' | null }
  /** Another document, from the beginning. */
  | { type: 'begin'; kind: WantedKind }
  /** Something else that was clearly wanted. */
  | { type: 'aside' }
  | { type: 'miss' };
export type Control = 'affirm' | 'deny' | 'cancel' | 'stop' | 'restart' | 'repeat' | 'help' | 'resume' | 'goodbye';
type Client = { name: string | null };
type MoneyWords = Pick<DialogueContext, 'franc' | 'cfa'>;

const restarts = phraseSet(
  `
    recommence|recommencez|recommencons|recommencer|on recommence|reprends a zero|on reprend a zero|
    repartons a zero|repartons de zero|on repart a zero|on repart de zero|repars a zero|depuis le debut|
    reprenons depuis le debut|on reprend depuis le debut
  `,
);
const resumes = phraseSet(
  'reprends|reprend|reprenez|reprenons|reprendre|on reprend|on la reprend|on continue|continue|continuez|continuons',
);
/** Ends the dialogue but not the document, which is kept. */
const stops = phraseSet(
  'stop|stoppe|stoppez|arrete|arretez|arreter|on arrete|silence|chut|tais toi|taisez vous|assez|ca suffit|halte|basta',
);
const corrections = phraseSet(
  'corrige|corrigez|corriger|a corriger|modifie|modifiez|modifier|change|changez|changer|rectifie|rectifier|il faut changer',
);
const amountNames = phraseSet('montant|le montant|la somme|le prix|le total|le chiffre|combien');
const clientNames = phraseSet('client|le client|la cliente|le nom|la personne|nom du client|pour qui');
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
const otherCommands: ReadonlySet<IntentName> = new Set([
  'greeting',
  'thanks',
  'time',
  'print',
  'price',
  'stock',
  'sales_total',
  'question',
] as const);
/** How sure the model alone must be, when no template matches, before it is believed against what was asked. */
const believed = { control: 0.6, aside: 0.8, asideToName: 0.97 };

/** What was said, taken as an answer to the open question. */
export function readReply(heard: Heard, open: OpenDialogue, context: DialogueContext): Reply {
  const utterance = foldUtterance(heard.text, context);
  const control = readControl(heard.understanding, utterance, open.question);
  if (control !== null && control !== 'deny' && control !== 'affirm') return { type: 'control', control };
  const kind = documentAsked(heard, utterance);
  if (kind !== null) return readDocument(kind, heard, utterance, open, context);
  if (isAside(heard.understanding, utterance, open.question)) return { type: 'aside' };
  if (open.question === 'client' && control === null && isAnonymous(utterance)) {
    return { type: 'fill', amounts: [], currency: null, client: { name: null } };
  }
  const filled = readFill(heard.text, utterance, open, context);
  if (filled !== null) return filled;
  const change = readChange(utterance, open.question, control);
  if (change !== null) return change;
  return control === null ? { type: 'miss' } : { type: 'control', control };
}

const makes = phraseSet(
  'fais|faites|faire|fait|prepare|preparez|preparer|cree|creez|creer|etablis|etablissez|etablir|redige|redigez|rediger|ecris|note',
);
const quotes = phraseSet('devis|proforma|pro forma|facture proforma|facture pro forma');
const receipts = phraseSet('recu|ticket|quittance');

/** The document that is to be made, if one was asked for. Intents know invoices; quotes and receipts are told by their words. */
export function documentAsked({ understanding }: Heard, utterance: FoldedUtterance): WantedKind | null {
  const { intent, by, confidence } = understanding;
  if (intent !== 'invoice' && intent !== 'print' && intent !== 'unknown') return null;
  const { amount, tokens } = utterance;
  if (quotes.find(tokens) !== null && (amount?.currency !== undefined || makes.find(tokens) !== null)) return 'quote';
  if (receipts.find(tokens) !== null && amount?.currency !== undefined) return 'receipt';
  return intent === 'invoice' && (by === 'template' || confidence >= believed.aside) ? 'invoice' : null;
}

/** A document asked for while one is in hand: what is said of it goes into that one; with nothing said, it is another. */
function readDocument(
  kind: WantedKind,
  heard: Heard,
  utterance: FoldedUtterance,
  open: OpenDialogue,
  context: DialogueContext,
): Reply {
  if (kind !== open.wanted.kind) return { type: 'begin', kind };
  const filled = readFill(heard.text, utterance, { ...open, question: 'confirm' }, context);
  if (filled !== null) return filled;
  return open.question === 'amount' ? { type: 'miss' } : { type: 'begin', kind };
}

/** What the first words about a document say of it. */
export function readBeginning(heard: Heard, open: OpenDialogue, context: DialogueContext): Reply | null {
  return readFill(heard.text, foldUtterance(heard.text, context), { ...open, question: 'confirm' }, context);
}

/** Whether something is to be taken up again, in so many words. */
export function wantsResume(text: string): boolean {
  return startsWith(resumes, tokenize(text));
}

/** Whether to leave it for now, rather than to throw it away. */
export function wantsStop(text: string): boolean {
  const tokens = tokenize(text);
  return stops.read(tokens, coreOf(tokens).start) !== null;
}

function startsWith(phrases: typeof restarts, tokens: readonly Token[]): boolean {
  return phrases.read(tokens, coreOf(tokens).start) !== null;
}

function readControl(understanding: Understanding, { tokens }: FoldedUtterance, question: Question): Control | null {
  if (startsWith(restarts, tokens)) return 'restart';
  if (question === 'resume' && startsWith(resumes, tokens)) return 'resume';
  const { intent, by, confidence } = understanding;
  const sure = by === 'template' || (confidence >= believed.control && question !== 'client');
  if (!sure) return null;
  if (intent === 'cancel') return stops.read(tokens, coreOf(tokens).start) === null ? 'cancel' : 'stop';
  const controls = ['affirm', 'deny', 'repeat', 'help', 'goodbye'] as const;
  return controls.find((name) => name === intent) ?? null;
}

function isAside({ intent, by, confidence }: Understanding, utterance: FoldedUtterance, question: Question): boolean {
  if (!otherCommands.has(intent)) return false;
  if (by === 'template') return true;
  if (utterance.amount?.currency !== undefined) return false;
  // The model has never met a name that it did not take for a greeting.
  if (question !== 'client') return confidence >= believed.aside;
  return confidence >= believed.asideToName && utterance.tokens.length >= 4 && intent !== 'greeting';
}

function isAnonymous({ tokens }: FoldedUtterance): boolean {
  const { start, end } = coreOf(tokens);
  return anonymous.read(tokens, start, end)?.end === end;
}

function readFill(
  text: string,
  utterance: FoldedUtterance,
  open: OpenDialogue,
  context: DialogueContext,
): Reply | null {
  const meant = afterLastTurn(text, utterance, context);
  const slots = slotsOf(meant, open.question, context);
  const client = readClient(meant, open.question, slots, context);
  const currency = slots.currency ?? null;
  if (slots.amount === undefined) {
    return client === null && currency === null ? null : { type: 'fill', amounts: [], currency, client };
  }
  const unit = slots.currency ?? open.wanted.currency ?? open.wanted.amount?.currency ?? context.home;
  const amounts = readingsOf(slots.amount, meant).map((value) => ({ value, currency: unit }));
  const billable = amounts.filter(({ value }) => toMinor(value, unit) !== null);
  const [first] = amounts;
  if (first && billable.length === 0) return { type: 'unbillable', amount: first };
  return { type: 'fill', amounts: billable, currency, client };
}

/**
 * What counts of a sentence that takes back what it said: "pas deux cents, trois cents", "deux cents, non, trois cents". Without such a
 * turn, or without an amount after it, the sentence as it is.
 */
function afterLastTurn(text: string, utterance: FoldedUtterance, context: MoneyWords): FoldedUtterance {
  const { tokens } = utterance;
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

/** Slots by the rules of an invoice; where an amount was asked, a bare number is one wherever it stands. */
function slotsOf(utterance: FoldedUtterance, question: Question, context: MoneyWords): Slots {
  const slots = mergeSlots(findSlots('invoice', utterance, context));
  const { amount } = utterance;
  if (slots.amount !== undefined || amount === null) return slots;
  const asked = question === 'amount' || question === 'which-amount' || question === 'check-amount';
  const alone = isWhole(utterance);
  return alone || (asked && amount.value !== 1) ? { ...slots, amount: amount.value } : slots;
}

/** What the amount may be: one value, or those between which a hearer would hesitate. */
function readingsOf(value: number, { amount, tokens }: FoldedUtterance): number[] {
  if (amount === null) return [value];
  if (amount.otherValue !== undefined) return [value, amount.otherValue];
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
  context: MoneyWords,
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

function readChange({ tokens }: FoldedUtterance, question: Question, control: Control | null): Reply | null {
  if (question !== 'confirm' && question !== 'change' && question !== 'check-amount') return null;
  const corrects = control === 'deny' || corrections.find(tokens) !== null;
  const what = changedPart(tokens);
  if (question === 'change' && what !== null) return { type: 'change', what };
  if (!corrects) return null;
  return { type: 'change', what };
}

function changedPart(tokens: readonly Token[]): 'amount' | 'client' | null {
  if (amountNames.find(tokens) !== null) return 'amount';
  return clientNames.find(tokens) === null ? null : 'client';
}

/** The amount among `candidates` that these words choose: by its value, or as the first or the second. */
export function chooseAmount(text: string, candidates: readonly Money[], context: MoneyWords): Money | null {
  const tokens = tokenize(text);
  const amount = findAmount(tokens, context);
  const byValue = candidates.find(({ value }) => value === amount?.value);
  if (byValue) return byValue;
  if (phraseSet('premier|premiere|le premier|la premiere').find(tokens)) return candidates[0] ?? null;
  if (phraseSet('deuxieme|second|seconde|le deuxieme|dernier|derniere').find(tokens)) return candidates[1] ?? null;
  return null;
}
