import { describe, expect, it } from 'vitest';
import { intentNames } from '../../schema.ts';
import { clients, products } from '../nlu/fillers.ts';
import { createRandom } from '../nlu/random.ts';
import { matchSentences, sentences } from '../nlu/sentences.ts';
import { sayTemplate } from '../nlu/templates.ts';
import { foldUtterance } from '../nlu/utterance.ts';
import { answer, intents } from './index.ts';
import { exampleSlots, exampleText } from './intent.ts';

const random = createRandom(11);
const sayings = 60;

function fill(slot: string): string {
  if (slot === 'client') return random.pick(clients.filter((client) => !client.includes(' ')));
  if (slot === 'product') return random.pick(products);
  return slot === 'amount' ? 'vingt dollars' : random.pick(['deux', '12', 'vingt-trois']);
}

/** The intents whose sentences are the text: of the surest only, those with the fewest free words. */
function claims(text: string): string[] {
  const matches = matchSentences(foldUtterance(text));
  const surest = matches.filter(({ wildcardWords }) => wildcardWords === matches[0]?.wildcardWords);
  return [...new Set(surest.map(({ intent }) => intent))];
}

/** The intents whose sentences are the text word for word: the model has no say then. */
function certainClaims(text: string): string[] {
  const matches = matchSentences(foldUtterance(text)).filter(
    ({ wildcardWords, stripped }) => wildcardWords === 0 && !stripped,
  );
  return [...new Set(matches.map(({ intent }) => intent))];
}

describe('the list of intents', () => {
  it('has every name of the schema once, in its order', () => {
    expect(intents.map(({ name }) => name)).toEqual([...intentNames]);
  });

  it('gives many examples, none twice', () => {
    for (const { name, examples } of intents) expect(examples.length, name).toBeGreaterThanOrEqual(40);
    const folded = intents.flatMap(({ name, examples }) =>
      examples.map((example) => ({ name, said: exampleText(example).toLowerCase() })),
    );
    const seen = new Map<string, string>();
    for (const { name, said } of folded) {
      expect(seen.get(said), `"${said}" of ${name} is also there as`).toBeUndefined();
      seen.set(said, name);
    }
  });

  it('gives examples no slots but the intent’s own', () => {
    for (const { name, slots, examples } of intents) {
      for (const example of examples) {
        expect(slots, `${name}: ${exampleText(example)}`).toEqual(
          expect.arrayContaining(Object.keys(exampleSlots(example))),
        );
      }
    }
  });

  it('has no sentence that two intents claim', () => {
    for (const { intent, template } of sentences) {
      for (let time = 0; time < sayings; time += 1) {
        const said = sayTemplate(template, (count) => random.below(count), fill);
        expect(claims(said), said).toEqual([intent]);
      }
    }
  });

  it('has no example that is another intent’s sentence', () => {
    for (const { name, examples } of intents) {
      for (const text of examples.map(exampleText)) {
        expect([name], text).toEqual(expect.arrayContaining(certainClaims(text)));
      }
    }
  });
});

describe('the answers', () => {
  const context = { now: new Date(2026, 10, 22, 9, 5), region: 'CD' } as const;
  const say = (intent: (typeof intentNames)[number], slots = {}): string =>
    answer({ intent, slots, confidence: 1, by: 'template' }, context);

  it.each([
    ['greeting', {}, 'Bonjour! Comment puis-je vous aider?'],
    ['invoice', {}, "Créer une facture? D'accord, quel est le montant?"],
    ['invoice', { amount: 250, currency: 'USD' }, 'Une facture de 250 dollars: est-ce exact?'],
    [
      'invoice',
      { amount: 99.5, currency: 'EUR', client: 'Kabongo' },
      'Une facture de 99,50 euros pour Kabongo: est-ce exact?',
    ],
    ['invoice', { amount: 1, currency: 'CHF' }, 'Une facture de 1 franc suisse: est-ce exact?'],
    [
      'invoice',
      { amount: 2e6, currency: 'CDF' },
      'Une facture de 2\u202f000\u202f000 de francs congolais: est-ce exact?',
    ],
    ['invoice', { amount: 12 }, 'Une facture de 12: est-ce exact?'],
    ['print', {}, 'Imprimer un document? Quel type de document?'],
    ['print', { template: 'receipt' }, 'Imprimer un reçu: est-ce exact?'],
    ['print', { template: 'label', copies: 3 }, 'Imprimer 3 étiquettes: est-ce exact?'],
    [
      'print',
      { template: 'invoice', which: 'last', copies: 2 },
      'Imprimer la dernière facture en 2 exemplaires: est-ce exact?',
    ],
    ['print', { template: 'quote', which: 7 }, 'Imprimer le devis numéro 7: est-ce exact?'],
    ['unknown', {}, "Je n'ai pas bien compris. Pouvez-vous répéter?"],
    ['time', {}, 'Il est 9\u00a0h\u00a005. Nous sommes le dimanche 22 novembre 2026.'],
  ] as const)('to %s %j is %j', (intent, slots, expected) => {
    expect(say(intent, slots)).toBe(expected);
  });

  it('are something for every intent, with no word of the program in them', () => {
    for (const name of intentNames) {
      expect(say(name).length, name).toBeGreaterThan(10);
      expect(say(name)).not.toMatch(/undefined|null|NaN|\[object|erreur/i);
    }
  });

  it('repeat what was said last', () => {
    const repeated = answer(
      { intent: 'repeat', slots: {}, confidence: 1, by: 'model' },
      { ...context, previousAnswer: 'Il est midi.' },
    );
    expect(repeated).toBe('Il est midi.');
  });
});
