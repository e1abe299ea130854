import { isCurrencyWord } from './currencies.ts';
import { type Token, tokenize } from './fold.ts';

export { type Region, sayNumber, sayOrdinal } from './say-number.ts';

/** A number found in tokens, from token `start` to token `end` (exclusive). */
export interface NumberReading {
  value: number;
  /** What a hearer might take it for as well: 1500 for "mille cinq". Absent when there is no doubt. */
  otherValue?: number;
  start: number;
  end: number;
}

/** The largest whole number that is understood. */
export const largestNumber = 999_999_999_999;
/** Its groups of three digits. */
const mostGroups = 4;

interface Read {
  value: number;
  otherValue?: number;
  end: number;
}
type Tokens = readonly Token[];

const unitValues = new Map([
  ['un', 1],
  ['une', 1],
  ['deux', 2],
  ['trois', 3],
  ['quatre', 4],
  ['cinq', 5],
  ['six', 6],
  ['sept', 7],
  ['huit', 8],
  ['neuf', 9],
  ['dix', 10],
  ['onze', 11],
  ['douze', 12],
  ['treize', 13],
  ['quatorze', 14],
  ['quinze', 15],
  ['seize', 16],
]);
const tenValues = new Map([
  ['vingt', 20],
  ['vint', 20],
  ['trente', 30],
  ['quarante', 40],
  ['cinquante', 50],
  ['soixante', 60],
  ['septante', 70],
  ['huitante', 80],
  ['octante', 80],
  ['nonante', 90],
]);
const scaleValues = new Map([
  ['mille', 1000],
  ['milles', 1000],
  ['mil', 1000],
  ['million', 1_000_000],
  ['millions', 1_000_000],
  ['milliard', 1_000_000_000],
  ['milliards', 1_000_000_000],
]);
/** Words that count in groups; all take a plural s. */
const groupValues = new Map([
  ['dizaine', 10],
  ['douzaine', 12],
  ['quinzaine', 15],
  ['vingtaine', 20],
  ['trentaine', 30],
  ['quarantaine', 40],
  ['cinquantaine', 50],
  ['soixantaine', 60],
  ['centaine', 100],
  ['millier', 1000],
]);

const wordAt = (tokens: Tokens, index: number) => tokens[index]?.text ?? '';
const scaleAt = (tokens: Tokens, index: number) => scaleValues.get(wordAt(tokens, index));
const groupAt = (tokens: Tokens, index: number) => groupValues.get(wordAt(tokens, index).replace(/s$/, ''));
/** Tens are often given the plural s that only "quatre-vingts" may have. */
const tenAt = (tokens: Tokens, index: number) => tenValues.get(wordAt(tokens, index).replace(/s$/, ''));
const isCounting = (word: string) => unitValues.has(word) || tenValues.has(word) || scaleValues.has(word);
/** A number or a currency follows: what sounds like a number before it is one. */
const isMoreNext = (tokens: Tokens, index: number) =>
  isCounting(wordAt(tokens, index + 1)) || isCurrencyWord(wordAt(tokens, index + 1));
/** "deux sans cinquante" is how a recogniser may write "deux cent cinquante". */
const soundsHundred = (tokens: Tokens, index: number) =>
  /^(sang|sans|cens|sens|sent)$/.test(wordAt(tokens, index)) &&
  (unitValues.get(wordAt(tokens, index - 1)) ?? 0) > 1 &&
  isMoreNext(tokens, index);
const isHundred = (tokens: Tokens, index: number) =>
  /^cents?$/.test(wordAt(tokens, index)) || soundsHundred(tokens, index);
/** "quatre vins dix" is how it may write "quatre-vingt-dix". */
const isTwentyAfterFour = (tokens: Tokens, index: number) =>
  /^vingts?$/.test(wordAt(tokens, index)) ||
  (/^(vins?|vints?|vains?)$/.test(wordAt(tokens, index)) && isMoreNext(tokens, index));
const isHalf = (tokens: Tokens, index: number) => /^demie?s?$/.test(wordAt(tokens, index));
const isZero = (tokens: Tokens, index: number) => /^zeros?$/.test(wordAt(tokens, index));
const isOne = (tokens: Tokens, index: number) => /^une?$/.test(wordAt(tokens, index));
/** Keeps 1.1 × 1 000 000 from being 1100000.0000000002. */
const rounded = (value: number) => Number(value.toPrecision(15));

