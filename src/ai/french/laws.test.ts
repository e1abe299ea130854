import { describe, expect, test } from 'vitest';
import { currencies } from '../../schema.ts';
import { findAmount, sayAmount } from './amounts.ts';
import { fold, tokenize } from './fold.ts';
import { findNumber, type NumberReading, parseNumber, type Region, readNumber, sayNumber } from './numbers.ts';
import { splitSentences } from './sentences.ts';
import { speakable } from './speakable.ts';

const regions: Region[] = ['FR', 'BE', 'CD', 'CH'];
/** Ten thousand random cases; a million when the long tests run. */
const runs = process.env['LAWS'] === 'long' ? 1_000_000 : 10_000;
/** Text for speech costs more a case. */
const speechRuns = runs / 10;
const timeoutMs = 600_000;

/** mulberry32: a seeded generator of numbers in [0, 1), so that a failure comes back. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
/** Every size of number is as likely. */
const wholeNumber = (random: () => number) => Math.floor(10 ** (random() * 12));
const decimalNumber = (random: () => number, decimals: number) =>
  Number(
    `${Math.floor(10 ** (random() * 9))}.${String(Math.floor(random() * 10 ** decimals)).padStart(decimals, '0')}`,
  );

/** Text made of what hurts: number words, digits, signs, accents, broken surrogates. */
const fragments = [
  ...'un une deux quatre dix vingt vingts soixante cent cents mille million et demi demie virgule point zéro'.split(
    ' ',
  ),
  ...'douzaine centaine de d’ euros dollars $ € francs congolais CFA FC centimes 12,50 1.200.000 1 200 1.2.3'.split(
    ' ',
  ),
  ...[
    '-',
    ',',
    '.',
    ' ',
    '\u00a0',
    '\u202f',
    'é',
    'Œ',
    'n°',
    '\ud800',
    'ﬁ',
    'ﷺ',
    'İ',
    '0',
    '007',
    '1e9',
    '1’200',
    '𝟙',
    '',
  ],
];
const nastyText = (random: () => number) =>
  Array.from({ length: Math.floor(random() * 12) }, () => pick(random, fragments)).join(random() < 0.8 ? ' ' : '');

const isSound = (reading: NumberReading, tokenCount: number) =>
  reading.start >= 0 &&
  reading.end > reading.start &&
  reading.end <= tokenCount &&
  Number.isFinite(reading.value) &&
  reading.value >= 0;

describe('laws of French numbers', { timeout: timeoutMs }, () => {
  test.each(regions)('every number said in %s is understood as itself', (region) => {
    const random = seeded(1);
    for (let n = 0; n <= 2000; n += 1) expect(parseNumber(sayNumber(n, region))).toBe(n);
    for (let run = 0; run < runs; run += 1) {
      const value = run % 4 === 0 ? decimalNumber(random, 1 + (run % 5)) : wholeNumber(random);
      const feminine = random() < 0.2;
      const words = sayNumber(value, region, { feminine });
      if (parseNumber(words) !== value) expect.fail(`${value} is said "${words}" and understood ${parseNumber(words)}`);
    }
  });

  test('hyphens, accents and capitals change nothing', () => {
    const random = seeded(2);
    for (let run = 0; run < runs / 10; run += 1) {
      const value = wholeNumber(random);
      const words = sayNumber(value, pick(random, regions));
      const heard = words.replaceAll('-', ' ').normalize('NFD').replace(/\p{M}/gu, '');
      expect(parseNumber(random() < 0.5 ? heard : heard.toUpperCase())).toBe(value);
    }
  });

  test('every amount said is found again, with its currency', () => {
    const random = seeded(3);
    for (let run = 0; run < runs; run += 1) {
      const currency = pick(random, currencies);
      const value = random() < 0.5 ? wholeNumber(random) : decimalNumber(random, 1 + Math.floor(random() * 3));
      const words = sayAmount(value, currency, pick(random, regions));
      const tokens = tokenize(`une facture de ${words} pour Marie`);
      const found = findAmount(tokens, { franc: 'CDF', cfa: currency === 'XAF' ? 'XAF' : 'XOF' });
      if (found?.value !== value || found.currency !== currency || found.end !== tokens.length - 2) {
        expect.fail(`${value} ${currency} is said "${words}" and understood ${JSON.stringify(found)}`);
      }
    }
  });

  test('reading is total: no text throws, and readings lie within the text', () => {
    const random = seeded(4);
    for (let run = 0; run < runs; run += 1) {
      const text = nastyText(random);
      const tokens = tokenize(text);
      for (const reading of [findAmount(tokens), findNumber(tokens), readNumber(tokens, 0)]) {
        if (reading !== null && !isSound(reading, tokens.length)) expect.fail(JSON.stringify({ text, reading }));
      }
    }
  });

  test('folding is idempotent, and every token is a piece of the text', () => {
    const random = seeded(5);
    for (let run = 0; run < runs; run += 1) {
      const text = nastyText(random);
      const folded = fold(text);
      if (fold(folded) !== folded) expect.fail(`fold is not idempotent on ${JSON.stringify(text)}: ${folded}`);
      for (const token of tokenize(text)) {
        const isPiece = text.slice(token.start, token.end) === token.said && !/\s/.test(token.text);
        if (!isPiece) expect.fail(JSON.stringify({ text, token }));
      }
    }
  });
});

