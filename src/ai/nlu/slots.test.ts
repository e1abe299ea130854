import { describe, expect, it } from 'vitest';
import type { IntentName, Slots } from '../../schema.ts';
import { findSlots, mergeSlots } from './slots.ts';
import { foldUtterance } from './utterance.ts';

const slotsOf = (intent: IntentName, text: string): Slots => mergeSlots(findSlots(intent, foldUtterance(text)));

describe('the slots of an invoice', () => {
  it.each<[string, Slots]>([
    ['une facture pour moi', {}],
    ['une facture pour le client', {}],
    ['une facture pour demain', {}],
    ['une facture pour 50 dollars', { amount: 50, currency: 'USD' }],
    ['une facture pour un montant de cinquante dollars', { amount: 50, currency: 'USD' }],
    ['une facture pour 50 dollars pour Marie', { amount: 50, currency: 'USD', client: 'Marie' }],
    ['facture de cinquante', { amount: 50 }],
    ['facture de cinquante pour Marie', { amount: 50, client: 'Marie' }],
    ['facture pour trois cahiers', {}],
    ['facture pour Marie en euros', { client: 'Marie', currency: 'EUR' }],
    ['facture de 20 $ pour M. Jean-Pierre N’Kulu', { amount: 20, currency: 'USD', client: 'Jean-Pierre N’Kulu' }],
    ['facture de 20 $ pour M. et Mme Kabongo', { amount: 20, currency: 'USD', client: 'Kabongo' }],
    [
      'facture pour la société Kin Express et Fils, 20 $',
      { amount: 20, currency: 'USD', client: 'Kin Express et Fils' },
    ],
    ['facture pour l’école Saint-Joseph', { client: 'l’école Saint-Joseph' }],
    ['facture pour monsieur', {}],
    ['FACTURE POUR MONSIEUR KABONGO VINGT DOLLARS', { amount: 20, currency: 'USD', client: 'KABONGO' }],
    ['facture pour Kabongo s’il vous plaît merci', { client: 'Kabongo' }],
    ['facture pour Kabongo et imprime', { client: 'Kabongo' }],
    ['facture vingt dollars a marie', { amount: 20, currency: 'USD', client: 'marie' }],
    ['le client a besoin d’une facture', {}],
    ['rédige la facture du client mutombo', { client: 'mutombo' }],
    ['facture de la cliente ilunga cinquante dollars', { amount: 50, currency: 'USD', client: 'ilunga' }],
    ['la facture du client s’il vous plaît', {}],
    ['facture du client de passage', {}],
    ['la facture du client qui attend', {}],
  ])('%j: %j', (text, expected) => {
    expect(slotsOf('invoice', text)).toEqual(expected);
  });
});

describe('the slots of a print', () => {
  it.each<[string, Slots]>([
    ['imprime une facture', { template: 'invoice' }],
    ['imprime une seule facture', { template: 'invoice', copies: 1 }],
    ['imprime un exemplaire de la facture', { template: 'invoice', copies: 1 }],
    ['imprime la facture en double', { template: 'invoice', copies: 2 }],
    ['imprime 12 factures', { template: 'invoice', copies: 12 }],
    ['imprime la facture 12', { template: 'invoice', which: 12 }],
    ['imprime la facture numéro un', { template: 'invoice', which: 1 }],
    ['imprime la facture douze en deux exemplaires', { template: 'invoice', which: 12, copies: 2 }],
    ['imprime la facture deux fois', { template: 'invoice', copies: 2 }],
    ['imprime la facture de vingt dollars', { template: 'invoice' }],
    ['imprime la dernière fois', {}],
    ['imprime le ticket de caisse', { template: 'receipt' }],
    ['imprime la facture proforma', { template: 'quote' }],
    ['imprime zéro étiquette', { template: 'label' }],
    ['imprime deux étiquettes et demie', { template: 'label', copies: 2 }],
  ])('%j: %j', (text, expected) => {
    expect(slotsOf('print', text)).toEqual(expected);
  });
});

describe('the product of a price or a stock', () => {
  it.each<[string, string | undefined]>([
    ['c’est combien', undefined],
    ['c’est combien le t-shirt blanc', 't-shirt blanc'],
    ['combien coûtent les cartouches HP 305 XL ?', 'cartouches HP 305 XL'],
    ['Le toner noir, c’est combien ?', 'toner noir'],
    ['bonjour, vous auriez de l’eau de javel s’il vous plaît', 'eau de javel'],
    ['le prix de la crème à raser', 'crème à raser'],
    ['est-ce qu’il nous reste encore du papier A4 80 grammes en stock', 'papier A4 80 grammes'],
    ['combien de sacs de riz de vingt-cinq kilos il reste', 'sacs de riz de vingt-cinq kilos'],
    ['du café vous en avez encore', 'café'],
    ['on a combien de maïs', 'maïs'],
  ])('%j: %j', (text, expected) => {
    expect(slotsOf('price', text).product).toBe(expected);
  });
});

describe('the period of sales', () => {
  it.each<[string, string | undefined]>([
    ['la journée d’hier', 'yesterday'],
    ['du premier du mois à aujourd’hui', 'month'],
    ['depuis lundi', 'week'],
    ['avant-hier', undefined],
    ['la semaine dernière', undefined],
    ['le mois passé', undefined],
    ['en tout', undefined],
  ])('%j: %j', (text, expected) => {
    expect(slotsOf('sales_total', text).period).toBe(expected);
  });
});

it('finds no slots where an intent has none', () => {
  expect(slotsOf('greeting', 'bonjour facture de vingt dollars pour Marie')).toEqual({});
});
