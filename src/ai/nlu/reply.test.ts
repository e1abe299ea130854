import { describe, expect, it } from 'vitest';
import { readReply } from './reply.ts';

describe('a reply to the dialogue', () => {
  it.each<[string, string | null]>([
    ['Kabongo', 'Kabongo'],
    ['monsieur Kabongo', 'Kabongo'],
    ['non, Marie', 'Marie'],
    ['c’est pour la société Bralima s’il vous plaît', 'Bralima'],
    ['le client c’est l’école Saint-Joseph', 'l’école Saint-Joseph'],
    ['au nom de Grâce Mulumba', 'Grâce Mulumba'],
    ['euh maman Chantal', 'maman Chantal'],
    ['deux cent cinquante dollars', null],
    ['trois cents', null],
    ['oui', null],
    ['annule tout', null],
    ['', null],
  ])('%j as a name is %j', (text, name) => {
    expect(readReply(text).name).toBe(name);
  });

  it.each([
    ['non, trois cents', { amount: 300 }],
    ['deux cent cinquante', { amount: 250 }],
    ['non, pour Marie', { client: 'Marie' }],
    ['deux cents dollars pour monsieur Kabongo', { amount: 200, currency: 'USD', client: 'Kabongo' }],
    ['plutôt en euros', { currency: 'EUR' }],
    ['en trois exemplaires', { copies: 3 }],
    ['le reçu', { template: 'receipt' }],
  ])('%j carries %j', (text, slots) => {
    expect(readReply(text).slots).toEqual(slots);
  });

  it('gives both readings where a hearer would ask', () => {
    expect(readReply('mille cinq francs').amounts).toEqual([
      { value: 1005, currency: 'CDF' },
      { value: 1500, currency: 'CDF' },
    ]);
  });
});