/** 1 to 19, in words. */
function readBelowTwenty(tokens: Tokens, at: number): Read | null {
  const value = unitValues.get(wordAt(tokens, at));
  if (value === undefined) return null;
  const more = value === 10 && !tokens[at + 1]?.breakBefore ? unitValues.get(wordAt(tokens, at + 1)) : undefined;
  return more !== undefined && more >= 7 && more <= 9 ? { value: 10 + more, end: at + 2 } : { value, end: at + 1 };
}

/** 1 to 99, in words: any region's tens, with or without "et". */
export function readBelowHundred(tokens: Tokens, at: number): Read | null {
  const isFourTwenties = wordAt(tokens, at) === 'quatre' && isTwentyAfterFour(tokens, at + 1);
  const ten = isFourTwenties ? 80 : tenAt(tokens, at);
  if (ten === undefined) return readBelowTwenty(tokens, at);
  const end = isFourTwenties ? at + 2 : at + 1;
  const joined = wordAt(tokens, end) === 'et';
  const unit = tokens[end]?.breakBefore ? null : readBelowTwenty(tokens, joined ? end + 1 : end);
  const most = isFourTwenties || ten === 60 ? 19 : 9;
  const fits = unit !== null && unit.value <= most && (!joined || unit.value === 1 || unit.value === 11);
  return fits ? { value: ten + unit.value, end: unit.end } : { value: ten, end };
}

/** "deux cents", and "douze cents" to "dix-neuf cent"; but "dix cents" and "vingt-cinq cents" are coins. */
const countsHundreds = (value: number) => (value >= 2 && value <= 9) || (value >= 11 && value <= 19);

/** 1 to 1999, in words: "cent vingt", "douze cents". */
function readHundreds(tokens: Tokens, at: number): Read | null {
  const first = isHundred(tokens, at) ? { value: 1, end: at } : readBelowHundred(tokens, at);
  if (first === null) return null;
  if (!isHundred(tokens, first.end) || !(first.end === at || countsHundreds(first.value))) return first;
  const end = first.end + 1;
  const isCentEtUn = wordAt(tokens, end) === 'et' && isOne(tokens, end + 1) && first.end === at;
  const rest = tokens[end]?.breakBefore ? null : readBelowHundred(tokens, isCentEtUn ? end + 1 : end);
  if (rest === null || (isHundred(tokens, rest.end) && countsHundreds(rest.value)))
    return { value: first.value * 100, end };
  return { value: first.value * 100 + rest.value, end: rest.end };
}

