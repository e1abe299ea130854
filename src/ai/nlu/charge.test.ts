import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCharges } from './charge.ts';
import { foldUtterance } from './utterance.ts';

const read = (text: string, besides = true) => {
  const { lines, rest } = readCharges(foldUtterance(text), { franc: 'CDF', cfa: 'XOF', besides });
  return { lines: lines.map(({ product, unitPrice, currency }) => `${product} ${unitPrice} ${currency}`), rest };
};

describe('a sum that comes besides', () => {
  it.each<[string, string[], string]>([
    ['ajoute cinq dollars de transport', ['transport 5 USD'], ''],
    ['plus trois dollars de livraison', ['livraison 3 USD'], ''],
    ['ajoutez mille cinq cents francs de main d’œuvre', ['main d’œuvre 1500 CDF'], ''],
    ['rajoute 12,50 € pour les frais de port', ['frais de port 12.5 EUR'], ''],
    ['avec deux mille francs CFA d’emballage', ['emballage 2000 XOF'], 'avec'],
    ['deux savons à trois dollars et cinq dollars de transport', ['transport 5 USD'], 'deux savons à trois dollars'],
    ['ajoute cinq dollars de transport et deux dollars d’emballage', ['transport 5 USD', 'emballage 2 USD'], ''],
    ['ajoute cinq dollars de transport pour Marie', ['transport 5 USD'], 'pour Marie'],
    ['ajoute cinq dollars', ['Divers 5 USD'], ''],
    ['cinq dollars de plus', ['Divers 5 USD'], ''],
  ])('is told in %j', (text, lines, rest) => {
    expect(read(text)).toEqual({ lines, rest });
  });

  it.each([
    'cinquante dollars',
    'facture de cent dollars de la part de Marie',
    'mets cinquante dollars',
    'ajoute cinq dollars pour Marie',
    'ajoute cinq dollars pour la société Kabongo',
    'cinquante dollars d’acompte',
    'deux savons à cinq dollars de Marseille',
    'il reste dix dollars de monnaie',
    'ajoute deux savons à trois dollars',
    'cinq dollars de moins',
    'ajoute cinq cahiers de dessin',
    'ajoute 1 « cinq dollars de transport » à 3 USD',
  ])('is not told in %j', (text) => {
    expect(read(text)).toEqual({ lines: [], rest: text });
  });

  it('is an amount where there is nothing that it could come besides, unless its words add it and name it', () => {
    expect(read('cent dollars de marchandises', false).lines).toEqual([]);
    expect(read('ajoute cent dollars', false).lines).toEqual([]);
    expect(read('ajoute cent dollars de marchandises', false).lines).toEqual(['marchandises 100 USD']);
  });

  it('never throws, and always has a name and a price', () => {
    const words = fc.constantFrom(
      ...'ajoute|plus|et|avec|cinq|dollars|de|d’|pour|la|livraison|transport|mille cinq|francs|en plus|Marie|,|$|5'.split(
        '|',
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(words).map((said) => said.join(' ')),
        ),
        (text) => {
          const { lines } = readCharges(foldUtterance(text));
          for (const { product, unitPrice } of lines) expect(product !== '' && Number.isFinite(unitPrice)).toBe(true);
        },
      ),
      { numRuns: 500, seed: 20_261_123 },
    );
  });
});
