import fc from 'fast-check';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { draftSchema, issuedSchema } from '../../schema/documents.ts';
import { createFolderLoader, modelsFolder, readPackFromFiles, shippedIntentPack } from '../../tools/model-folder.ts';
import type { IntentModel } from '../engines.ts';
import { createNgramIntentModel } from '../nlu/ngram.ts';
import { configureRuntime } from '../runtime.ts';
import { startConversation } from './conversation.ts';
import { draftOf } from './wanted.ts';

configureRuntime({ threads: 1 });
let intents: IntentModel;
const start: (changes?: Parameters<typeof startConversation>[1]) => ReturnType<typeof startConversation> = (changes) =>
  startConversation(intents, changes);

beforeAll(async () => {
  const pack = await readPackFromFiles(modelsFolder, shippedIntentPack);
  intents = createNgramIntentModel({ pack, files: createFolderLoader(modelsFolder), backend: 'wasm', threads: 1 });
  await intents.load({ signal: new AbortController().signal });
});

const line = (quantity: number, product: string, unitPrice: number) => ({ quantity, product, unitPrice });

describe('lines', () => {
  test('are said one by one, read back with their total, and issued after a « oui »', async () => {
    const { say, issued } = start();
    await say('fais une facture');
    expect((await say('trois savons à deux dollars')).answer).toBe('3 savons, 6 dollars. Pour qui ?');
    expect((await say('ajoute deux pains à cinquante centimes')).answer).toBe(
      '2 pains, 1 dollar. En tout 7 dollars. Pour qui ?',
    );
    expect((await say('Marie')).answer).toBe(
      'Une facture de 7 dollars pour Marie, 3 savons à 2 dollars, 2 pains à 0,50 dollar: est-ce exact?',
    );
    await say('oui');
    expect(issued).toMatchObject([
      {
        amount: null,
        currency: 'USD',
        client: 'Marie',
        lines: [line(3, 'savons', 200), line(2, 'pains', 50)],
        totals: { subtotal: 700, total: 700 },
      },
    ]);
  });

  test.each<[string, string[], object]>([
    [
      'at once, with the client',
      ['une facture pour Marie, deux sacs de riz à vingt dollars', 'oui'],
      { client: 'Marie', lines: [line(2, 'sacs de riz', 2000)], currency: 'USD' },
    ],
    [
      'before the client, with a place in its name',
      ['fais une facture', 'le savon de Marseille à deux dollars', 'Paul', 'oui'],
      { client: 'Paul', lines: [line(1, 'savon de Marseille', 200)] },
    ],
    [
      'right after the client',
      ['facture pour Paul un pain à un dollar', 'oui'],
      { client: 'Paul', lines: [line(1, 'pain', 100)] },
    ],
    [
      'besides a sum for a client with an article, which the lines replace',
      ['facture pour l’école Saint-Pierre de cent dollars et deux tables à dix dollars', 'oui'],
      { client: 'l’école Saint-Pierre', lines: [line(2, 'tables', 1000)] },
    ],
    [
      'after a client with an article',
      ['facture pour l’école Saint-Pierre deux tables à dix dollars', 'oui'],
      { client: 'l’école Saint-Pierre', lines: [line(2, 'tables', 1000)] },
    ],
    [
      'before the client',
      ['facture de trois savons à deux dollars pour Marie', 'oui'],
      { client: 'Marie', lines: [line(3, 'savons', 200)] },
    ],
    [
      'two at a time',
      ['fais une facture', 'trois savons à deux dollars et un pain à un dollar cinquante', 'sans nom', 'oui'],
      { client: null, lines: [line(3, 'savons', 200), line(1, 'pain', 150)] },
    ],
    [
      'with no word of a document before',
      ['trois savons à deux dollars', 'Paul', 'oui'],
      { kind: 'invoice', client: 'Paul', lines: [line(3, 'savons', 200)] },
    ],
    [
      'as a quote',
      ['fais un devis', 'trois savons à deux dollars', 'Paul', 'oui'],
      { kind: 'quote', lines: [line(3, 'savons', 200)] },
    ],
    [
      'in the shop’s francs',
      ['fais une facture', 'ajoute deux pains à cinq cents francs pièce', 'Paul', 'oui'],
      { currency: 'CDF', lines: [line(2, 'pains', 50_000)] },
    ],
    [
      'their price asked',
      ['fais une facture', 'trois savons', 'deux dollars', 'Paul', 'oui'],
      { currency: 'USD', lines: [line(3, 'savons', 200)] },
    ],
    [
      'their price without a currency',
      ['fais une facture', 'trois savons', 'deux virgule cinq', 'Paul', 'oui'],
      { currency: 'USD', lines: [line(3, 'savons', 250)] },
    ],
    [
      'two without a price',
      ['fais une facture', 'ajoute trois savons et deux pains', 'deux dollars', 'un dollar', 'Paul', 'oui'],
      { lines: [line(3, 'savons', 200), line(2, 'pains', 100)] },
    ],
    [
      'left out by name',
      [
        'fais une facture',
        'trois savons à deux dollars',
        'ajoute deux pains à un dollar',
        'enlève le savon',
        'Paul',
        'oui',
      ],
      { lines: [line(2, 'pains', 100)] },
    ],
    [
      'the last left out',
      [
        'facture pour Paul trois savons à deux dollars',
        'ajoute deux pains à un dollar',
        'retire la dernière ligne',
        'oui',
      ],
      { lines: [line(3, 'savons', 200)], client: 'Paul' },
    ],
    [
      'one left out by its place',
      ['facture pour Paul trois savons à deux dollars', 'ajoute deux pains à un dollar', 'enlève la ligne 1', 'oui'],
      { lines: [line(2, 'pains', 100)] },
    ],
    [
      'another count',
      ['facture pour Paul trois savons à deux dollars', 'non, quatre savons', 'oui'],
      { lines: [line(4, 'savons', 200)] },
    ],
    [
      'another price',
      ['facture pour Paul trois savons à deux dollars', 'non, le savon à trois dollars', 'oui'],
      { lines: [line(3, 'savons', 300)] },
    ],
    [
      'the only price, alone',
      ['facture pour Paul trois savons à deux dollars', 'non, trois dollars', 'oui'],
      { lines: [line(3, 'savons', 300)] },
    ],
    [
      'more of the same',
      ['facture pour Paul trois savons à deux dollars', 'ajoute encore deux savons', 'oui'],
      { lines: [line(5, 'savons', 200)] },
    ],
    [
      'in another currency',
      ['facture pour Paul trois savons à deux dollars', 'non, en euros', 'oui'],
      { lines: [line(3, 'savons', 200)], currency: 'EUR' },
    ],
    [
      'beside an amount',
      ['facture de cent dollars pour Paul', 'ajoute deux savons à trois dollars', 'oui'],
      { lines: [line(1, 'Divers', 10_000), line(2, 'savons', 300)], amount: null },
    ],
    [
      'changed by their part',
      ['facture pour Paul trois savons à deux dollars', 'corriger', 'les articles', 'deux pains à un dollar', 'oui'],
      { lines: [line(3, 'savons', 200), line(2, 'pains', 100)] },
    ],
    [
      'as a recogniser writes them',
      ['facture pour Paul trois savons a deux dollars', 'change le prix du savon a trois dollars', 'oui'],
      { lines: [line(3, 'savons', 300)] },
    ],
    [
      'not so many but so many',
      ['facture pour Paul trois savons a deux dollars', 'non deux savons pas trois', 'oui'],
      { lines: [line(2, 'savons', 200)] },
    ],
    [
      'some more',
      ['facture pour Paul trois savons a deux dollars', 'deux savons de plus', 'oui'],
      { lines: [line(5, 'savons', 200)] },
    ],
    [
      'left out with their count',
      ['facture pour Paul trois savons a deux dollars et un pain a un dollar', 'enleve les trois savons', 'oui'],
      { lines: [line(1, 'pain', 100)] },
    ],
    [
      'left out by their order',
      ['facture pour Paul trois savons a deux dollars et un pain a un dollar', 'supprime la premiere ligne', 'oui'],
      { lines: [line(1, 'pain', 100)] },
    ],
    [
      'the price of all of them, once it is asked',
      ['fais une facture', 'deux sacs de riz', 'quarante dollars en tout', 'Paul', 'oui'],
      { lines: [line(2, 'sacs de riz', 2000)] },
    ],
    [
      'for so much in all',
      ['facture pour Paul trois savons pour dix dollars', 'oui'],
      { lines: [line(1, '3 savons', 1000)], totals: { total: 1000 } },
    ],
    [
      'tapped',
      ['fais une facture', 'ajoute 2 « sac à dos pour enfant » à 20,50 USD', 'sans nom', 'oui'],
      { lines: [line(2, 'sac à dos pour enfant', 2050)] },
    ],
  ])('may be said otherwise: %s', async (_name, texts, expected) => {
    const { sayAll, issued, ...conversation } = start();
    const last = await sayAll(...texts);
    expect(issued, `${last} ${JSON.stringify(conversation.state)}`).toMatchObject([expected]);
  });

  test('are all gone, and the amount is asked again', async () => {
    const { sayAll } = start();
    expect(await sayAll('facture pour Paul trois savons à deux dollars', 'enlève le savon')).toBe(
      'C’est enlevé. Quel est le montant?',
    );
  });

  test('that nobody has put in are not left out', async () => {
    const { sayAll } = start();
    expect(await sayAll('facture pour Paul trois savons à deux dollars', 'enlève le riz')).toContain(
      'Je ne trouve pas',
    );
  });

  test('have one currency', async () => {
    const { sayAll } = start();
    expect(await sayAll('facture pour Paul trois savons à deux dollars', 'ajoute un pain à deux euros')).toBe(
      'Cette facture est en dollars. Dites le prix en dollars.',
    );
  });

  test('of two prices are asked about, and either is taken', async () => {
    const { sayAll, issued } = start();
    await sayAll('fais une facture');
    expect(await sayAll('deux pains à mille cinq francs')).toBe('Mille cinq, ou mille cinq cents ?');
    await sayAll('mille cinq cents', 'Paul', 'oui');
    expect(issued).toMatchObject([{ currency: 'CDF', lines: [line(2, 'pains', 150_000)] }]);
  });

  test('that were badly heard are asked about before they are believed', async () => {
    const { say, sayAll, issued } = start();
    await say('fais une facture');
    expect((await say('trois savons à deux dollars', { confidence: -1.4 })).answer).toBe(
      'J’ai entendu 3 savons à 2 dollars: est-ce exact?',
    );
    expect(await sayAll('non')).toBe('D’accord. 3 savons: à quel prix la pièce?');
    await sayAll('trois dollars', 'Paul', 'oui');
    expect(issued).toMatchObject([{ lines: [line(3, 'savons', 300)] }]);
  });

  test('are added up when their total is asked', async () => {
    const { sayAll } = start();
    expect(await sayAll('facture pour Paul trois savons à deux dollars', 'ça fait combien en tout')).toContain(
      'En tout 6 dollars.',
    );
  });

  test('are not a name, and a name is none of them', async () => {
    const { sayAll, issued } = start();
    await sayAll('facture de dix dollars', 'les Deux Frères', 'oui');
    expect(issued).toMatchObject([{ client: 'les Deux Frères', lines: [] }]);
  });

  test('left unfinished are taken up again', async () => {
    const { sayAll, issued } = start();
    expect(await sayAll('fais une facture', 'trois savons à deux dollars', 'stop', 'reprends')).toBe('Pour qui ?');
    await sayAll('Paul', 'oui');
    expect(issued).toMatchObject([{ lines: [line(3, 'savons', 200)] }]);
  });
});