/** The value of a number written in digits as people and recognisers write them; null for "1.2.3". */
function digitsValue(text: string): number | null {
  if (/^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'));
  if (/^[1-9]\d{0,2}(,\d{3})+\.\d+$/.test(text) || /^[1-9]\d{0,2}(,\d{3}){2,}$/.test(text)) {
    return Number(text.replaceAll(',', ''));
  }
  return /^\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null;
}

/** "3k", "3 k FC": so many thousands. */
const isShortThousand = (tokens: Tokens, at: number) =>
  wordAt(tokens, at) === 'k' && (tokens[at]?.gap === '' || isCurrencyWord(wordAt(tokens, at + 1)));

/** Where the groups of three digits after the first end: "1 200 000,75". */
function groupsEnd(tokens: Tokens, at: number): number {
  let end = at + 1;
  let isOpen = /^[1-9]\d{0,2}$/.test(wordAt(tokens, at));
  while (isOpen && /^\d{3}([.,]\d+)?$/.test(wordAt(tokens, end)) && !tokens[end]?.breakBefore) {
    isOpen = wordAt(tokens, end).length === 3;
    end += 1;
  }
  return end;
}

/** A number in digits, its groups of three joined: "1 200,75"; infinite when it is too large. */
function readDigits(tokens: Tokens, at: number): Read | null {
  if (!/^\d/.test(wordAt(tokens, at))) return null;
  const end = groupsEnd(tokens, at);
  if (end - at > mostGroups) return { value: Number.POSITIVE_INFINITY, end };
  const digits = tokens.slice(at, end).map(({ text }) => text);
  const value = digitsValue(digits.join(''));
  if (value === null) return null;
  const counted = isShortThousand(tokens, end) ? { value: rounded(value * 1000), end: end + 1 } : { value, end };
  return counted.value > largestNumber ? { value: Number.POSITIVE_INFINITY, end: counted.end } : counted;
}

/** What stands before a scale or ends a number: digits, words, or round digits with words after ("200 cinquante"). */
function readPart(tokens: Tokens, at: number): Read | null {
  const digits = readDigits(tokens, at);
  if (digits === null) return readHundreds(tokens, at);
  const isRound = digits.value >= 100 && digits.value % 100 === 0;
  const rest = isRound && !tokens[digits.end]?.breakBefore ? readHundreds(tokens, digits.end) : null;
  const fits = rest !== null && rest.value >= 10 && rest.value < (digits.value % 1000 === 0 ? 1000 : 100);
  return fits ? { value: digits.value + rest.value, end: rest.end } : digits;
}

/** The "et" of "mille et un", which adds nothing. */
const skipJoin = (tokens: Tokens, at: number, limit: number) =>
  limit === 1000 && wordAt(tokens, at) === 'et' && isOne(tokens, at + 1) ? at + 1 : at;
/** "12 mille, 500 francs" are two numbers; "un million, deux cent mille" is one. */
const isApart = (tokens: Tokens, at: number) => tokens[at]?.breakBefore === true && /^\d/.test(wordAt(tokens, at));

/**
 * What the end of a number after "mille", "million" or "milliard" may stand for in prices, where the last word is left out:
 * a lone digit from 2 is so many tenths of the scale ("mille cinq": 1500, "un million deux": 1 200 000), and round hundreds
 * after a million are thousands ("un million deux cents": 1 200 000). Null where nobody would hesitate.
 */
function elided(rest: number, scale: number): number | null {
  if (Number.isInteger(rest) && rest >= 2 && rest <= 9) return (rest * scale) / 10;
  return scale > 1000 && rest >= 100 && rest % 50 === 0 ? (rest * scale) / 1000 : null;
}

/** The units after the last scale, `limit`; as `whole` is when `rest` is none of its. */
function addUnits(whole: Read, rest: Read | null, limit: number): Read {
  const isFirst = !Number.isFinite(limit);
  if (rest === null || (rest.value >= limit && !isFirst)) return whole;
  const value = rounded(whole.value + rest.value);
  const meant = isFirst ? null : elided(rest.value, limit);
  return { value, end: rest.end, ...(meant !== null && { otherValue: rounded(whole.value + meant) }) };
}

/** A whole number in words, digits or both ("2 millions 500 mille"), without zero. */
function readScaled(tokens: Tokens, at: number): Read | null {
  let whole: Read = { value: 0, end: at };
  let limit = Number.POSITIVE_INFINITY;
  while (whole.end === at || !isApart(tokens, whole.end)) {
    const part = readPart(tokens, skipJoin(tokens, whole.end, limit));
    const end = part?.end ?? whole.end;
    const scale = scaleAt(tokens, end);
    if (scale === undefined) {
      whole = addUnits(whole, part, limit);
      break;
    }
    if (scale >= limit || (part === null && scale !== 1000)) break;
    whole = { value: rounded(whole.value + (part?.value ?? 1) * scale), end: end + 1 };
    limit = scale;
  }
  return whole.end === at ? null : whole;
}

/** The digits said after "virgule": "zéro cinq" → "05", "vingt-cinq" → "25", "un deux cinq" → "125". */
function readFraction(tokens: Tokens, at: number): { digits: string; end: number } | null {
  let digits = '';
  let end = at;
  while (end < tokens.length) {
    const text = wordAt(tokens, end);
    const part = isZero(tokens, end) ? { value: 0, end: end + 1 } : readHundreds(tokens, end);
    if (/^\d+$/.test(text) && end === at) return { digits: text, end: end + 1 };
    if (part === null || (part.value > 9 && /[1-9]/.test(digits))) break;
    digits += String(part.value);
    end = part.end;
    if (part.value > 9) break;
  }
  return digits === '' ? null : { digits, end };
}

/** "douzaine", "centaine de millions", and a scale after a fraction: what the count before it is multiplied by. */
function readGroup(tokens: Tokens, at: number, takesScale: boolean): Read | null {
  const group = groupAt(tokens, at);
  const scale = takesScale ? scaleAt(tokens, at) : undefined;
  if (group === undefined) return scale === undefined ? null : { value: scale, end: at + 1 };
  const scaleOfGroup = /^d[e']?$/.test(wordAt(tokens, at + 1))
    ? (scaleAt(tokens, at + 2) ?? groupAt(tokens, at + 2))
    : undefined;
  return scaleOfGroup === undefined ? { value: group, end: at + 1 } : { value: group * scaleOfGroup, end: at + 3 };
}

/** "un demi", "une demi-douzaine", "demi-million". */
function readLeadingHalf(tokens: Tokens, at: number): Read | null {
  const half = isOne(tokens, at) ? at + 1 : at;
  if (!isHalf(tokens, half)) return null;
  const group = readGroup(tokens, half + 1, true);
  if (group !== null) return { value: group.value / 2, end: group.end };
  return half === at ? null : { value: 0.5, end: half + 1 };
}

/** The number with its decimals: "trois virgule cinq", "virgule zéro cinq". */
function readDecimal(tokens: Tokens, at: number): Read | null {
  const whole = isZero(tokens, at) ? { value: 0, end: at + 1 } : readScaled(tokens, at);
  const end = whole?.end ?? at;
  const separator = wordAt(tokens, end);
  const isSeparator = separator === 'virgule' || (separator === 'point' && whole !== null);
  const fraction = isSeparator ? readFraction(tokens, end + 1) : null;
  if (fraction === null || !Number.isInteger(whole?.value ?? 0)) return whole;
  return { value: Number(`${whole?.value ?? 0}.${fraction.digits}`), end: fraction.end };
}

/** What "et demi" adds: half of the last scale or group ("un million et demi"), else a half. */
function halfUnit(tokens: Tokens, end: number): number {
  return (scaleAt(tokens, end - 1) ?? groupAt(tokens, end - 1) ?? 1) / 2;
}

/** Where a number that is none ends: "mille milliards", "cinq mille millions deux cents". */
function absurdEnd(tokens: Tokens, from: number): number {
  let end = from;
  while (end < tokens.length) {
    const next = scaleAt(tokens, end) === undefined ? readScaled(tokens, end)?.end : end + 1;
    if (next === undefined || tokens[end]?.breakBefore) break;
    end = next;
  }
  return end;
}

/**
 * The number that begins at token `at`, as long as it goes. What is too large to be one is read too, as infinite, so that
 * no part of it passes for a number. Null when none begins there. Never throws.
 */
export function scanNumber(tokens: Tokens, at: number): NumberReading | null {
  const half = readLeadingHalf(tokens, at);
  if (half !== null) return { value: half.value, start: at, end: half.end };
  const base = readDecimal(tokens, at);
  if (base === null) return null;
  const group = readGroup(tokens, base.end, !Number.isInteger(base.value));
  const counted: Read = group === null ? base : { value: rounded(base.value * group.value), end: group.end };
  const { end } = counted;
  const isAndHalf = wordAt(tokens, end) === 'et' && isHalf(tokens, end + 1);
  const read = isAndHalf ? { value: rounded(counted.value + halfUnit(tokens, end)), end: end + 2 } : counted;
  const isAbsurd = scaleAt(tokens, read.end) !== undefined && !tokens[read.end]?.breakBefore;
  if (!isAbsurd && read.value <= largestNumber) return { ...read, start: at };
  return { value: Number.POSITIVE_INFINITY, start: at, end: isAbsurd ? absurdEnd(tokens, read.end) : read.end };
}

/** The number that begins at token `at`, in words or digits, as long as it goes; null when none does. Never throws. */
export function readNumber(tokens: Tokens, at: number): NumberReading | null {
  const reading = scanNumber(tokens, at);
  return reading === null || reading.value > largestNumber ? null : reading;
}

/** Every number of a text, first to last. `article`: it is a lone "un" or "une", which is seldom meant as a number. */
export function findNumbers(tokens: Tokens): (NumberReading & { article: boolean })[] {
  const found: (NumberReading & { article: boolean })[] = [];
  let at = 0;
  while (at < tokens.length) {
    const reading = scanNumber(tokens, at);
    if (reading !== null && reading.value <= largestNumber) {
      found.push({ ...reading, article: reading.end === at + 1 && /^une?$/.test(wordAt(tokens, at)) });
    }
    at = reading?.end ?? at + 1;
  }
  return found;
}

/** The first number of a text that `accepts`; "un" and "une" count only when the text holds no other word. */
export function findNumber(
  tokens: Tokens,
  accepts: (reading: NumberReading) => boolean = () => true,
): NumberReading | null {
  const found = findNumbers(tokens).find((reading) => (!reading.article || tokens.length === 1) && accepts(reading));
  if (found === undefined) return null;
  const { article: _, ...reading } = found;
  return reading;
}

/** The value of a text that is a number and nothing else; null otherwise. Never throws. */
export function parseNumber(text: string): number | null {
  const tokens = tokenize(text);
  const reading = readNumber(tokens, 0);
  return reading !== null && reading.end === tokens.length ? reading.value : null;
}
