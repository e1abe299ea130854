import { describe, expect, it } from 'vitest';
import { soundOf } from './phonetic.ts';

describe('the sound of a word', () => {
  it.each([
    ['ces', 'ses', 'cest'],
    ['imprimez', 'imprimer'],
    ['facture', 'factures', 'factur'],
    ['quel', 'quelle', 'kel'],
    ['prix', 'pris', 'prie'],
    ['recu', 'recus', 'reku'],
    ['combien', 'conbien'],
  ])('is the same for %j and %j', (...words) => {
    expect(new Set(words.map(soundOf)).size).toBe(1);
  });

  it('differs for other words, and is never empty', () => {
    expect(soundOf('facture')).not.toBe(soundOf('fractale'));
    for (const word of ['', 'a', 'h', 'hhh', 'eee', 'stdp', '12,50']) expect(soundOf(word)).toBe(soundOf(word) || word);
    expect(soundOf('hhh')).not.toBe('');
  });
});
