import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLine } from './line.ts';

describe('a line of a sale', () => {
  it.each([
    [
      'trois cartons de craies à douze dollars',
      { quantity: 3, product: 'cartons de craies', unitPrice: 12, currency: 'USD' },
    ],
    [
      'ajoute deux stylos bleus à 500 francs',
      { quantity: 2, product: 'stylos bleus', unitPrice: 500, currency: 'CDF' },
    ],
    [
      'une ramette de papier A4 à cinq dollars cinquante',
      { quantity: 1, product: 'ramette de papier A4', unitPrice: 5.5, currency: 'USD' },
    ],
    ['le toner noir à 45 dollars', { quantity: 1, product: 'toner noir', unitPrice: 45, currency: 'USD' }],
    ['2 x cahiers à 1,50 €', { quantity: 2, product: 'cahiers', unitPrice: 1.5, currency: 'EUR' }],
    ['dix cahiers', { quantity: 10, product: 'cahiers' }],
    ['une douzaine d’œufs à trois dollars', { quantity: 12, product: 'œufs', unitPrice: 3, currency: 'USD' }],
    ['quatre savons à trois cents', { quantity: 4, product: 'savons', unitPrice: 300 }],
    ['quatre savons pour deux dollars en tout', { quantity: 4, product: 'savons', unitPrice: 0.5, currency: 'USD' }],
    [
      'cinq sacs de ciment à raison de douze dollars la pièce',
      { quantity: 5, product: 'sacs de ciment', unitPrice: 12, currency: 'USD' },
    ],
  ])('%j is %j', (text, line) => {
    expect(readLine(text)).toEqual(line);
  });

  it.each(['', 'bonjour', 'douze dollars', 'deux cent cinquante', 'Kabongo', 'une facture', 'oui'])(
    '%j is none',
    (text) => {
      expect(readLine(text)).toBeNull();
    },
  );

  it('never throws, and always has a product and a count', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '3 ', ' à 5 dollars'), (text, end) => {
        const line = readLine(text + end);
        expect(line === null || (line.product !== '' && line.quantity >= 1)).toBe(true);
      }),
      { numRuns: 500, seed: 20_261_122 },
    );
  });
});
