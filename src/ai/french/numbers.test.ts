import { describe, expect, test } from 'vitest';
import { tokenize } from './fold.ts';
import { findNumber, findNumbers, parseNumber, type Region, sayNumber, sayOrdinal } from './numbers.ts';

describe('understanding numbers', () => {
  test.each<[string, number]>([
    ['zéro', 0],
    ['une', 1],
    ['vingt et un', 21],
    ['vingt-et-une', 21],
    ['vingt un', 21],
    ['soixante et onze', 71],
    ['soixante dix', 70],
    ['soixante-dix-sept', 77],
    ['septante et un', 71],
    ['quatre-vingts', 80],
    ['quatre vingt', 80],
    ['huitante-deux', 82],
    ['octante', 80],
    ['quatre-vingt-dix-neuf', 99],
    ['nonante neuf', 99],
    ['cent', 100],
    ['cent un', 101],
    ['deux cents', 200],
    ['deux cent quatre-vingts', 280],
    ['douze cents', 1200],
    ['dix-neuf cent quatre-vingt-dix-neuf', 1999],
    ['mille cinq', 1005],
    ['mille cinq cents', 1500],
    ['mil neuf cent', 1900],
    ['mille et un', 1001],
    ['cent et une', 101],
    ['un million, deux cent mille', 1_200_000],
    ['200 cinquante', 250],
    ['1000 cinq cents', 1500],
    ['200 cinquante mille', 250_000],
    ['cent vingt mille', 120_000],
    ['douze cent mille', 1_200_000],
    ['un million deux cent mille', 1_200_000],
    ['quatre-vingts millions', 80_000_000],
    ['deux milliards cinq cents millions trois', 2_500_000_003],
    ['trois virgule cinq', 3.5],
    ['trois point cinq', 3.5],
    ['virgule zéro cinq', 0.05],
    ['deux virgule cinquante', 2.5],
    ['trois virgule un quatre deux cinq huit', 3.14258],
    ['deux virgule cinq millions', 2_500_000],
    ['une douzaine', 12],
    ['une demi-douzaine', 6],
    ['demi douzaine', 6],
    ['deux douzaines', 24],
    ['une centaine', 100],
    ['une centaine de milliers', 100_000],
    ['une dizaine de millions', 10_000_000],
    ['trois milliers', 3000],
    ['deux et demi', 2.5],
    ['une douzaine et demie', 18],
    ['un million et demi', 1_500_000],
    ['un demi-million', 500_000],
    ['1200', 1200],
    ['1 200', 1200],
    ['1\u00a0200\u202f000', 1_200_000],
    ['1.200.000', 1_200_000],
    ['1.200', 1200],
    ['1’200’000', 1_200_000],
    ['12,50', 12.5],
    ['12.5', 12.5],
    ['0.125', 0.125],
    ['1 200,75', 1200.75],
    ['1.200,75', 1200.75],
    ['1,200.75', 1200.75],
    ['2 millions', 2_000_000],
    ['1,1 million', 1_100_000],
    ['2 millions 500 mille', 2_500_000],
    ['12 mille 500', 12_500],
    ['999 999 999 999', 999_999_999_999],
  ])('%j is %d', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  test.each([
    '',
    'bonjour',
    'cinq cahiers',
    'et demi',
    'virgule',
    '1.2.3',
    'million',
    '9999999999999',
    'deux deux',
    'dix cents',
  ])('%j is not a number', (text) => {
    expect(parseNumber(text)).toBeNull();
  });

  test.each<[string, number | undefined]>([
    ['imprime trois étiquettes', 3],
    ['une copie de la facture 12', 12],
    ['sors-moi une facture', undefined],
    ['une', 1],
    ['les numéros 20, 500 et 3', 20],
    ['cent vingt, quatre', 120],
    ['cent, deux', 100],
    ['12 mille, 500', 12_000],
    ['100 deux fois', 100],
  ])('in %j the number is %j', (text, value) => {
    expect(findNumber(tokenize(text))?.value).toBe(value);
  });

  test('every number of a text is found in order, lone articles marked', () => {
    const found = findNumbers(tokenize('une facture de deux cents et trois copies'));
    expect(found.map((reading) => [reading.value, reading.article])).toEqual([
      [1, true],
      [200, false],
      [3, false],
    ]);
  });
});

describe('saying numbers', () => {
  test.each<[number, Region, string]>([
    [0, 'FR', 'zéro'],
    [17, 'FR', 'dix-sept'],
    [21, 'CD', 'vingt et un'],
    [71, 'FR', 'soixante et onze'],
    [75, 'CD', 'septante-cinq'],
    [80, 'FR', 'quatre-vingts'],
    [80, 'CD', 'quatre-vingts'],
    [81, 'BE', 'quatre-vingt-un'],
    [81, 'CH', 'huitante et un'],
    [99, 'FR', 'quatre-vingt-dix-neuf'],
    [99, 'BE', 'nonante-neuf'],
    [100, 'FR', 'cent'],
    [200, 'FR', 'deux cents'],
    [280, 'FR', 'deux cent quatre-vingts'],
    [201, 'FR', 'deux cent un'],
    [1005, 'CD', 'mille cinq'],
    [80_000, 'FR', 'quatre-vingt mille'],
    [200_000, 'FR', 'deux cent mille'],
    [200_000_000, 'FR', 'deux cents millions'],
    [1_000_000, 'FR', 'un million'],
    [1_200_000, 'FR', 'un million deux cent mille'],
    [3.5, 'FR', 'trois virgule cinq'],
    [0.05, 'FR', 'zéro virgule zéro cinq'],
    [0.1234, 'FR', 'zéro virgule un deux trois quatre'],
    [-5, 'FR', 'moins cinq'],
  ])('%d in %s is %j', (value, region, words) => {
    expect(sayNumber(value, region)).toBe(words);
  });

  test('a feminine noun takes "une"', () => {
    expect([1, 21, 81, 101, 1001, 21_000].map((n) => sayNumber(n, 'FR', { feminine: true }))).toEqual([
      'une',
      'vingt et une',
      'quatre-vingt-une',
      'cent une',
      'mille une',
      'vingt et un mille',
    ]);
  });

  test('ordinals follow their number', () => {
    expect([1, 2, 5, 9, 21, 80, 100, 1000].map((n) => sayOrdinal(n, 'FR'))).toEqual([
      'premier',
      'deuxième',
      'cinquième',
      'neuvième',
      'vingt et unième',
      'quatre-vingtième',
      'centième',
      'millième',
    ]);
    expect(sayOrdinal(1, 'FR', { feminine: true })).toBe('première');
  });

  test('what cannot be said is refused with its value', () => {
    expect(() => sayNumber(Number.NaN, 'FR')).toThrow(/NaN/);
    expect(() => sayNumber(1e15, 'FR')).toThrow(RangeError);
  });
});