describe('terms', () => {
  test.each<[string, string[], object]>([
    [
      'a discount at once',
      ['facture de cent dollars pour Marie avec dix pour cent de remise', 'oui'],
      { client: 'Marie', discount: { kind: 'percent', percent: 10 }, totals: { discount: 1000, total: 9000 } },
    ],
    [
      'a discount later',
      ['facture de cent dollars pour Marie', 'avec dix pour cent de remise', 'oui'],
      { totals: { total: 9000 } },
    ],
    [
      'yes, with a discount',
      ['facture de cent dollars pour Marie', 'oui mais avec une remise de cinq dollars', 'oui'],
      { discount: { kind: 'amount', amount: 500 }, totals: { total: 9500 } },
    ],
    [
      'a discount on lines',
      ['facture pour Marie trois savons à deux dollars', 'remise de dix pour cent', 'oui'],
      { totals: { subtotal: 600, discount: 60, total: 540 } },
    ],
    [
      'a discount taken back',
      ['facture de cent dollars pour Marie avec dix pour cent de remise', 'enlève la remise', 'oui'],
      { discount: null, totals: { total: 10_000 } },
    ],
    [
      'a discount taken back from lines',
      ['facture pour Marie trois savons à deux dollars avec dix pour cent de remise', 'enlève la remise', 'oui'],
      { discount: null, lines: [line(3, 'savons', 200)] },
    ],
    [
      'the payment taken back',
      ['facture de cent dollars pour Marie payé en espèces', 'enlève le moyen de paiement', 'oui'],
      { payment: null, totals: { total: 10_000 } },
    ],
    [
      'one way to pay taken back',
      ['facture de cent dollars pour Marie par mobile money', 'pas de mobile money', 'oui'],
      { payment: null },
    ],
    ['cash', ['facture de cent dollars pour Marie payé en espèces', 'oui'], { client: 'Marie', payment: 'cash' }],
    ['cash, later', ['facture de cent dollars pour Marie', 'payé en espèces', 'oui'], { payment: 'cash' }],
    ['a card, before the name', ['facture de cent dollars', 'par carte', 'Marie', 'oui'], { payment: 'card' }],
    ['on credit', ['facture de cent dollars pour Marie', 'à crédit', 'oui'], { payment: 'credit' }],
    ['a tax', ['facture de cent dollars pour Marie', 'avec seize pour cent de TVA', 'oui'], { totals: { tax: 1600 } }],
  ])('are said: %s', async (_name, texts, expected) => {
    const { sayAll, issued } = start();
    const last = await sayAll(...texts);
    expect(issued, last).toMatchObject([expected]);
  });

  test('are read back, with what is to pay', async () => {
    expect(
      await start().sayAll('facture de cent dollars pour Marie', 'dix pour cent de remise', 'payé en espèces'),
    ).toBe(
      'Une facture de 100 dollars pour Marie, remise de 10 pour cent, payé en espèces, 90 dollars à payer: est-ce exact?',
    );
  });

  test('of the shop hold where nothing is said, and give way to what is', async () => {
    const terms = { discount: { kind: 'percent', percent: 5 }, taxRate: 16, payment: 'cash' } as const;
    const plain = start({ terms });
    await plain.sayAll('facture de cent dollars pour Marie', 'oui');
    expect(plain.issued).toMatchObject([{ ...terms, totals: { total: 11_020 } }]);
    const other = start({ terms });
    await other.sayAll('facture de cent dollars pour Marie', 'sans remise, hors taxe, payé par carte', 'oui');
    expect(other.issued).toMatchObject([{ discount: null, taxRate: 0, payment: 'card', totals: { total: 10_000 } }]);
  });

  test('that cannot be told apart are asked again', async () => {
    expect(await start().sayAll('facture de cent dollars pour Marie', 'remise de dix')).toContain('Quelle remise?');
    expect(await start().sayAll('facture de cent dollars pour Marie', 'une remise de dix euros')).toContain(
      'en dollars',
    );
    expect(await start().sayAll('facture de cent dollars pour Marie', 'remise de deux cents dollars')).toContain(
      'plus grande',
    );
  });
});

