import { isCurrencyWord } from './currencies.ts';
import type { Token } from './fold.ts';
import type { NumberReading } from './numbers.ts';

type Tokens = readonly Token[];
const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** A number after these says which one, not how much: "numéro 12", "page 3", "les Deux Frères". */
const placesBefore = words(
  'numero numeros num no n page article chapitre chambre table caisse ligne taille pointure etage les aux des',
);
/** A number of this century after these is a year: "en 2026". */
const yearsBefore = words('en depuis annee an');
/** A number up to 31 after these is a day: "le 12", "lundi 12". */
const daysBefore = words('le du au ce lundi mardi mercredi jeudi vendredi samedi dimanche');
/** Measures, and things whose plural s is often not heard. */
const countedAfter = words(`
  % h k kg kilo kilos g gramme grammes cl ml cm mm km metre metres litre litres an ans mois jour jours semaine semaines
  minute minutes seconde secondes heure heures fois copie exemplaire etiquette facture ticket recu devis page feuille
  carton boite paquet sac cahier personne tiers quart quarts
`);
const ordinal =
  /^(un|deux|trois|quatr|cinqu|six|sept|huit|neuv|dix|onz|douz|treiz|quatorz|quinz|seiz|vingt|trent|quarant|cinquant|soixant|septant|huitant|octant|nonant|cent|mill|million)iemes?$/;
/** Words in s or x that no number counts. */
const uncounted = words(`
  alors apres bas chez dans depuis des elles ils jamais les mais merci moins nous pas plus pres puis ses mes sans sous
  balles tous toujours tres vers vous fais vas suis dois veux peux
`);

const wordAt = (tokens: Tokens, index: number) => tokens[index]?.text ?? '';

/** A noun in the plural, which the number before it counts: "trois cahiers". */
function isPluralNoun(token: Token | undefined): boolean {
  if (token === undefined || token.breakBefore || !/^\p{Ll}{3,}[sx]$/u.test(token.said)) return false;
  return !uncounted.has(token.text) && !isCurrencyWord(token.text);
}

/** "une douzaine d’œufs", "un million de personnes". */
function countsGroups(tokens: Tokens, end: number): boolean {
  const isGroup = /(aines?|milliers?|millions?|milliards?)$/.test(wordAt(tokens, end - 1));
  return isGroup && /^de?$/.test(wordAt(tokens, end));
}

/**
 * True for a number that no currency follows and that is no money by the words around it: "trois copies", "la facture
 * numéro 12", "le 12", "vingt et unième", "une douzaine d’œufs".
 */
export function countsSomethingElse(tokens: Tokens, { start, end, value }: NumberReading): boolean {
  const before = wordAt(tokens, start - 1);
  const next = wordAt(tokens, end);
  const isDate = daysBefore.has(before) && value >= 1 && value <= 31;
  const isYear = yearsBefore.has(before) && value >= 1900 && value < 2100;
  if (placesBefore.has(before) || isDate || isYear) return true;
  if (ordinal.test(next === 'et' ? wordAt(tokens, end + 1) : next) || countsGroups(tokens, end)) return true;
  return (!tokens[end]?.breakBefore && countedAfter.has(next)) || isPluralNoun(tokens[end]);
}
