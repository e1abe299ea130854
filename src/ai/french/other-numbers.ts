import { type AmountOptions, readCurrency } from './currencies.ts';
import type { Token } from './fold.ts';
import { type NumberReading, scanNumber } from './numbers.ts';

type Tokens = readonly Token[];

const month =
  /^(janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|janv|fevr|juil|oct|nov|dec)$/;
const wordAt = (tokens: Tokens, index: number) => tokens[index]?.text ?? '';
const isDigits = (tokens: Tokens, at: number) => /^\d/.test(wordAt(tokens, at));

const isMoney = (tokens: Tokens, at: number, options: AmountOptions) => readCurrency(tokens, at, options) !== null;

/** The token after the year that follows a month; `at` when none does. */
function yearEnd(tokens: Tokens, at: number, options: AmountOptions): number {
  const year = scanNumber(tokens, at);
  const isYear = year !== null && year.value >= 1900 && year.value < 2100 && !isMoney(tokens, year.end, options);
  return isYear ? year.end : at;
}

/** "22 novembre 2026", "premier mars": the token after the date; null when no month follows the day. */
function dateEnd(tokens: Tokens, { end, value: day }: NumberReading, options: AmountOptions): number | null {
  const isDay = day >= 1 && day <= 31 && Number.isInteger(day);
  return isDay && month.test(wordAt(tokens, end)) ? yearEnd(tokens, end + 1, options) : null;
}

/** Minutes after an hour: "trente", "et demie", "moins le quart"; not the fifty of "à dix heures cinquante dollars". */
function minutesEnd(tokens: Tokens, at: number, options: AmountOptions): number {
  const joined = /^(et|moins)$/.test(wordAt(tokens, at)) ? at + 1 : at;
  const from = wordAt(tokens, joined) === 'le' ? joined + 1 : joined;
  if (joined > at && /^(demie?|quart)$/.test(wordAt(tokens, from))) return from + 1;
  const minutes = tokens[joined]?.breakBefore ? null : scanNumber(tokens, joined);
  if (minutes === null || minutes.value >= 60 || wordAt(tokens, at) === 'et') return at;
  return isMoney(tokens, minutes.end, options) ? at : minutes.end;
}

/** "18 heures 30", "18 h", "18 h30": the token after the hour; null when the number counts no hours. */
function hourEnd(tokens: Tokens, { end, value }: NumberReading, options: AmountOptions): number | null {
  if (/^h\d\d$/.test(wordAt(tokens, end))) return end + 1;
  if (!/^(h|heures?)$/.test(wordAt(tokens, end)) || value > 48) return null;
  return minutesEnd(tokens, end + 1, options);
}

/** "20 %", "vingt pour cent"; but "vingt pour cent dollars" is money. */
function percentEnd(tokens: Tokens, { end }: NumberReading, options: AmountOptions): number | null {
  if (wordAt(tokens, end) === '%') return end + 1;
  const isPerCent = wordAt(tokens, end) === 'pour' && /^cents?$/.test(wordAt(tokens, end + 1));
  return isPerCent && !isMoney(tokens, end + 2, options) ? end + 2 : null;
}

/** Figures that a slash, colon or hyphen joins, or that lack their beginning: dates, hours, numbers of documents, "1e9". */
function isGlued(tokens: Tokens, at: number): boolean {
  if (!isDigits(tokens, at)) return false;
  const joins = (index: number) => /^[/:\-–]?$/.test(tokens[index]?.gap ?? ' ');
  const before = wordAt(tokens, at - 1);
  const isAfter = at > 0 && joins(at) && (/\d/.test(before) || /^[a-z]$/.test(before));
  return isAfter || (joins(at + 1) && isDigits(tokens, at + 1)) || /#\s?$|(^|\s)[.,]$/.test(tokens[at]?.gap ?? '');
}

/** Numbers one after the other: a telephone number, or counting aloud. "06" and "zéro huit" begin one sooner. */
function isSeries(tokens: Tokens, readings: readonly NumberReading[]): boolean {
  const [first] = readings;
  if (first === undefined) return false;
  const word = wordAt(tokens, first.start);
  const isDialled = /^(zeros?|0\d+)$/.test(word);
  return readings.length >= 4 || (isDialled && readings.length >= 3) || /^0\d{4,}$/.test(word);
}

/** The number at `at` and those that follow it without a word between. */
function seriesFrom(tokens: Tokens, first: NumberReading): NumberReading[] {
  const readings = [first];
  let { end } = first;
  while (end < tokens.length && !tokens[end]?.breakBefore) {
    const next = scanNumber(tokens, end);
    if (next === null) break;
    readings.push(next);
    end = next.end;
  }
  return readings;
}

/** "+243 812 345 678" is a telephone number, whatever groups it is written in. */
const isDialCode = (tokens: Tokens, { start, value }: NumberReading) =>
  /\+$/.test(tokens[start]?.gap ?? '') && value >= 1_000_000;

/** What the number at `at` and the words after it are, when they are no money: the token where that ends. */
function otherEnd(tokens: Tokens, at: number, options: AmountOptions): number | null {
  if (/^(1er|1ere|premier)$/.test(wordAt(tokens, at)))
    return dateEnd(tokens, { value: 1, start: at, end: at + 1 }, options);
  if (month.test(wordAt(tokens, at))) {
    const end = yearEnd(tokens, at + 1, options);
    return end > at + 1 ? end : null;
  }
  const reading = scanNumber(tokens, at);
  if (reading === null) {
    const isNoon = /^(midi|minuit)$/.test(wordAt(tokens, at));
    return isNoon ? Math.max(at + 1, minutesEnd(tokens, at + 1, options)) : null;
  }
  if (isDialCode(tokens, reading)) return reading.end;
  return dateEnd(tokens, reading, options) ?? hourEnd(tokens, reading, options) ?? percentEnd(tokens, reading, options);
}

/**
 * The tokens that belong to dates, hours, percentages, telephone numbers and codes: no amount begins there. Linear in the
 * tokens; never throws.
 */
export function otherNumbers(tokens: Tokens, options: AmountOptions): ReadonlySet<number> {
  const taken = new Set<number>();
  const take = (from: number, to: number): number => {
    for (let at = from; at < to; at += 1) taken.add(at);
    return to;
  };
  let at = 0;
  while (at < tokens.length) {
    const end = isGlued(tokens, at) ? at + 1 : otherEnd(tokens, at, options);
    const reading = end === null ? scanNumber(tokens, at) : null;
    if (end !== null) at = take(at, end);
    else if (reading === null) at += 1;
    else at = takeSeries(tokens, seriesFrom(tokens, reading), take);
  }
  return taken;
}

function takeSeries(tokens: Tokens, series: NumberReading[], take: (from: number, to: number) => number): number {
  const first = series[0]?.start ?? 0;
  const last = series.at(-1)?.end ?? first + 1;
  return isSeries(tokens, series) ? take(first, last) : (series[0]?.end ?? last);
}