/** What answers are made of, and what the rules for them could trip over when it is thrown together. */
const pieces = [
  ...'bonjour facture M. Mme Me Dr St- Joseph Kabongo FC $ € % kg h x XL XIV etc. Tél. max. HT CFA S.A. n° °C ² ½'.split(
    ' ',
  ),
  ...'12 30 -5 0,50 1/2 1.2.3 2e 1er mars 9:05 18h30 24h/24 7j/7 1.200.000 22/11/2026 2026-11-22 007 A4 USB-C'.split(
    ' ',
  ),
  ...'+243 812 345 678 0812345678 F-C1-2026-000123 contact@lagrace.cd www.lagrace.cd 99999999999999999999'.split(' '),
  ...'. , ! ? … ... « » ( ) - – / # * _ ** + = & ~ 😀 <b> &amp; [a](b) p. c.-à-d.'.split(' '),
  ...['3,99 €', '1 200', '18 h 30', '06 12 34 56 78', '\n', '- ', '\u00a0', '’', 'e\u0301', '\ud800', '٣', 'Ⅳ', "l'"],
];
const answer = (random: () => number) =>
  Array.from({ length: 1 + Math.floor(random() * 8) }, () => pick(random, pieces)).join(random() < 0.7 ? ' ' : '');
const spaced = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('laws of speech', { timeout: timeoutMs }, () => {
  test('text made speakable holds no figure and stays as it is the second time', () => {
    const random = seeded(6);
    for (let run = 0; run < speechRuns; run += 1) {
      const text = answer(random);
      const region = pick(random, regions);
      const spoken = speakable(text, region);
      if (speakable(spoken, region) !== spoken || /\p{N}/u.test(spoken)) expect.fail(JSON.stringify({ text, spoken }));
    }
  });

  test('every number is spoken as its value in each region', () => {
    const random = seeded(7);
    for (let run = 0; run < speechRuns; run += 1) {
      const value = run % 3 === 0 ? decimalNumber(random, 2) : wholeNumber(random);
      const region = pick(random, regions);
      const written = value.toLocaleString('fr-FR', { maximumFractionDigits: 9 });
      expect(speakable(`Il y a ${written} ici.`, region)).toBe(`Il y a ${sayNumber(value, region)} ici.`);
    }
  });

  test('the stops of sentences survive', () => {
    const random = seeded(8);
    const plain = 'oui bonjour 12 3,50\u00a0€ 18\u00a0h\u00a030 facture kg'.split(' ');
    for (let run = 0; run < speechRuns; run += 1) {
      const stops = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
        pick(random, ['.', '!', '?', '…', '...']),
      );
      const text = stops.map((stop) => `${pick(random, plain)} ${pick(random, plain)}${stop}`).join(' ');
      expect(speakable(text, 'CD').match(/[.!?…]+/g)).toEqual(stops);
    }
  });

  test('sentences joined give the text back up to white space, none empty, none too long to cut', () => {
    const random = seeded(9);
    for (let run = 0; run < speechRuns; run += 1) {
      const text = answer(random) + answer(random);
      const most = random() < 0.5 ? 200 : 20;
      const sentences = splitSentences(text, most);
      const isSound = sentences.every((part) => part !== '' && (part.length <= most || !/\s/.test(part)));
      if (!isSound || spaced(sentences.join(' ')) !== spaced(text)) expect.fail(JSON.stringify({ text, sentences }));
    }
  });
});
