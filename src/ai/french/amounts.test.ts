import { describe, expect, test } from 'vitest';
import type { Currency } from '../../schema.ts';
import { type AmountOptions, findAmount, sayAmount, valuesOf } from './amounts.ts';
import { asSaid, tokenize } from './fold.ts';
import { heldOutAmounts, heldOutAmountsAgain } from './heldout-amounts.ts';
import { heldOutRoughAmounts } from './heldout-amounts-rough.ts';

const options: AmountOptions = { franc: 'CDF', cfa: 'XOF' };
const heard = (text: string, given = options) => {
  const found = findAmount(tokenize(text), given);
  return found === null ? null : [found.value, found.currency];
};
const readings = (text: string): number[] => {
  const found = findAmount(tokenize(text));
  return found === null ? [] : valuesOf(found);
};

describe('understanding amounts', () => {
  test.each<[string, number, Currency | undefined]>([
    ['deux cent cinquante dollars', 250, 'USD'],
    ['nonante-neuf dollars américains', 99, 'USD'],
    ['deux euros cinquante', 2.5, 'EUR'],
    ['deux euros et cinquante centimes', 2.5, 'EUR'],
    ['deux euros cinq', 2.05, 'EUR'],
    ['deux euros zéro cinq', 2.05, 'EUR'],
    ['cinquante centimes', 0.5, undefined],
    ["cinquante centimes d'euro", 0.5, 'EUR'],
    ['cinquante cents', 0.5, undefined],
    ['trois dollars vingt-cinq cents', 3.25, 'USD'],
    ['douze euros et demi', 12.5, 'EUR'],
    ['un million et demi de francs', 1_500_000, 'CDF'],
    ['virgule zéro cinq dollar', 0.05, 'USD'],
    ['une centaine de dollars', 100, 'USD'],
    ["une douzaine d'euros", 12, 'EUR'],
    ['douze cents francs', 1200, 'CDF'],
    ['un demi dollar', 0.5, 'USD'],
    ['$45', 45, 'USD'],
    ['US$ 45', 45, 'USD'],
    ['USD 45,50', 45.5, 'USD'],
    ['45 US dollars', 45, 'USD'],
    ['12,50 €', 12.5, 'EUR'],
    ['12€50', 12.5, 'EUR'],
    ['12 € 50', 12.5, 'EUR'],
    ['€ 12,50', 12.5, 'EUR'],
    ['1.200.000 FC', 1_200_000, 'CDF'],
    ['1 200 000 F.C.', 1_200_000, 'CDF'],
    ['1\u00a0200,75\u00a0$', 1200.75, 'USD'],
    ['1,200 dollars', 1200, 'USD'],
    ['$1,200.50', 1200.5, 'USD'],
    ['5000 FCFA', 5000, 'XOF'],
    ['cinq mille francs CFA', 5000, 'XOF'],
    ['cinq mille francs c f a', 5000, 'XOF'],
    ['cinq mille XAF', 5000, 'XAF'],
    ['vingt francs suisses', 20, 'CHF'],
    ['vingt francs congolais', 20, 'CDF'],
    ['trois mille francs', 3000, 'CDF'],
    ['cent francs rwandais', 100, undefined],
    ['deux cents', 200, undefined],
  ])('%j is %d %s', (text, value, currency) => {
    expect(heard(text)).toEqual([value, currency]);
  });

  test.each<[string, number, Currency | undefined]>([
    ['je voudrais une facture de deux cent cinquante dollars', 250, 'USD'],
    ['trois copies de la facture de vingt dollars', 20, 'USD'],
    ['une facture de deux euros cinquante pour Marie', 2.5, 'EUR'],
    ['deux euros cinquante cahiers', 2, 'EUR'],
    ['deux euros, cinquante cahiers', 2, 'EUR'],
    ['une facture de cent', 100, undefined],
    ['facture 12, 500 dollars', 500, 'USD'],
    ['trente-deux dollars et cinquante', 32.5, 'USD'],
    ['vingt dollars et trois copies', 20, 'USD'],
    ['vingt pour cent de cent dollars', 100, 'USD'],
    ['la facture numéro 12 de 300 à 18 heures', 300, undefined],
  ])('in %j the amount is %d %s', (text, value, currency) => {
    expect(heard(text)).toEqual([value, currency]);
  });

  test.each([
    '',
    'fais-moi une facture',
    'des francs',
    'bonjour',
    'dollars',
    '20 %',
    'à 18 heures',
    'la facture numéro 12',
  ])('%j holds no amount', (text) => {
    expect(heard(text)).toBeNull();
  });

  test('the shop says what "francs" and "francs CFA" mean', () => {
    expect(heard('mille francs', { franc: 'XAF', cfa: 'XAF' })).toEqual([1000, 'XAF']);
    expect(heard('mille francs', { franc: 'CHF', cfa: 'XOF' })).toEqual([1000, 'CHF']);
    expect(heard('mille francs CFA', { franc: 'CDF', cfa: 'XAF' })).toEqual([1000, 'XAF']);
    expect(heard('mille francs congolais', { franc: 'CHF', cfa: 'XOF' })).toEqual([1000, 'CDF']);
  });

  test('a reading says where the amount stands', () => {
    const text = 'Facture de 1 200,50 $, pour Jean';
    const tokens = tokenize(text);
    const found = findAmount(tokens, options);
    expect(found && asSaid(text, tokens, found.start, found.end)).toBe('1 200,50 $');
  });
});

