/** What is written of a document that a dialogue ends with; sums in minor units. */
export interface ExpectedDocument {
  kind: 'invoice' | 'quote' | 'receipt';
  amount: number;
  currency: string;
  client: string | null;
}

export interface WholeDialogue {
  name: string;
  /** What the clerk says, one utterance a turn. */
  said: string[];
  /** Null: nothing may be issued. */
  ends: ExpectedDocument | null;
}

/** The five that must work spoken as well as typed. The trial recogniser is not sure of a name that stands alone. */
export const wholeDialogues: readonly WholeDialogue[] = [
  {
    name: 'question by question',
    said: ['créer une facture', 'deux cent cinquante dollars', 'pour Marie', 'oui'],
    ends: { kind: 'invoice', amount: 25_000, currency: 'USD', client: 'Marie' },
  },
  {
    name: 'all at once',
    said: ['facture de cent vingt euros pour Madame Mbuyi', 'oui c’est ça'],
    ends: { kind: 'invoice', amount: 12_000, currency: 'EUR', client: 'Mbuyi' },
  },
  {
    name: 'the client first',
    said: ['une facture pour Joseph', 'cinquante mille francs', 'oui'],
    ends: { kind: 'invoice', amount: 5_000_000, currency: 'CDF', client: 'Joseph' },
  },
  {
    name: 'two answers at a time',
    said: ['je voudrais une facture', 'trente dollars pour Joseph', 'c’est exact'],
    ends: { kind: 'invoice', amount: 3000, currency: 'USD', client: 'Joseph' },
  },
  {
    name: 'nobody named',
    said: ['facture de quarante-cinq dollars', 'sans nom', 'oui'],
    ends: { kind: 'invoice', amount: 4500, currency: 'USD', client: null },
  },
];

/** The same with corrections, a cancel, and a wrong first hearing. */
export const correctedDialogues: readonly WholeDialogue[] = [
  {
    name: 'the amount corrected',
    said: ['créer une facture', 'deux cents dollars', 'pour Marie', 'non, trois cents', 'oui'],
    ends: { kind: 'invoice', amount: 30_000, currency: 'USD', client: 'Marie' },
  },
  {
    name: 'the client corrected',
    said: ['facture de cent vingt euros pour Joseph', 'non, pour Marie', 'oui'],
    ends: { kind: 'invoice', amount: 12_000, currency: 'EUR', client: 'Marie' },
  },
  { name: 'cancelled', said: ['facture de quarante-cinq dollars', 'laisse tomber', 'oui'], ends: null },
  {
    name: 'a wrong first hearing',
    said: ['créer une facture', 'le chat dort sur le canapé', 'soixante dollars', 'pour Joseph', 'oui'],
    ends: { kind: 'invoice', amount: 6000, currency: 'USD', client: 'Joseph' },
  },
  {
    name: 'heard two ways',
    said: ['créer une facture', 'mille cinq dollars', 'mille cinq cents', 'pour Joseph', 'oui'],
    ends: { kind: 'invoice', amount: 150_000, currency: 'USD', client: 'Joseph' },
  },
  {
    name: 'started over',
    said: ['facture de vingt dollars pour Joseph', 'recommence', 'trente dollars', 'pour Marie', 'oui'],
    ends: { kind: 'invoice', amount: 3000, currency: 'USD', client: 'Marie' },
  },
];

/** The file of `e2e/audio` in which one of these utterances is spoken. */
export function dialogueRecording(text: string): string {
  const letters = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-');
  return `dialogue-${letters}.wav`;
}

/** Every utterance of the dialogues, once. */
export function dialogueTexts(): string[] {
  return [...new Set([...wholeDialogues, ...correctedDialogues].flatMap(({ said }) => said))];
}
