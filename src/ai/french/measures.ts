import type { Currency } from '../../schema.ts';
import { sayAmount } from './amounts.ts';
import { type Region, sayNumber } from './say-number.ts';
import { writtenNumber, writtenValue } from './written-number.ts';

interface Unit {
  one: string;
  many: string;
  feminine?: boolean;
}
const regular = (one: string): Unit => ({ one, many: `${one}s` });
const feminine = (one: string): Unit => ({ one, many: `${one}s`, feminine: true });
const invariable = (words: string): Unit => ({ one: words, many: words });

const units = new Map<string, Unit>([
  ['km/h', { one: 'kilomètre par heure', many: 'kilomètres par heure' }],
  ['Mo/s', { one: 'méga par seconde', many: 'mégas par seconde' }],
  ['Mb/s', { one: 'mégabit par seconde', many: 'mégabits par seconde' }],
  ['m²', { one: 'mètre carré', many: 'mètres carrés' }],
  ['m2', { one: 'mètre carré', many: 'mètres carrés' }],
  ['m³', { one: 'mètre cube', many: 'mètres cubes' }],
  ['m3', { one: 'mètre cube', many: 'mètres cubes' }],
  ['cm²', { one: 'centimètre carré', many: 'centimètres carrés' }],
  ['cm³', { one: 'centimètre cube', many: 'centimètres cubes' }],
  ['kWh', regular('kilowattheure')],
  ['kW', regular('kilowatt')],
  ['°C', { one: 'degré', many: 'degrés' }],
  ['°', { one: 'degré', many: 'degrés' }],
  ['%', invariable('pour cent')],
  ['‰', invariable('pour mille')],
  ['kg', regular('kilo')],
  ['mg', regular('milligramme')],
  ['gr', regular('gramme')],
  ['g', regular('gramme')],
  ['t', feminine('tonne')],
  ['km', regular('kilomètre')],
  ['cm', regular('centimètre')],
  ['mm', regular('millimètre')],
  ['m', regular('mètre')],
  ['cl', regular('centilitre')],
  ['ml', regular('millilitre')],
  ['mL', regular('millilitre')],
  ['l', regular('litre')],
  ['L', regular('litre')],
  ['To', regular('téra')],
  ['Go', regular('giga')],
  ['Mo', regular('méga')],
  ['Ko', regular('kilo-octet')],
  ['ko', regular('kilo-octet')],
  ['GB', regular('giga')],
  ['MB', regular('méga')],
  ['GHz', invariable('gigahertz')],
  ['MHz', invariable('mégahertz')],
  ['Hz', invariable('hertz')],
  ['W', regular('watt')],
  ['min', feminine('minute')],
  ['mn', feminine('minute')],
  ['s', feminine('seconde')],
  ['j', regular('jour')],
  ['pcs', feminine('pièce')],
  ['px', regular('pixel')],
]);
const unitPattern = [...units.keys()].sort((a, b) => b.length - a.length).join('|');
const notInWord = String.raw`(?![\p{L}\d'’²³])`;
const measure = new RegExp(`(${writtenNumber}) ?(${unitPattern})${notInWord}`, 'gu');

/** Feminine nouns that a shop counts, so that 1 and 21 become "une" and "vingt et une" before them. */
const feminineNouns = new Set(
  (
    'facture copie page étiquette feuille ramette boîte boite cartouche enveloppe pièce livre douzaine bouteille ' +
    'personne heure minute seconde journée semaine année commande livraison ligne unité imprimante photo carte clé ' +
    'tonne caisse palette paire tasse photocopie impression question réponse vente'
  ).split(' '),
);
/** Whether a counted noun is feminine, as far as a shop's words go. */
export const isFeminine = (noun: string) => feminineNouns.has(noun.toLowerCase().replace(/s$/, ''));

