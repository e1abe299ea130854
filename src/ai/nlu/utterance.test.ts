import { describe, expect, it } from 'vitest';
import { coreOf, foldUtterance, longestUtterance } from './utterance.ts';

const folded = (text: string): string =>
  foldUtterance(text)
    .tokens.map((token) => token.text)
    .join(' ');
function core(text: string): string {
  const { tokens } = foldUtterance(text);
  const { start, end } = coreOf(tokens);
  return tokens
    .slice(start, end)
    .map((token) => token.text)
    .join(' ');
}

describe('a folded utterance', () => {
  it.each([
    ["C'est combien ?", 'c est combien'],
    ['cest combien', 'c est combien'],
    ['jai vendu', 'j ai vendu'],
    ['facture svp', 'facture s il vous plait'],
    ['ESQUE tu m’entends', 'est ce que tu m entends'],
    ['Mme Mbuyi', 'madame mbuyi'],
  ])('%j becomes %j', (text, expected) => {
    expect(folded(text)).toBe(expected);
  });

  it('reads only the beginning of a text without end', () => {
    expect(foldUtterance('a'.repeat(100_000)).text).toHaveLength(longestUtterance);
  });

  it('finds the amount in the repaired words', () => {
    const { amount, tokens } = foldUtterance('jai une facture de vingt dollars');
    expect(amount).toMatchObject({ value: 20, currency: 'USD', end: tokens.length });
  });
});

describe('the core of an utterance', () => {
  it.each([
    ['bonjour je voudrais une facture s’il vous plaît', 'je voudrais une facture'],
    ['euh alors imprime le reçu merci beaucoup', 'imprime le recu'],
    ['bonjour', 'bonjour'],
    ['merci madame', 'merci madame'],
    ['', ''],
  ])('of %j is %j', (text, expected) => {
    expect(core(text)).toBe(expected);
  });
});