describe('amounts that were written down before anything was measured', () => {
  const amounts = [...heldOutAmounts, ...heldOutAmountsAgain, ...heldOutRoughAmounts].map(
    ([text, value, currency]) => ({
      text,
      value,
      currency,
    }),
  );
  test.each(amounts)('"$text" is $value $currency', ({ text, value, currency }) => {
    expect(heard(text)).toEqual(value === null ? null : [value, currency]);
  });
});

describe('an amount said instead of another', () => {
  test.each<[string, number, Currency | undefined]>([
    ['trois cents dollars non pardon quatre cents dollars', 400, 'USD'],
    ['trois cents dollars, non, quatre cents', 400, 'USD'],
    ['vingt euros euh non trente euros non quarante euros', 40, 'EUR'],
    ['vingt euros, plutôt vingt dollars', 20, 'USD'],
    ['vingt dollars, non merci', 20, 'USD'],
    ['vingt dollars non trois copies', 20, 'USD'],
    ['vingt dollars et non trente', 20, 'USD'],
  ])('in %j is %d %s', (text, value, currency) => {
    expect(heard(text)).toEqual([value, currency]);
  });
});

describe('amounts that a hearer would ask about', () => {
  test.each<[string, number[]]>([
    ['mille cinq', [1005, 1500]],
    ['mille cinq francs', [1005, 1500]],
    ['deux mille trois', [2003, 2300]],
    ['mille 5', [1005, 1500]],
    ['un million deux', [1_000_002, 1_200_000]],
    ['2 millions 5', [2_000_005, 2_500_000]],
    ['un million deux cents', [1_000_200, 1_200_000]],
    ['deux millions deux cent cinquante dollars', [2_000_250, 2_250_000]],
    ['deux cinquante', [2.5, 250]],
    ['trois quarante-cinq dollars', [3.45, 345]],
  ])('%j may be %j', (text, values) => {
    expect(readings(text)).toEqual(values);
  });

  test.each<[string, number]>([
    ['mille cinq cents', 1500],
    ['mille un', 1001],
    ['mille et un', 1001],
    ['mille vingt', 1020],
    ['cent cinq', 105],
    ['un million deux cent mille', 1_200_000],
    ['un million deux cent trois', 1_000_203],
    ['mille virgule cinq', 1000.5],
    ['1005', 1005],
    ['1 005', 1005],
    ['mille cinq euros dix', 1005.1],
  ])('%j is plain', (text, value) => {
    expect(readings(text)).toEqual([value]);
  });

  test('a text without an amount has none', () => {
    expect(readings('bonjour')).toEqual([]);
  });
});

describe('saying amounts', () => {
  test.each<[number, Currency, string]>([
    [12.5, 'EUR', 'douze euros cinquante'],
    [250, 'USD', 'deux cent cinquante dollars'],
    [1_000_000, 'CDF', 'un million de francs congolais'],
    [2_000_000, 'EUR', "deux millions d'euros"],
    [1_200_000, 'CDF', 'un million deux cent mille francs congolais'],
    [1, 'USD', 'un dollar'],
    [0, 'USD', 'zéro dollar'],
    [1.05, 'EUR', 'un euro cinq'],
    [0.5, 'EUR', "cinquante centimes d'euro"],
    [0.01, 'USD', 'un centime de dollar'],
    [0.5, 'CDF', 'zéro virgule cinq franc congolais'],
    [99, 'XOF', 'nonante-neuf francs CFA'],
    [75.9, 'CHF', 'septante-cinq francs suisses nonante'],
    [-5, 'EUR', 'moins cinq euros'],
  ])('%d %s is %j', (value, currency, words) => {
    expect(sayAmount(value, currency, 'CD')).toBe(words);
  });
});
