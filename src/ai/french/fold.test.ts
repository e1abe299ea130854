import { describe, expect, test } from 'vitest';
import { asSaid, fold, tokenize } from './fold.ts';

describe('folding a text for recognition', () => {
  test.each([
    ['C’est combien, le toner noir ?', 'c est combien le toner noir'],
    ["L'école Saint-Joseph", 'l ecole saint joseph'],
    ['Ma sœur, s’il vous plaît !', 'ma soeur s il vous plait'],
    ['ÇA VA ? Où ça…', 'ca va ou ca'],
    ['Facture n°12', 'facture numero 12'],
    ['$45', '$ 45'],
    ['12,50 €', '12,50 €'],
    ['1.200.000 FC', '1.200.000 fc'],
    ['1\u00a0200\u202f000 FC', '1 200 000 fc'],
    ['1’200 francs', '1200 francs'],
    ['20USD', '20 usd'],
    ['Le papier A4', 'le papier a4'],
    ['la 2e facture', 'la 2e facture'],
    ['Kabongo & Fils', 'kabongo et fils'],
    ['e\u0301tiquette', 'etiquette'],
    ['  ', ''],
    ['?!…', ''],
  ])('%j becomes %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test('tokens keep the spelling, so that a slot is given back as it was said', () => {
    const text = 'Facture de 20 dollars pour l’école Saint-Joseph, s’il vous plaît.';
    const tokens = tokenize(text);
    const start = tokens.findIndex((token) => token.text === 'ecole') - 1;
    expect(asSaid(text, tokens, start, start + 4)).toBe('l’école Saint-Joseph');
  });

  test('an empty or impossible range of tokens gives an empty text', () => {
    const tokens = tokenize('un deux');
    expect(asSaid('un deux', tokens, 1, 1)).toBe('');
    expect(asSaid('un deux', tokens, 0, 9)).toBe('');
  });

  test('a comma between two tokens is known, an apostrophe or hyphen is not one', () => {
    const breaks = tokenize('l’un, quatre-vingt 12, 500').map((token) => token.breakBefore);
    expect(breaks).toEqual([false, false, true, false, false, true]);
  });
});
