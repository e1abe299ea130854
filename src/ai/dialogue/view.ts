import { homeCurrency } from '../../documents/shop-profile.ts';
import type { IssuedDocument, ShopProfile } from '../../schema/documents.ts';
import type { Currency } from '../../schema.ts';
import { writeAmount } from '../intents/amount-text.ts';
import { describeWanted, totalDue } from './say.ts';
import type { DialogueState, Money, OpenDialogue, Question, WantedKind } from './state.ts';

/** Something that can be tapped instead of said: what it is called, and the words that stand for it. */
export interface Choice {
  label: string;
  says: string;
  /** The one that goes on. */
  main?: boolean;
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
  /** Stands alone, huge. */
  amount: Money | null;
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

export const emptyDialogueView: DialogueView = { open: null, kept: null, shown: null, logo: '' };

export function viewOf({ open, kept, shown }: DialogueState, shop: ShopProfile): DialogueView {
  return { open: open && viewOpen(open, shop), kept: kept && describeWanted(kept), shown, logo: shop.logo };
}

function viewOpen(open: OpenDialogue, shop: ShopProfile): OpenView {
  const { wanted, question, candidates, misses } = open;
  const doubtful = question === 'check-amount' ? (candidates[0] ?? null) : null;
  return {
    question,
    kind: wanted.kind,
    amount: doubtful ?? wanted.amount,
    currency: (doubtful ?? wanted.amount)?.currency ?? wanted.currency ?? homeCurrency(shop),
    due: totalDue(wanted, shop),
    client: wanted.client,
    choices: choicesOf(open),
    keypad:
      question === 'check-amount' ||
      (question === 'amount' && misses >= 2) ||
      (question === 'which-amount' && misses >= 2),
  };
}

const cancel: Choice = { label: 'Annuler', says: 'annule' };

function choicesOf({ question, candidates }: OpenDialogue): readonly Choice[] {
  switch (question) {
    case 'amount':
      return [cancel];
    case 'which-amount':
      return [...candidates.map(chooseCandidate), cancel];
    case 'check-amount':
      return [{ label: 'Oui', says: 'oui', main: true }, { label: 'Non', says: 'non' }, cancel];
    case 'client':
      return [{ label: 'Sans nom', says: 'sans nom' }, cancel];
    case 'confirm':
      return [{ label: 'Oui', says: 'oui', main: true }, { label: 'Corriger', says: 'corriger' }, cancel];
    case 'change':
      return [{ label: 'Le montant', says: 'le montant' }, { label: 'Le client', says: 'le client' }, cancel];
    case 'resume':
      return [
        { label: 'Oui', says: 'oui', main: true },
        { label: 'Non', says: 'non' },
      ];
  }
}

function chooseCandidate({ value, currency }: Money): Choice {
  return { label: writeAmount(value, currency), says: `${value.toString().replace('.', ',')} ${currency}` };
}
