import { describe, expect, it } from 'vitest';
import { piperSentences, splitClauses, toPhonemeIds } from './phonemes.ts';

const written = (text: string): string[] => splitClauses(text).map(({ text: clause, mark }) => `${clause}|${mark}`);
/** Each letter is its own sound; marks are not sounds. */
const spell = (clause: string): string =>
  clause
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} ]/gu, '')
    .trim();
const sentencesOf = (text: string): string[] => [...piperSentences(text, spell)].map((symbols) => symbols.join(''));

describe('clauses', () => {
  it('end at a mark before a space, a bracket or the end', () => {
    expect(written('Oui, non; bon: bien! (Quoi?) Fin.')).toEqual([
      'Oui,|,',
      'non;|;',
      'bon:|:',
      'bien!|!',
      '(Quoi?|?',
      ') Fin.|.',
    ]);
  });
  it('do not end inside a number, an hour or an address', () => {
    expect(written('3,50 à 12:30 sur a.fr')).toEqual(['3,50 à 12:30 sur a.fr|']);
  });
  it('do not end at the dot of an abbreviation, which a small letter follows', () => {
    expect(written('3 fr. le kilo. Merci')).toEqual(['3 fr. le kilo.|.', 'Merci|']);
  });
  it('take the first of several marks', () => {
    expect(written('Quoi ?! Non.,')).toEqual(['Quoi ?|?', 'Non.|.']);
  });
  it('end at a dash between spaces, and not at one inside a word', () => {
    expect(written('lundi – mardi, deux–trois')).toEqual(['lundi –|;', 'mardi,|,', 'deux–trois|']);
  });
  it.each(['', '   ', '\n\n'])('are none in %j', (text) => {
    expect(splitClauses(text)).toEqual([]);
  });
  it('lose no letter, whatever the text', () => {
    const pieces = ['mot', 'A.', '«', '»', '.', '...', '?!', ',', '\n', '\n\n', '(', ')', '–', ' ', '3,5', '😀'];
    for (let seed = 0; seed < 2000; seed += 1) {
      const text = Array.from(
        { length: 12 },
        (_, place) => pieces[(seed * 7919 + place * place * 31) % pieces.length],
      ).join(seed % 2 ? ' ' : '');
      const letters = (whole: string): string => whole.replaceAll(/[^\p{L}\p{N}]/gu, '');
      expect(
        letters(
          splitClauses(text)
            .map((clause) => clause.text)
            .join(''),
        ),
      ).toBe(letters(text));
    }
  });
  it('are never longer than espeak-ng’s buffer', () => {
    const clauses = splitClauses('élémentaire '.repeat(500));
    for (const { text } of clauses) expect(new TextEncoder().encode(text).length).toBeLessThan(800);
    expect(clauses.map(({ text }) => text).join(' ')).toBe('élémentaire '.repeat(500).trim());
  });
});

describe('sentences of symbols', () => {
  it('keep the marks between their clauses', () => {
    expect(sentencesOf('Un, deux: trois; quatre. Cinq?')).toEqual(['un, deux: trois; quatre.', 'cinq?']);
  });
  it('are decomposed, as voices are taught', () => {
    expect(sentencesOf('Ça')).toEqual(['ça'.normalize('NFD')]);
  });
  it('are none where there is nothing to say', () => {
    expect(sentencesOf('... ?! «»')).toEqual([]);
  });
  it('are of a bearable length, however long the text runs on', () => {
    const sentences = [...piperSentences('dix mots sans aucun point final, '.repeat(300), spell)];
    expect(sentences.length).toBeGreaterThan(10);
    for (const symbols of sentences) expect(symbols.length).toBeLessThan(700);
  });
  it('are made one by one', () => {
    let clauses = 0;
    const sentences = piperSentences('Un. Deux. Trois.', (clause) => {
      clauses += 1;
      return spell(clause);
    });
    expect(sentences.next().value?.join('')).toBe('un.');
    expect(clauses).toBe(1);
  });
});

describe('phoneme ids', () => {
  const ids = { '^': [1], $: [2], _: [0], a: [5], b: [6, 7] };
  it('begin, end and are padded as Piper’s', () => {
    expect(toPhonemeIds(['a', 'b'], ids, () => undefined)).toEqual([1, 0, 5, 0, 6, 0, 7, 0, 2]);
  });
  it('leave out what the voice does not know, and say so', () => {
    const unknown: string[] = [];
    expect(toPhonemeIds(['a', 'ʘ', 'constructor'], ids, (symbol) => unknown.push(symbol))).toEqual([1, 0, 5, 0, 2]);
    expect(unknown).toEqual(['ʘ', 'constructor']);
  });
  it('do without the marks that a voice does not have', () => {
    expect(toPhonemeIds(['a'], { a: [5] }, () => undefined)).toEqual([5]);
  });
});
