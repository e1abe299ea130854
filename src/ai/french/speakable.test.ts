import { describe, expect, test } from 'vitest';
import { speakable } from './speakable.ts';

describe('making a text speakable', () => {
  test.each([
    ['Le total est de 42,50 euros.', 'Le total est de quarante-deux euros cinquante.'],
    ['3,99 €', 'trois euros nonante-neuf'],
    ['0,50 €', "cinquante centimes d'euro"],
    ['12€50', 'douze euros cinquante'],
    ['$45', 'quarante-cinq dollars'],
    ['1.200.000 FC', 'un million deux cent mille francs congolais'],
    ['1\u00a0200,75\u202f$', 'mille deux cents dollars septante-cinq'],
    ['5000 FCFA', 'cinq mille francs C F A'],
    ['12,50 francs', 'douze francs cinquante'],
    ['500 F.', 'cinq cents francs.'],
    ['42,50 dollars américains', 'quarante-deux dollars américains cinquante'],
    ['1,5 million de francs', 'un virgule cinq million de francs'],
    ['-3,20 €', 'moins trois euros vingt'],
    ['10-15 €', 'dix à quinze euros'],
    ['12 €/kg', 'douze euros par kilo'],
    ['3 x 2,50 €', 'trois fois deux euros cinquante'],
    ['2 000 FC TTC', 'deux mille francs congolais toutes taxes comprises'],
  ])('the price %j is spoken %j', (text, words) => {
    expect(speakable(text, 'CD')).toBe(words);
  });

  test.each([
    ['Il fait -5.', 'Il fait moins cinq.'],
    ['1 facture, 21 pages, 1 dollar', 'une facture, vingt et une pages, un dollar'],
    ['Le papier A4', 'Le papier A quatre'],
    ['HP 305XL', 'HP trois cent cinq X L'],
    ['version 2.0.1', 'version deux point zéro point un'],
    ['le 2e étage, la 1re fois, le 3ème', 'le deuxième étage, la première fois, le troisième'],
    ['3/4', 'trois sur quatre'],
    ['1.000 et 1.200', 'mille et mille deux cents'],
    ['12,50 et USB 3.0', 'douze virgule cinquante et USB trois virgule zéro'],
    ['007', 'zéro zéro sept'],
    ['Louis XIV', 'Louis quatorze'],
    ['20 %, 1 kg, 2,5 kg, 2 m²', 'vingt pour cent, un kilo, deux virgule cinq kilos, deux mètres carrés'],
    ['100 km/h, 16 Go, 500 Mo, 1 min', 'cent kilomètres par heure, seize gigas, cinq cents mégas, une minute'],
    ['21 x 29,7 cm', 'vingt et un par vingt-neuf virgule sept centimètres'],
    ["5 l'unité", "cinq l'unité"],
  ])('the number in %j is spoken %j', (text, words) => {
    expect(speakable(text, 'CD')).toBe(words);
  });

  test.each([
    ['Le 22/11/2026.', 'Le vingt-deux novembre deux mille vingt-six.'],
    ['le 1er mars', 'le premier mars'],
    ['le 01/03/2026', 'le premier mars deux mille vingt-six'],
    ['2026-11-22', 'vingt-deux novembre deux mille vingt-six'],
    ['le 22/11', 'le vingt-deux novembre'],
    ['18 h 30, 18h30, 9:05', 'dix-huit heures trente, dix-huit heures trente, neuf heures cinq'],
    ['de 8h-18h', 'de huit heures à dix-huit heures'],
    ['8:00 - 18:00', 'huit heures à dix-huit heures'],
    ['24h/24 et 7j/7', 'vingt-quatre heures sur vingt-quatre et sept jours sur sept'],
    ['livré en 48 h', 'livré en quarante-huit heures'],
  ])('the date or hour in %j is spoken %j', (text, words) => {
    expect(speakable(text, 'FR')).toBe(words);
  });

  test.each([
    ['06 12 34 56 78', 'zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit'],
    ['06.12.34.56.78', 'zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit'],
    ['0612345678', 'zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit'],
    [
      'au +243 812 345 678.',
      'au plus deux cent quarante-trois, huit cent douze, trois cent quarante-cinq, six cent soixante-dix-huit.',
    ],
    [
      '+243812345678',
      'plus deux cent quarante-trois, huit cent douze, trois cent quarante-cinq, six cent soixante-dix-huit',
    ],
    ['+33 6 12 34 56 78', 'plus trente-trois, six, douze, trente-quatre, cinquante-six, soixante-dix-huit'],
    ['0812 345 678', 'zéro huit, douze, trois cent quarante-cinq, six cent soixante-dix-huit'],
    ['F-C1-2026-000123 est prête.', 'F, C un, deux mille vingt-six, cent vingt-trois est prête.'],
    ['F-7K3Q-2026-000001', 'F, sept K trois Q, deux mille vingt-six, un'],
    ['contact@lagrace.cd', 'contact arobase lagrace point c d'],
    ['Voyez https://www.lagrace.com/aide?x=1. Merci', 'Voyez lagrace point com slash aide. Merci'],
  ])('the phone, code or address in %j is spoken %j', (text, words) => {
    expect(speakable(text, 'FR')).toBe(words);
  });

  test.each([
    ['Facture n° 12, N°13', 'Facture numéro douze, numéro treize'],
    ['M. Kabongo est là.', 'Monsieur Kabongo est là.'],
    ['S.M. Kabongo', 'S M Kabongo'],
    ['Tél.M. Kabongo', 'téléphone Monsieur Kabongo'],
    ['M. le directeur', 'Monsieur le directeur'],
    ['MM. Kabila et Mme Marie, Mlle Jeanne', 'Messieurs Kabila et Madame Marie, Mademoiselle Jeanne'],
    ['Dr Mukendi, Me Ilunga. Me voici.', 'Docteur Mukendi, Maître Ilunga. Me voici.'],
    ["l'école St-Joseph, Ste Marie", "l'école Saint-Joseph, Sainte Marie"],
    ['Papier, etc. Merci.', 'Papier, etcétéra. Merci.'],
    ['Papier, etc.', 'Papier, etcétéra.'],
    ['Papier, etc. et encre.', 'Papier, etcétéra et encre.'],
    ['3 art. max. pour Max.', 'trois article maximum pour Max.'],
    ['Tél. : 12', 'téléphone: douze'],
    ['c.-à-d. ici, p. ex. là', "c'est-à-dire ici, par exemple là"],
    ['S.A.R.L. Mbote', 'S A R L Mbote'],
    ['Prix HT', 'Prix hors taxes'],
    ['Kabongo & Fils', 'Kabongo et Fils'],
  ])('the abbreviation in %j is spoken %j', (text, words) => {
    expect(speakable(text, 'CD')).toBe(words);
  });

  test.each([
    ['Bonjour 😀 **cher** _client_ !', 'Bonjour cher client!'],
    ['# Titre\n- un\n- deux', 'Titre. un. deux'],
    ['[notre site](https://lagrace.cd) <b>ici</b>', 'notre site ici'],
    ['Merci ! Ça va ? Oui…', 'Merci! Ça va? Oui…'],
    ["C’est l'été", "C'est l'été"],
    ['😀', ''],
    ['', ''],
  ])('%j loses its markup and keeps its stops: %j', (text, words) => {
    expect(speakable(text, 'CD')).toBe(words);
  });

  test('each region has its own tens', () => {
    expect(speakable('75, 85 et 95', 'FR')).toBe('soixante-quinze, quatre-vingt-cinq et quatre-vingt-quinze');
    expect(speakable('75, 85 et 95', 'CD')).toBe('septante-cinq, quatre-vingt-cinq et nonante-cinq');
    expect(speakable('75, 85 et 95', 'CH')).toBe('septante-cinq, huitante-cinq et nonante-cinq');
  });
});
