import { describe, expect, it } from 'vitest';
import { heldOutPhrases } from '../nlu/phrases/heldout.ts';
import { tuningPhrases } from '../nlu/phrases/tuning.ts';
import { isLoop, withoutInventions } from './inventions.ts';

const inventions = [
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
  'Sous-titres faits par la communauté d’Amara.org',
  'Sous-titres par Jérémy Diaz',
  'Sous-titrage MFP.',
  'Sous titreur : Léa Martin',
  'Soustitreur.com',
  'Subtitles by the Amara.org community',
  'Subtítulos realizados por la comunidad de Amara.org',
  'Sottotitoli creati dalla comunità Amara.org',
  'Legendas pela comunidade Amara.org',
  'Untertitel der Amara.org-Community',
  'Untertitelung des ZDF, 2020',
  'Traduction et relecture : Marie',
  'Transcription par CastingWords',
  '© Société Radio-Canada',
  'Merci d’avoir regardé la vidéo.',
  'Merci d’avoir visionné cette vidéo',
  'Merci d’avoir écouté cet épisode',
  'Merci de votre écoute',
  'Merci pour votre fidélité',
  'Merci à tous et à toutes d’avoir suivi cette émission',
  'Si cette vidéo vous a plu, à bientôt',
  'N’hésitez pas à vous abonner',
  'N’oubliez pas d’activer la cloche',
  'Mettez un pouce bleu',
  'À la prochaine pour une nouvelle vidéo',
  'On se retrouve dans le prochain épisode',
  'Retrouvez-nous sur notre site',
  'Thank you so much for watching!',
  'Thank you for listening',
  'Please subscribe to my channel',
  'See you in the next video',
  'Musique de fin',
  'Générique',
  'ご視聴ありがとうございました',
  '시청해주셔서 감사합니다',
];

describe('withoutInventions', () => {
  const ways: [string, (invention: string) => string][] = [
    ['as it is', (invention) => invention],
    ['in capitals', (invention) => invention.toUpperCase()],
    ['in small letters', (invention) => invention.toLowerCase()],
    ['without accents', (invention) => invention.normalize('NFD').replace(/\p{M}/gu, '')],
    ['with other apostrophes', (invention) => invention.replace(/[’']/g, '´')],
    ['with points of suspension', (invention) => `… ${invention}…`],
    ['between quotation marks', (invention) => `« ${invention} »`],
    ['between notes of music', (invention) => `♪ ${invention} ♪`],
    ['twice', (invention) => `${invention}. ${invention}.`],
    ['five times', (invention) => Array(5).fill(`${invention} !`).join(' ')],
    ['before another one', (invention) => `${invention}. Merci d’avoir regardé cette vidéo !`],
  ];
  it.each(ways)('finds nothing in what is known to be invented, %s', (_, change) => {
    const heard = inventions.filter((invention) => withoutInventions(change(invention)) !== '');
    expect(heard).toEqual([]);
  });

  it('keeps what was said before and after an invention', () => {
    for (const invention of inventions) {
      const sentence = invention.replace(/[ .!?]+$/, '');
      expect(withoutInventions(`Bonjour madame. ${sentence}.`), invention).toBe('Bonjour madame.');
      expect(withoutInventions(`${sentence} ! Fais une facture.`), invention).toBe('Fais une facture.');
    }
  });

  it('keeps every request that comes with the tests as it was said', () => {
    const phrases = [...heldOutPhrases, ...tuningPhrases].flatMap(([text, intent]) =>
      intent === 'unknown' ? [] : [text],
    );
    const lost = phrases.filter((phrase) => withoutInventions(phrase) !== phrase.replace(/\s+/g, ' ').trim());
    expect(lost).toEqual([]);
  });

  it.each([
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