describe('whatever is said', () => {
  const words = fc.constantFrom(
    ...'fais une facture|un devis|pour Marie|trois savons|deux pains à un dollar|ajoute|encore|et|enlève|le savon'.split(
      '|',
    ),
    ...'la ligne 2|la dernière ligne|à mille cinq francs|en tout|remise de|dix pour cent|cinq dollars|en euros|oui'.split(
      '|',
    ),
    ...'non|corriger|les articles|c’est tout|stop|reprends|payé en espèces|hors taxe|« sac à dos »|0|1,5|999999999999'.split(
      '|',
    ),
    ...'sans nom|annule|le montant|francs CFA|centimes|pas|de plus|euh|,|ça fait combien|\ud800|une douzaine de'.split(
      '|',
    ),
  );
  const utterance = fc.array(words, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '));

  test('nothing throws, and what is kept and issued is a document', { timeout: 300_000 }, async () => {
    const isLong = process.env['LAWS'] === 'long';
    const plainTerms = { discount: null, taxRate: 0, payment: null };
    let made = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(utterance, { maxLength: 8 }), fc.boolean(), async (texts, isDoubtful) => {
        const { say, issued } = start();
        for (const text of ['facture pour Paul trois savons à deux dollars', ...texts, 'oui', 'oui']) {
          const { effects } = await say(text, isDoubtful && text !== 'oui' ? { confidence: -1 } : {});
          for (const effect of effects.filter(({ type }) => type === 'keep-draft')) {
            const kept = 'wanted' in effect && draftOf(effect.wanted, plainTerms, 'USD');
            expect(v.safeParse(draftSchema, kept).issues).toBeUndefined();
          }
        }
        for (const document of issued) expect(v.safeParse(issuedSchema, document).issues).toBeUndefined();
        made += issued.length;
      }),
      { numRuns: isLong ? 3000 : 100, seed: 20_261_122 },
    );
    expect(made).toBeGreaterThan(10);
  });
});
