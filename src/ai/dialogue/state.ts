import type { Config } from '../../config.ts';
import type { Sales } from '../../documents/sales.ts';
import type { Discount, DocumentLine, IssuedDocument, PaymentMeans } from '../../schema/documents.ts';
import type { Currency, Period, PrintTemplate, Understanding } from '../../schema.ts';
import type { SaidTerms } from '../nlu/slots/terms.ts';

export interface Money {
  /** As said: 12.5, not minor units. */
  value: number;
  currency: Currency;
}

/** The documents that a dialogue makes. */
export type WantedKind = 'invoice' | 'quote' | 'receipt';

/** What the clerk wants made, as far as it is known. */
export interface Wanted {
  /** The id of the draft, and later of the document. */
  id: string;
  kind: WantedKind;
  /** Epoch, milliseconds. */
  createdAt: number;
  /** A single amount; null where there are lines. */
  amount: Money | null;
  /** What is sold, at prices in minor units of `currency`, which is known once there is a line. */
  lines: readonly DocumentLine[];
  /** Said before or without its amount: "en dollars". */
  currency: Currency | null;
  /** Null: not asked yet. A null name: nobody, a customer at the counter. */
  client: { name: string | null } | null;
  /** What was said of discount, tax and payment; for the rest the shop's own terms hold. */
  terms: SaidTerms;
  /** The document that a receipt is for. */
  madeFrom: IssuedDocument | null;
}

/** What was asked, which is what the next words are taken to answer. */
export type Question =
  | 'amount'
  /** Two readings of what was heard. */
  | 'which-amount'
  /** One reading of what was badly heard. */
  | 'check-amount'
  /** What one of the first unpriced line costs. */
  | 'price'
  /** What is to be sold or left out. */
  | 'lines'
  | 'client'
  | 'confirm'
  | 'change'
  /** Whether a document left unfinished is taken up again. */
  | 'resume';

/** A line whose price is not known yet. */
export interface UnpricedLine {
  product: string;
  quantity: number;
  /** Besides one of the same product that there is. */
  isAdded: boolean;
}

export interface OpenDialogue {
  wanted: Wanted;
  question: Question;
  /** The amounts between which the question is. */
  candidates: readonly Money[];
  /** Lines that wait for their price, which is asked of the first. */
  unpriced: readonly UnpricedLine[];
  /** How often in a row nothing was made of the answer. */
  misses: number;
  /** When it was last spoken of: epoch, milliseconds. */
  touchedAt: number;
}

/** All that the assistant remembers from one turn to the next. Plain data: it can be kept and compared. */
export interface DialogueState {
  open: OpenDialogue | null;
  /** Left unfinished, to be taken up again. */
  kept: Wanted | null;
  /** What was said last, for who asks to hear it again. */
  lastAnswer: string | null;
  /** What was issued last or looked for, shown on the screen until something else is spoken of. */
  shown: IssuedDocument | null;
}

export const freshDialogue: DialogueState = { open: null, kept: null, lastAnswer: null, shown: null };

/** What was heard or typed. */
export interface Heard {
  text: string;
  understanding: Understanding;
  /** Mean log-probability of the transcript's tokens; null for typed text. */
  confidence: number | null;
}

/** What the shop adds to an amount that was said, and takes off. */
export interface Terms {
  discount: Discount | null;
  taxRate: number;
  payment: PaymentMeans | null;
}

/** What the dialogue may depend on besides what was said. */
export interface DialogueContext extends Pick<Config, 'region' | 'franc' | 'cfa'> {
  /** Epoch, milliseconds. */
  now: number;
  /** The currency of a bare number. */
  home: Currency;
  /** After this long without a word a dialogue is over; its draft is kept. */
  idleMs: number;
  /** A transcript under this confidence is asked about before its amount is believed. */
  doubtBelow: number;
  terms: Terms;
  newId: () => string;
}

/** What is done besides answering; none of it is waited for. */
export type Effect = { type: 'keep-draft'; wanted: Wanted } | { type: 'drop-draft'; id: string };

/** What must be known or done before there is an answer: `settle` takes its outcome. */
export type Request =
  | { type: 'issue'; wanted: Wanted }
  /** Null: in every currency. */
  | { type: 'sales'; period: Period; currency: Currency | null }
  | { type: 'find-document'; template: PrintTemplate; which: number | 'last' };

/** What became of a request. */
export type Outcome =
  | { type: 'issued'; document: IssuedDocument }
  | { type: 'sales'; period: Period; currency: Currency | null; sales: Sales }
  /** `invoice` is the last one, which a receipt may be made for. */
  | { type: 'found'; template: PrintTemplate; document: IssuedDocument | null; invoice: IssuedDocument | null };

export interface Step {
  state: DialogueState;
  /** What was meant, given what was asked. */
  understanding: Understanding;
  /** Null while `request` waits to be settled: nothing is changed before it is. */
  answer: string | null;
  request: Request | null;
  effects: readonly Effect[];
}
