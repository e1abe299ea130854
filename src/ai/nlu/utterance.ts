import { type AmountOptions, type AmountReading, findAmount } from '../french/amounts.ts';
import { type Token, tokenize } from '../french/fold.ts';
import { readList, readWords } from './phrase-book.ts';

/** A clerk's sentence is short; what is longer is cut here, so that no text can keep a worker busy. */
export const longestUtterance = 400;

/** Words that lost their apostrophe, hyphen or letters on the way, and what they stand for. */
const repairs = new Map(
  [
    'cest c est',
    'cetait c etait',
    'jai j ai',
    'jen j en',
    'jaimerais j aimerais',
    'javais j avais',
    'daccord d accord',
    'dac d accord',
    'aujourdhui aujourd hui',
    'aujourdui aujourd hui',
    'quest qu est',
    'quil qu il',
    'quon qu on',
    'sil s il',
    'svp s il vous plait',
    'stp s il te plait',
    'silvousplait s il vous plait',
    'siouplait s il vous plait',
    'nest n est',
    'lheure l heure',
    'laide l aide',
    'daide d aide',
    'lecole l ecole',
    'esque est ce que',
    'eske est ce que',
    'esce est ce',
    'estce est ce',
    'kes qu est ce',
    'keske qu est ce que',
    'kesque qu est ce que',
    'bjr bonjour',
    'bsr bonsoir',
    'slt salut',
    'mr monsieur',
    'mrs messieurs',
    'mme madame',
    'mlle mademoiselle',
    'qd quand',
    'pr pour',
    'ya y a',
    'tas t as',
    'ouvrezvous ouvrez vous',
    'avezvous avez vous',
    'pouvezvous pouvez vous',
    'plais plait',
    'encor encore',
    'dacor d accord',
    'dacord d accord',
    'arete arrete',
    'arette arrete',
    'anule annule',
    'bone bonne',
    'mersi merci',
    'ave avez',
    'kel quel',
    'kelle quelle',
    'conbien combien',
    'kombien combien',
  ].map((line) => {
    const [written = '', ...words] = line.split(' ');
    return [written, words] as const;
  }),
);

/** A text ready for recognition: its tokens, repaired, and the first amount in it, counted in those tokens. */
export interface FoldedUtterance {
  /** The text that the tokens point into; cut when it was too long. */
  text: string;
  tokens: Token[];
  amount: AmountReading | null;
}

function repair(token: Token): Token[] {
  const words = repairs.get(token.text);
  if (words === undefined) return [token];
  return words.map((text, index) =>
    index === 0 ? { ...token, text } : { ...token, text, gap: '', breakBefore: false },
  );
}

/** Folds a text for recognition. Never throws; of a long text only the beginning is read. */
export function foldUtterance(text: string, options?: AmountOptions): FoldedUtterance {
  const read = text.length > longestUtterance ? text.slice(0, longestUtterance) : text;
  const tokens = tokenize(read).flatMap(repair);
  return { text: read, tokens, amount: findAmount(tokens, options) };
}

const leading = phrases(
  `
    mais|bonjour|bonsoir|salut|mbote|bon|alors|donc|ok|okay|d accord|dis|dites|ecoute|ecoutez|s il vous plait|
    s il te plait|la grace|lagrace|excusez moi|excuse moi|pardon|tiens|voila|bien|maintenant|ensuite|et|puis|
    monsieur|madame|mademoiselle|chef|allez|he|eh|eh bien|ben|bah|hein|merci|euh|heu|hum|hmm|ah|oh|bonjour monsieur|
    bonjour madame|dis donc|s il vous|allo|en fait|vite|bonjour la grace|pour commencer|sinon|a propos|attends|
    attendez|regarde|tu sais quoi|hello|allez y|vas y|allons y|c est parti|oui alors
  `,
);
const trailing = phrases(
  `
    s il vous plait|s il te plait|s il vous|merci|merci beaucoup|merci bien|merci d avance|hein|la grace|lagrace|
    monsieur|madame|chef|maintenant|tout de suite|vite|rapidement|alors|donc|euh|heu|ok|je te prie|je vous prie|
    si possible|la|vite fait|s il te|rapido|quand meme|au juste|exactement|deja|un instant|une seconde|d abord|
    ma chere|mon ami|stp|pardon|voila
  `,
);

function phrases(list: string): string[][] {
  return readList(list)
    .map(readWords)
    .sort((a, b) => b.length - a.length);
}

function startsWithPhrase(tokens: readonly Token[], at: number, phrase: readonly string[]): boolean {
  return phrase.every((word, index) => tokens[at + index]?.text === word);
}

/** The tokens `start` to `end` that remain without the politeness and hesitation around them; all of them when nothing would remain. */
export function coreOf(tokens: readonly Token[]): { start: number; end: number } {
  let start = 0;
  let end = tokens.length;
  for (let found = true; found; ) {
    const before = leading.find((phrase) => startsWithPhrase(tokens, start, phrase));
    start += before?.length ?? 0;
    found = before !== undefined && start < end;
  }
  for (let found = true; found; ) {
    const after = trailing.find((phrase) => startsWithPhrase(tokens, end - phrase.length, phrase));
    end -= after?.length ?? 0;
    found = after !== undefined && end > start;
  }
  return end > start ? { start, end } : { start: 0, end: tokens.length };
}
