import { romanToDigits, speakAbbreviations } from './abbreviations.ts';
import { speakAddresses, speakCodes, speakPhones } from './codes.ts';
import { speakDates } from './dates.ts';
import { speakHours } from './hours.ts';
import { isFeminine, speakMeasures, speakPrices } from './measures.ts';
import { type Region, sayOrdinal } from './say-number.ts';
import { sayWritten, writtenNumber } from './written-number.ts';

/** Spaces and stops as one writes them; stops with no word before them go. */
function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/(?<=[(«“]) | (?=[)»”])/g, '')
    .replace(/\(\)|«»|“”/g, '')
    .replace(/\s+(?=[.,;:!?…])/g, '')
    .replace(/,+(?=[.,;:!?…])/g, '')
    .replace(/^(?:[\s.,;:!?…]|[-–—](?=[\s\-–—]|$))+/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

const markdownLink = /!?\[([^\]\n]*)\]\([^)\s]*\)/g;
const tag = /<\/?[a-z][^<>]*>/gi;
const entity: [RegExp, string][] = [
  [/&nbsp;/g, ' '],
  [/&amp;/g, '&'],
  [/&(?:lt|gt|quot|#\d+);/g, ' '],
];
const lineMarks = /^[ \t]*(?:#{1,6} |>+ ?|[-*+•–] )/gm;
const emphasis = /\*\*|__|`+|~~|(?<![\p{L}\d])[*_](?=\S)|(?<=\S)[*_](?![\p{L}\d])/gu;
const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\ufe0f|\u200d|\u20e3/gu;

/** What no rule below reads: neither a letter, a figure, a stop nor a sign that has words. */
const unspeakable = /[^\p{L}\p{M}\d\s.,;:!?…'’‘ʼ"«»“”()\-–—‐‑\u00ad\u200b\u200c\ufeff€$%‰°º²³½¼¾№&+=@×~≈/_*#−]/gu;

/** One space between words, no markup, no emoji; the end of a line without a stop ends a sentence. */
function clean(text: string): string {
  let cleaned = text.normalize('NFC').replace(markdownLink, '$1').replace(tag, ' ');
  for (const [pattern, replacement] of entity) cleaned = cleaned.replace(pattern, replacement);
  cleaned = cleaned
    .replace(lineMarks, '')
    .replace(emphasis, '')
    .replace(emoji, ' ')
    .replace(unspeakable, ' ')
    .replace(/[’‘ʼ]/g, "'")
    .replace(/[\u00ad\u200b\u200c\ufeff]/g, '')
    .replace(/[‐‑]/g, '-')
    .replace(/\s*\n\s*/g, '\n')
    .trim()
    .replace(/(?<=[.,;:!?…])\n/g, ' ')
    .replace(/\n/g, '. ');
  return tidy(cleaned);
}

const minus = /(?<=^|[\s(])[-−–](?=\d)/g;
const range = /(?<=\d) ?[-–] ?(?=\d)/g;
const between = /(?<=\d) ?[x×] ?(?=\d)/g;
const fraction = /(?<=\d) ?\/ ?(?=\d)/g;
const timesPrice = /(?<=\d) ?[x×] ?(?=\d+(?:[.,]\d{1,2})? ?(?:[€$]|FC|euros?|dollars?|francs?))/gi;
const ordinal = /(?<![\p{L}\d])(\d{1,6})(er|[eè]?re|i?[eè]me|nde?|e)(s?)(?!\p{L})/gu;
const feminineEnding = /^(?:[eè]?re|nde)$/;

/** The signs between numbers, as words: ranges, sizes, what is below zero. */
function speakOperators(text: string): string {
  return text
    .replace(minus, 'moins ')
    .replace(range, ' à ')
    .replace(timesPrice, ' fois ')
    .replace(between, ' par ')
    .replace(fraction, ' sur ');
}

function speakOrdinals(text: string, region: Region): string {
  return text.replace(ordinal, (match, digits: string, ending: string, plural: string) => {
    const value = Number(digits);
    return value === 0 ? match : sayOrdinal(value, region, { feminine: feminineEnding.test(ending) }) + plural;
  });
}

const versionNumber = /(?<![\d\p{L}])\d+(?:\.\d+){2,}(?!\d)/gu;
const isGrouped = /^\d{1,3}(?:\.\d{3})+$/;
const number = new RegExp(`${writtenNumber}(?=(?: (\\p{L}+))?)`, 'gu');

/** Every number that is left, in words; "une" before the feminine nouns that a shop counts. */
function speakNumbers(text: string, region: Region): string {
  return text
    .replace(versionNumber, (match) => (isGrouped.test(match) ? match : match.replaceAll('.', ' point ')))
    .replace(number, (digits, noun = '') => sayWritten(digits, region, { feminine: isFeminine(noun) }))
    .replace(/\d+/g, (digits) => ` ${sayWritten(digits, region)} `);
}

const signWords: [RegExp, string][] = [
  [/(?<![\p{L}\d])(?:n[°º]|№)(s?)(?!\p{L})/giu, ' numéro$1 '],
  [/½/g, ' un demi '],
  [/¼/g, ' un quart '],
  [/¾/g, ' trois quarts '],
  [/€/g, ' euros '],
  [/\$/g, ' dollars '],
  [/%/g, ' pour cent '],
  [/°/g, ' degrés '],
  [/&/g, ' et '],
  [/\+/g, ' plus '],
  [/=/g, ' égale '],
  [/@/g, ' arobase '],
  [/×/g, ' fois '],
  [/[~≈]/g, ' environ '],
  [/et\/ou/g, 'et ou'],
];

/** The signs that are read as words; every other one is dropped, the punctuation of sentences kept. */
function speakSigns(text: string): string {
  let spoken = text;
  for (const [pattern, words] of signWords) spoken = spoken.replace(pattern, words);
  return tidy(spoken.replace(/[^\p{L}\p{M}\d\s.,;:!?…'"«»“”()\-–—]/gu, ' '));
}

/** Where a name and its number touch: "A4", "305XL", "Covid-19". */
const letterMeetsDigit = /(?<=\p{L})-?(?=\d)|(?<=\d)-?(?=\p{L})/gu;

/**
 * A text as plain words for a phonemiser: numbers, prices, dates, hours, phones, units and abbreviations spelled out as
 * one says them in `region`; markup and emoji dropped; sentence punctuation kept. Idempotent. Never throws.
 */
export function speakable(text: string, region: Region): string {
  let spoken = clean(text);
  spoken = speakAddresses(spoken);
  spoken = speakCodes(spoken, region);
  spoken = speakPhones(spoken, region);
  spoken = speakDates(spoken, region);
  spoken = speakHours(spoken, region);
  spoken = speakOperators(spoken);
  spoken = speakPrices(spoken, region);
  spoken = speakMeasures(spoken, region);
  spoken = speakOrdinals(spoken, region);
  spoken = speakSigns(spoken.replace(letterMeetsDigit, ' '));
  spoken = speakAbbreviations(spoken);
  spoken = romanToDigits(spoken);
  spoken = speakNumbers(spoken, region);
  return tidy(spoken);
}