/** Quantities with a unit: "2,5 kg" → "deux virgule cinq kilos", "20 %" → "vingt pour cent". */
export function speakMeasures(text: string, region: Region): string {
  return text.replace(measure, (match, digits: string, symbol: string) => {
    const unit = units.get(symbol);
    const value = writtenValue(digits);
    if (unit === undefined || value === null) return match;
    return `${sayNumber(value, region, { feminine: unit.feminine === true })} ${value < 2 ? unit.one : unit.many}`;
  });
}

const signs = new Map<string, Currency>([
  ['US$', 'USD'],
  ['$US', 'USD'],
  ['$', 'USD'],
  ['USD', 'USD'],
  ['€', 'EUR'],
  ['EUR', 'EUR'],
  ['FCFA', 'XOF'],
  ['F CFA', 'XOF'],
  ['XOF', 'XOF'],
  ['XAF', 'XAF'],
  ['FC', 'CDF'],
  ['F.C.', 'CDF'],
  ['Fc', 'CDF'],
  ['CDF', 'CDF'],
  ['CHF', 'CHF'],
]);
const signPattern = [...signs.keys()].map((sign) => sign.replace(/[.$]/g, '\\$&')).join('|');
const notAfterWord = String.raw`(?<![\p{L}\d])`;
const per = String.raw`(?: ?/ ?(kg|km|m²|cl|ml|[glmhj]|\p{L}{2,})${notInWord})?`;
const coinsAfterSign = new RegExp(`${notAfterWord}(\\d+) ?([€$])(\\d{2})(?!\\d|[.,]\\d)`, 'gu');
const numberThenSign = new RegExp(`(${writtenNumber}) ?(${signPattern})(?![\\p{L}\\d])${per}`, 'gu');
const signThenNumber = new RegExp(`${notAfterWord}(${signPattern}) ?(${writtenNumber})${per}`, 'gu');
const francLetter = /(?<=\d) ?F(?![\p{L}\d'’-]|\.\p{L})/gu;
const decimalsThenWord = new RegExp(
  `(${writtenNumber}) (euros?|dollars?|francs?)(?!\\p{L})( (?:américains?|congolais|suisses?|CFA)(?!\\p{L}))?`,
  'giu',
);

/** A currency word as it was written around a price with centimes: "12,50 francs" → "douze francs cinquante". */
function sayPriceInWords(value: number, noun: string, kind: string, region: Region): string | null {
  const centimes = Math.round((value % 1) * 100);
  if (centimes === 0 || !/^\d+\.\d{1,2}$/.test(String(value)) || value < 1) return null;
  return `${sayNumber(Math.floor(value), region)} ${noun}${kind} ${sayNumber(centimes, region)}`;
}

/** "/kg", "/mois" after a price: "par kilo", "par mois". */
function sayPer(unit: string | undefined): string {
  if (unit === undefined) return '';
  return ` par ${unit === 'h' ? 'heure' : (units.get(unit)?.one ?? unit)}`;
}

/** Prices: "3,99 €", "$45", "1.200.000 FC", "42,50 euros", "12 €/kg". */
export function speakPrices(text: string, region: Region): string {
  const price = (match: string, digits: string, sign: string, unit?: string) => {
    const value = writtenValue(digits);
    const currency = signs.get(sign);
    if (value === null || currency === undefined) return match;
    return `${sayAmount(value, currency, region)}${sayPer(unit)}`;
  };
  return text
    .replace(coinsAfterSign, (match, whole: string, sign: string, coins: string) =>
      price(match, `${whole},${coins}`, sign),
    )
    .replace(numberThenSign, (match, digits: string, sign: string, unit?: string) => price(match, digits, sign, unit))
    .replace(signThenNumber, (match, sign: string, digits: string, unit?: string) => price(match, digits, sign, unit))
    .replace(francLetter, ' francs')
    .replace(decimalsThenWord, (match, digits: string, noun: string, kind = '') => {
      const value = writtenValue(digits);
      return value === null ? match : (sayPriceInWords(value, noun, kind, region) ?? match);
    });
}
