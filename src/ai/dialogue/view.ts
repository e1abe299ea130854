import type { Config } from '../../config.ts';
import { fromMinor } from '../../documents/money.ts';
import { homeCurrency } from '../../documents/shop-profile.ts';
import { lineTotal } from '../../documents/totals.ts';
import type { IssuedDocument, ShopProfile } from '../../schema/documents.ts';
import type { Currency } from '../../schema.ts';
import { writeAmount } from '../intents/amount-text.ts';
import { describeWanted, totalDue } from './say.ts';
import type { DialogueState, Money, OpenDialogue, Question, Wanted, WantedKind } from './state.ts';
import { type TermChoices, type TermView, termChoicesOf, viewTerms } from './view-terms.ts';
import { currencyOf, isSameProduct, subtotalOf } from './wanted.ts';

/** Something that can be tapped instead of said: what it is called, and the words that stand for it. */
export interface Choice {
  label: string;
  says: string;
  /** The one that goes on. */
  main?: boolean;
  /** What holds already. */
  chosen?: boolean;
}

/** Where the dialogue stands, as the screen shows it. */
export interface DialogueView {
  open: OpenView | null;
  /** What was left unfinished, in words. */
  kept: string | null;
  shown: IssuedDocument | null;
  /** The shop's, as a data URL, or empty. */
  logo: string;
}
export interface OpenView {
  question: Question;
  kind: WantedKind;
  /** Stands alone, huge: what was said, or what the lines make. */
  amount: Money | null;
  /** What is sold, each line with its own sum. */
  lines: readonly LineView[];
  /** The line whose price is asked: "2 pains". */
  unpriced: string | null;
  /** Discount, tax and payment as they hold: what was said, else the shop's own. */
  terms: readonly TermView[];
  /** What can be tapped instead of saying them; null where they cannot be told now. */
  termChoices: TermChoices | null;
  /** What the keypad begins with. */
  heard: Money | null;
  /** False for what cannot have lines: a receipt of an invoice. */
  takesLines: boolean;
  /** The currency of a number that is typed without one. */
  currency: Currency;
  /** What the customer pays, where discount or tax make it another sum. */
  due: Money | null;
  /** Null: not said yet. */
  client: { name: string | null } | null;
  choices: readonly Choice[];
  /** True when the keypad opens by itself: the amount was badly heard, or not understood twice. */
  keypad: boolean;
}

export interface LineView {
  product: string;
  quantity: number;
  unitPrice: Money;
  total: Money;
  /** The words that leave it out. */
  removal: string;
  /** Whether its product names no other line: words that change it would change the first of two. */
  isNamedAlone: boolean;
}

export const emptyDialogueView: DialogueView = { open: null, kept: null, shown: null, logo: '' };

/** `region` is where the shop is: its usual tax rates are offered. */
export function viewOf(
  { open, kept, shown }: DialogueState,
  shop: ShopProfile,
  region: Config['region'],
): DialogueView {
  return {
    open: open && viewOpen(open, shop, region),
    kept: kept && describeWanted(kept),
    shown,
    logo: shop.logo,
  };
}

function viewOpen(open: OpenDialogue, shop: ShopProfile, region: Config['region']): OpenView {
  const { wanted, question, candidates, misses, unpriced } = open;
  const [first] = unpriced;
  const doubtful = candidates.length === 1 ? (candidates[0] ?? null) : null;
  const amount = subtotalOf(wanted);
  return {
    question,
    kind: wanted.kind,
    amount: question === 'check-amount' ? doubtful : amount,
    lines: viewLines(wanted),
    unpriced: question === 'price' && first ? `${first.quantity.toLocaleString('fr')} ${first.product}` : null,
    terms: viewTerms(wanted, shop),
    termChoices: termChoicesOf(open, shop, region),
    heard: doubtful ?? wanted.amount,
    takesLines: wanted.madeFrom === null,
    currency: doubtful?.currency ?? currencyOf(wanted) ?? homeCurrency(shop),
    due: totalDue(wanted, shop),
    client: wanted.client,
    choices: choicesOf(open),
    keypad: doubtful !== null || (keypadQuestions.has(question) && misses >= 2),
  };
}

const keypadQuestions: ReadonlySet<Question> = new Set(['amount', 'which-amount', 'price'] as const);

function viewLines({ lines, currency }: Wanted): LineView[] {
  if (currency === null) return [];
  const money = (minor: number): Money => ({ value: fromMinor(minor, currency), currency });
  return lines.map((line, index) => ({
    product: line.product,
    quantity: line.quantity,
    unitPrice: money(line.unitPrice),
    total: money(lineTotal(line)),
    removal: `enlève la ligne ${index + 1}`,
    isNamedAlone: lines.filter(({ product }) => isSameProduct(product, line.product)).length === 1,
  }));
}

const cancel: Choice = { label: 'Annuler', says: 'annule' };

function choicesOf({ question, candidates, wanted }: OpenDialogue): readonly Choice[] {
  switch (question) {
    case 'amount':
      return [cancel];
    case 'which-amount':
      return [...candidates.map(chooseCandidate), cancel];
    case 'check-amount':
      return [{ label: 'Oui', says: 'oui', main: true }, { label: 'Non', says: 'non' }, cancel];
    case 'price':
      return candidates.length === 1
        ? [{ label: 'Oui', says: 'oui', main: true }, { label: 'Non', says: 'non' }, cancel]
        : [...candidates.map(chooseCandidate), cancel];
    case 'lines':
      return [{ label: 'C’est tout', says: 'c’est tout', main: true }, cancel];
    case 'client':
      return [{ label: 'Sans nom', says: 'sans nom' }, cancel];
    case 'confirm':
      return [{ label: 'Oui', says: 'oui', main: true }, { label: 'Corriger', says: 'corriger' }, cancel];
    case 'change':
      return [changeable(wanted), { label: 'Le client', says: 'le client' }, cancel];
    case 'resume':
      return [
        { label: 'Oui', says: 'oui', main: true },
        { label: 'Non', says: 'non' },
      ];
  }
}

function changeable({ lines }: Wanted): Choice {
  return lines.length > 0
    ? { label: 'Les articles', says: 'les articles' }
    : { label: 'Le montant', says: 'le montant' };
}

function chooseCandidate({ value, currency }: Money): Choice {
  return { label: writeAmount(value, currency), says: `${value.toString().replace('.', ',')} ${currency}` };
}
