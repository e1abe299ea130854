import { fromMinor } from '../../documents/money.ts';
import { isCurrencyWord } from '../french/currencies.ts';
import { asSaid } from '../french/fold.ts';
import { readNumber } from '../french/numbers.ts';
import { type LineReading, skip } from '../nlu/line.ts';
import { phraseSet } from '../nlu/phrase-book.ts';
import { coreOf, type FoldedUtterance } from '../nlu/utterance.ts';
import type { Wanted } from './state.ts';
import { lineNamed } from './wanted.ts';

/** A line is to be left out, or made fewer: its place, -1 where there is none such, and what it was called. */
export interface Removal {
  at: number;
  said: string;
  /** How many fewer; null for all of them. */
  count: number | null;
}

const removes = phraseSet(
  `
    enleve|enlevez|enlever|retire|retirez|retirer|supprime|supprimez|supprimer|efface|effacez|effacer|ote|otez|oter|annule|
    annulez|annuler|enleve moi|retire moi|pas de|sans|il ne prend pas|elle ne prend pas
  `,
);
const removedLast = phraseSet(
  `
    la derniere ligne|le dernier article|la derniere|le dernier|le dernier produit|la ligne|l article|la derniere chose
  `,
);
const removedArticles = phraseSet('le|la|les|l|un|une|des|du|de la|de l|de|d|son|sa|ses');
const firsts = ['premiere', 'deuxieme', 'troisieme', 'quatrieme', 'cinquieme'] as const;
const numberedLine = phraseSet('la ligne|ligne|l article|article|la ligne numero|ligne numero|le numero');

const beforeFewer = phraseSet(
  `
    non|finalement|en fait|plutot|et|alors|donc|mets|mettez|mets moi|mettez moi|on met|il y a|y a|avec|il prend|elle prend|
    il veut|elle veut|je veux|c est|ce sera|pardon|desole|il en veut|fais|faites
  `,
);
const beforeMore = phraseSet(
  'non|finalement|en fait|et|alors|donc|mets|mettez|mets en|mettez en|mets moi|mettez moi|donne m en|ajoute|ajoutez|ajoute en|pardon|il en veut|elle en veut',
);
const fewer = phraseSet('de moins|en moins|de trop|en trop');
const less = phraseSet('moins');

/** "un savon de moins", "deux savons en trop", "moins un pain". */
function readFewer({ text, tokens }: FoldedUtterance, { lines }: Wanted): Removal | null {
  const core = coreOf(tokens);
  const start = skip(beforeFewer, tokens, core);
  const sign = less.read(tokens, start, core.end);
  const number = readNumber(tokens, sign?.end ?? start);
  if (number === null || number.value <= 0) return null;
  const from = removedArticles.read(tokens, number.end, core.end)?.end ?? number.end;
  const end = sign === null ? core.end - 2 : core.end;
  if (sign === null && fewer.read(tokens, end)?.end !== core.end) return null;
  const said = asSaid(text, tokens, from, end);
  const only = said === '' && lines.length === 1;
  const at = only ? 0 : lineNamed(lines, said);
  const isMoney = /^(%|pour|pourcents?)$/.test(tokens[from]?.text ?? '') || isCurrencyWord(tokens[from]?.text ?? '');
  return at < 0 && (sign !== null || said === '' || isMoney) ? null : { at, said, count: number.value };
}

/**
 * "enlève le savon", "retire la dernière ligne", "supprime la ligne deux", "un savon de moins". Null for words that leave no line out.
 */
export function readRemoval(utterance: FoldedUtterance, wanted: Wanted): Removal | null {
  return wanted.lines.length === 0 ? null : (readFewer(utterance, wanted) ?? readLeftOut(utterance, wanted));
}

/** Which line is meant by its place: "la ligne deux", "la dernière ligne", "la première". Null where a name was said. */
function placeSaid(tokens: FoldedUtterance['tokens'], start: number, end: number, lines: number): number | null {
  const within = (place: number): number => (place < lines ? place : -1);
  const numbered = numberedLine.read(tokens, start, end);
  const place = numbered && readNumber(tokens, numbered.end);
  if (place?.end === end) return within(place.value - 1);
  if (removedLast.read(tokens, start, end)?.end === end) return lines - 1;
  const ordinal = /^(?:la|le) ([a-z]+?)(?:s|e)? (?:ligne|article)$/.exec(words(tokens, start, end))?.[1];
  const nth = ordinal === undefined ? -1 : firsts.findIndex((first) => first.startsWith(ordinal));
  return nth < 0 ? null : within(nth);
}

function readLeftOut({ text, tokens }: FoldedUtterance, { lines }: Wanted): Removal | null {
  const core = coreOf(tokens);
  const first = tokens[core.start]?.text === 'non' ? core.start + 1 : core.start;
  const verb = removes.read(tokens, first, core.end);
  if (verb === null || verb.end >= core.end) return null;
  const said = asSaid(text, tokens, verb.end, core.end);
  const place = placeSaid(tokens, verb.end, core.end, lines.length);
  if (place !== null) return { at: place, said, count: null };
  const named = removedArticles.read(tokens, verb.end, core.end)?.end ?? verb.end;
  const count = readNumber(tokens, verb.end);
  const counted = (count ?? readNumber(tokens, named))?.end ?? named;
  const product = removedArticles.read(tokens, counted, core.end)?.end ?? counted;
  const at = lineNamed(lines, asSaid(text, tokens, product < core.end ? product : named, core.end));
  const isCancel = /^(annul|pas|sans|efface|supprim)/.test(tokens[first]?.text ?? '');
  return at < 0 && isCancel ? null : { at, said, count: count?.value ?? null };
}

const again = phraseSet(
  'encore|mets en encore|mettez en encore|ajoute en encore|remets en|remettez en|rajoute en|rajoutez en',
);
const more = phraseSet('de plus|en plus|encore|autre|autres');

/** "un de plus", "encore deux", "un autre": more of the last line, whose name is not said again. Null for other words. */
export function readMore({ tokens }: FoldedUtterance, { lines, currency }: Wanted): LineReading | null {
  const last = lines.at(-1);
  const core = coreOf(tokens);
  const start = skip(beforeMore, tokens, core);
  const announced = again.read(tokens, start, core.end);
  const count = readNumber(tokens, announced?.end ?? start);
  if (last === undefined || currency === null || count === null || count.value <= 0) return null;
  const end = more.read(tokens, count.end, core.end)?.end ?? count.end;
  const saysMore = announced !== null || end > count.end;
  if (!saysMore || end !== core.end) return null;
  const unitPrice = fromMinor(last.unitPrice, currency);
  return { quantity: count.value, product: last.product, unitPrice, currency, isCounted: true, isAdded: true };
}

const words = (tokens: FoldedUtterance['tokens'], start: number, end: number): string =>
  tokens
    .slice(start, end)
    .map(({ text }) => text)
    .join(' ');

const enough = phraseSet(
  `
    c est tout|ce sera tout|c est bon|voila|c est fini|fini|termine|rien d autre|plus rien|stop la|ca suffit comme ca|
    c est termine|et voila|rien
  `,
);

/** Whether no more lines are to come. */
export function saysEnough({ tokens }: FoldedUtterance): boolean {
  return enough.read(tokens, 0)?.end === tokens.length;
}
