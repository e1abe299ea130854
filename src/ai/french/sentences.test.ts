import { describe, expect, test } from 'vitest';
import { longestSentence, splitSentences } from './sentences.ts';

describe('splitting a text into sentences', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['Bonjour', ['Bonjour']],
    ['Bonjour! Comment puis-je vous aider?', ['Bonjour!', 'Comment puis-je vous aider?']],
    ['Bonjour M. Kabongo. Merci.', ['Bonjour M. Kabongo.', 'Merci.']],
    ['Le total est de 12.50 dollars. Merci !', ['Le total est de 12.50 dollars.', 'Merci !']],
    ['Papier, encre, etc. Merci.', ['Papier, encre, etc.', 'Merci.']],
    ['Il en reste sept. Merci.', ['Il en reste sept.', 'Merci.']],
    ['Le n. 12 et l’art. 3 sont là.', ['Le n. 12 et l’art. 3 sont là.']],
    ['Papier, etc. et encre.', ['Papier, etc. et encre.']],
    ['C’est fini… ou pas. Non ?! Si.', ['C’est fini… ou pas.', 'Non ?!', 'Si.']],
    ['Attendez... Voilà.', ['Attendez...', 'Voilà.']],
    ['« Bonjour ! » dit-il. Oui.', ['« Bonjour ! » dit-il.', 'Oui.']],
    ['Il dit « Bonjour. » Puis il part.', ['Il dit « Bonjour. »', 'Puis il part.']],
    [
      'Voir réf. 12, p. ex. ceci. J. Kabila, S.A.R.L. Mbote.',
      ['Voir réf. 12, p. ex. ceci.', 'J. Kabila, S.A.R.L. Mbote.'],
    ],
    ['Ouvert le lundi\nFermé le mardi', ['Ouvert le lundi', 'Fermé le mardi']],
    ['Une facture de 5 dollars: est-ce exact?', ['Une facture de 5 dollars:', 'est-ce exact?']],
    ['Ouvert de 8:30 à 17:00.', ['Ouvert de 8:30 à 17:00.']],
    ['Écrivez à www.lagrace.cd. Merci.', ['Écrivez à www.lagrace.cd.', 'Merci.']],
  ])('%j', (text, sentences) => {
    expect(splitSentences(text)).toEqual(sentences);
  });

  test('a very long sentence is cut at its clauses', () => {
    const clause = 'nous livrons dans toute la ville de Kinshasa chaque jour de la semaine';
    const parts = splitSentences(`${clause} ; ${clause}, ${clause}, ${clause}.`);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(longestSentence);
    expect(parts.slice(0, -1).every((part) => /[;,]$/.test(part))).toBe(true);
  });

  test('without any clause mark it is cut between words', () => {
    const parts = splitSentences('mot '.repeat(200));
    expect(parts.every((part) => part.length <= longestSentence && /^mot( mot)*$/.test(part))).toBe(true);
  });
});
