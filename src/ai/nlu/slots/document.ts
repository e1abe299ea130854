import type { PrintTemplate } from '../../../schema.ts';
import type { Token } from '../../french/fold.ts';
import { findNumbers, type NumberReading, readNumber } from '../../french/numbers.ts';
import { PhraseBook, phraseSet, wordSet } from '../phrase-book.ts';

type Tokens = readonly Token[];
interface Found<Value> {
  value: Value;
  start: number;
  end: number;
}

const documentNames = new PhraseBook<PrintTemplate>([
  ['facture|factures|factur|fracture|fractures', 'invoice'],
  [
    `
      recu|recus|resu|recue|recues|re cu|ticket|tickets|tiket|tikets|tiquet|tiquets|ticket de caisse|
      tickets de caisse|ticket caisse|recu de caisse|recu de paiement|quittance|quittances|preuve d achat|
      preuve de paiement
    `,
    'receipt',
  ],
  [
    `
      devis|deviz|devi|devie|de vis|de vie|proforma|proformas|pro forma|facture proforma|facture pro forma|factures proforma|
      factures pro forma
    `,
    'quote',
  ],
  [
    `
      etiquette|etiquettes|etiquete|etiquetes|etiket|etikets|et tiquette|et tiquettes|etiquette de prix|
      etiquettes de prix|etiquette prix|etiquettes prix
    `,
    'label',
  ],
  [
    `
      bon de livraison|bons de livraison|bon de livraisons|bons de livraisons|bon livraison|bons livraison|
      bordereau de livraison|bordereaux de livraison|bordereau livraison|bordereau|bordereaux|note de livraison|bl
    `,
    'delivery_note',
  ],
]);

/** What is printed: the first document that is named. */
export function findTemplate(tokens: Tokens): Found<PrintTemplate> | null {
  return documentNames.find(tokens);
}

const copyNouns = phraseSet(
  'copie|copies|exemplaire|exemplaires|fois|impressions|duplicata|duplicatas|tirage|tirages|pages|feuilles',
);
const multiples = new PhraseBook<number>([
  ['en double|en double exemplaire', 2],
  ['en triple|en triple exemplaire', 3],
  ['en quadruple', 4],
]);
/** Words that may stand between a count and what is counted. */
const adjectives = wordSet(
  'petites petits grandes grands derniers dernieres autres nouvelles nouveaux de d seule seul bonnes',
);

/** A number may count copies when it is whole and not the number of a document. */
function mayCount(tokens: Tokens, { value, start }: NumberReading): boolean {
  return Number.isInteger(value) && value >= 1 && !/^(numero|n)$/.test(tokens[start - 1]?.text ?? '');
}

/** Where the words that a number counts end: documents, copies or times. Null when it counts none. */
function countedEnd(tokens: Tokens, { start, end, article }: NumberReading & { article: boolean }): number | null {
  const isSole = /^seule?$/.test(tokens[end]?.text ?? '');
  const before = tokens[start - 1]?.text ?? '';
  let noun = end;
  while (adjectives.has(tokens[noun]?.text ?? '')) noun += 1;
  const isAgain = article && /^(encore|autre)$/.test(before);
  const copies = isAgain ? null : copyNouns.read(tokens, noun);
  const counted = copies ?? (article && !isSole ? null : documentNames.read(tokens, noun));
  if (counted !== null) return counted.end;
  return !article && noun === tokens.length && before === 'en' ? noun : null;
}

/** How many copies: a count of documents, copies or times. "une facture" counts nothing, "une seule fois" does. */
export function findCopies(tokens: Tokens): Found<number> | null {
  for (const number of findNumbers(tokens)) {
    const end = mayCount(tokens, number) ? countedEnd(tokens, number) : null;
    if (end !== null) return { value: number.value, start: number.start, end };
  }
  return multiples.find(tokens);
}

const lastWords = wordSet('derniere dernieres dernier derniers precedente precedent precedentes');
const timeNouns = wordSet('fois mois semaine annee heure minute jour');
const countedAfter = wordSet(
  'copie copies exemplaire exemplaires fois dollars dollar euros euro francs franc fc fcfa usd eur chf cdf $ € impression impressions',
);

/** Which document: the last one, or the one with this number. */
export function findWhich(tokens: Tokens): Found<'last' | number> | null {
  const last = tokens.findIndex(
    ({ text }, at) =>
      lastWords.has(text) &&
      tokens[at - 1]?.text !== 'avant' &&
      !timeNouns.has(tokens[at + 1]?.text ?? '') &&
      !timeNouns.has(tokens[at - 1]?.text ?? ''),
  );
  if (last >= 0) return { value: 'last', start: last, end: last + 1 };
  for (let at = 0; at < tokens.length; at += 1) {
    const numbered = /^(numero|numeros|num|no|n)$/.test(tokens[at]?.text ?? '');
    const named = documentNames.read(tokens, at);
    const from = numbered ? at + 1 : named?.end;
    const number = from === undefined ? null : readNumber(tokens, from);
    if (number === null || !Number.isInteger(number.value)) continue;
    const isArticle = /^une?$/.test(tokens[number.start]?.text ?? '') && !numbered;
    const countsElse =
      countedAfter.has(tokens[number.end]?.text ?? '') || documentNames.read(tokens, number.end) !== null;
    if (!isArticle && !countsElse) return { value: number.value, start: at, end: number.end };
  }
  return null;
}
