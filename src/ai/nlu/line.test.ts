import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLine, readLines } from './line.ts';
import { foldUtterance } from './utterance.ts';

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
    ['trois savons pour dix dollars', { quantity: 1, product: '3 savons', unitPrice: 10, currency: 'USD' }],
    ['deux pains pour 25 francs CFA', { quantity: 1, product: '2 pains', unitPrice: 25, currency: 'XOF' }],
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

  it.each<[string, string[], string]>([
    ['une facture pour Marie, deux sacs de riz à vingt dollars', ['2 sacs de riz'], 'une facture pour Marie,'],
    ['facture de trois savons à deux dollars pour Marie', ['3 savons'], 'pour Marie'],
    ['trois savons à deux dollars et deux pains à cinquante centimes', ['3 savons', '2 pains'], ''],
    ['deux pains pour Marie à cinq cents francs', ['2 pains'], 'pour Marie'],
    ['facture pour Paul un pain à un dollar', ['1 pain'], 'facture pour Paul'],
    ['facture pour paul une boîte de thé à deux dollars', ['1 boîte de thé'], 'facture pour paul'],
    ['ajoute 2 « sac à dos pour 3 enfants » à 20 USD', ['2 sac à dos pour 3 enfants'], ''],
    ['facture pour l’école Saint-Pierre deux tables à dix dollars', ['2 tables'], 'facture pour l’école Saint-Pierre'],
    ['facture pour le sac de 25 kilos à dix dollars', ['1 sac de 25 kilos'], ''],
    ['cent dollars et pour Paul de cinquante dollars', [], 'cent dollars et pour Paul de cinquante dollars'],
    ['trente dollars pour Joseph', [], 'trente dollars pour Joseph'],
    ['facture pour les trois frères à vingt dollars', [], 'facture pour les trois frères à vingt dollars'],
    ['imprime trois étiquettes', [], 'imprime trois étiquettes'],
    ['il reste deux sacs de riz', [], 'il reste deux sacs de riz'],
  ])('in %j is %j, and the rest %j', (text, lines, rest) => {
    const read = readLines(foldUtterance(text));
    expect(read.lines.map(({ quantity, product }) => `${quantity} ${product}`)).toEqual(lines);
    expect(read.rest).toBe(rest);
  });

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
