import { describe, expect, it } from 'vitest';
import { isLoop, withoutInventions } from './inventions.ts';

describe('withoutInventions', () => {
  it.each([
    'Sous-titres réalisés par la communauté d’Amara.org',
    "Sous-titres réalisés para la communauté d'Amara.org",
    'Sous-titrage Société Radio-Canada',
    "Sous-titrage ST' 501",
    'Sous-titrage FR ?',
    "Merci d'avoir regardé cette vidéo !",
    'Merci d’avoir regardé cette vidéo, n’oubliez pas de vous abonner',
    "Merci d'avoir regardé !",
    'Merci à tous d’avoir suivi cette vidéo',
    'Merci de votre visionnage',
    'Abonnez-vous à la chaîne !',
    'Traduction par Léa',
    'Thanks for watching!',
    '[BLANK_AUDIO]',
    '[Musique]',
    '(applaudissements)',
    '*rires*',
    'Musique',
    '♪',
    '♪ ♪ ♪',
    '...',
    '. . . .',
    '- -',
    '!',
    '',
    '   ',
    '<|nospeech|>',
  ])('nothing was said in %j', (transcript) => {
    expect(withoutInventions(transcript)).toBe('');
  });

  it.each([
    'merci merci merci merci merci merci merci',
    'je voudrais une facture facture facture facture facture facture facture',
    'oui c’est ça oui c’est ça oui c’est ça oui c’est ça',
    'De la France. De la France. De la France. De la France.',
  ])('a loop is nothing: %j', (transcript) => {
    expect(withoutInventions(transcript)).toBe('');
  });

  it.each([
    'Merci beaucoup.',
    'merci',
    'merci d’avoir attendu',
    'oui oui oui',
    'non non non non',
    'Je voudrais une facture de 250 dollars.',
    'imprime le sous-total',
    'mon numéro est le quatre-vingt-dix-neuf quatre-vingt-dix-neuf quatre-vingt-dix-neuf quatre-vingt-dix-neuf',
    'zéro zéro zéro zéro',
    'on a encore de la musique',
    'c’est combien les vidéos',
    'à bientôt',
    '250',
    'là-bas',
  ])('keeps %j as it was said', (transcript) => {
    expect(withoutInventions(transcript)).toBe(transcript);
  });

  it('takes labels of sounds out of real speech', () => {
    expect(withoutInventions('[Musique] bonjour (rires)  madame ♪')).toBe('bonjour madame');
  });

  it('changes nothing the second time', () => {
    for (const text of ['[a] b (c) d', 'bonjour ♪ madame', 'a ([b] c) d']) {
      expect(withoutInventions(withoutInventions(text))).toBe(withoutInventions(text));
    }
  });
});

describe('isLoop', () => {
  it('sees the same group again and again, wherever it begins', () => {
    expect(isLoop([1, 2, 3, 7, 7, 7, 7, 7, 7])).toBe(true);
    expect(isLoop([9, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3])).toBe(true);
    expect(isLoop([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2])).toBe(true);
  });

  it('lets a few repetitions pass, and anything short', () => {
    expect(isLoop([])).toBe(false);
    expect(isLoop([7, 7, 7, 7, 7])).toBe(false);
    expect(isLoop([1, 2, 3, 1, 2, 3, 1, 2, 3])).toBe(false);
    expect(isLoop(Array.from({ length: 200 }, (_, index) => index))).toBe(false);
  });
});
