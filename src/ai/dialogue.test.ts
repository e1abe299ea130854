import { beforeAll, describe, expect, test } from 'vitest';
import { createFolderLoader, modelsFolder, readPackFromFiles, shippedIntentPack } from '../tools/model-folder.ts';
import { startConversation } from './dialogue/conversation.ts';
import type { IntentModel } from './engines.ts';
import { createNgramIntentModel } from './nlu/ngram.ts';
import { configureRuntime } from './runtime.ts';

configureRuntime({ threads: 1 });
let intents: IntentModel;
const start: (changes?: Parameters<typeof startConversation>[1]) => ReturnType<typeof startConversation> = (changes) =>
  startConversation(intents, changes);

beforeAll(async () => {
  const pack = await readPackFromFiles(modelsFolder, shippedIntentPack);
  intents = createNgramIntentModel({ pack, files: createFolderLoader(modelsFolder), backend: 'wasm', threads: 1 });
  await intents.load({ signal: new AbortController().signal });
});

describe('an invoice', () => {
  test('begun with its amount reads it back at once, before it asks for the rest', async () => {
    expect(await start().sayAll('je voudrais une facture de deux cent cinquante dollars')).toBe(
      '250 dollars. Pour qui ?',
    );
    expect(await start().sayAll('une facture pour Marie', 'douze euros cinquante')).toMatch(
      /^Une facture de 12,50 euros/,
    );
  });

  test('is made by questions and answers, and only once it was confirmed', async () => {
    const { say, issued } = start();
    expect((await say('fais une facture')).answer).toBe("Créer une facture? D'accord, quel est le montant?");
    expect((await say('deux cent cinquante dollars')).answer).toBe('250 dollars. Pour qui ?');
    expect((await say('Marie')).answer).toBe('Une facture de 250 dollars pour Marie: est-ce exact?');
    expect(issued).toEqual([]);
    expect((await say('oui')).answer).toBe('C’est fait: la facture numéro 1 est enregistrée, 250 dollars pour Marie.');
    expect(issued).toMatchObject([{ kind: 'invoice', amount: 25_000, currency: 'USD', client: 'Marie' }]);
  });

  test.each<[string, string[], { amount: number; currency: string; client: string | null }]>([
    ['all at once', ['facture de 40 dollars pour Paul', 'oui'], { amount: 4000, currency: 'USD', client: 'Paul' }],
    [
      'the client first',
      ['une facture pour Monsieur Kabongo', 'trente euros', 'c’est exact'],
      { amount: 3000, currency: 'EUR', client: 'Kabongo' },
    ],
    [
      'two at a time',
      ['fais une facture', 'cent dollars pour Marie', 'oui'],
      { amount: 10_000, currency: 'USD', client: 'Marie' },
    ],
    [
      'late',
      ['fais une facture', 'pour Marie', 'vingt dollars', 'oui'],
      { amount: 2000, currency: 'USD', client: 'Marie' },
    ],
    [
      'a bare number',
      ['fais une facture', 'deux cent cinquante', 'sans nom', 'oui'],
      { amount: 25_000, currency: 'USD', client: null },
    ],
    [
      '« sans nom » as a recogniser writes it',
      ['fais une facture', 'deux cent cinquante', 'cent non', 'oui'],
      { amount: 25_000, currency: 'USD', client: null },
    ],
    [
      'in a currency said before',
      ['une facture en euros', 'douze virgule cinquante', 'Paul', 'oui'],
      { amount: 1250, currency: 'EUR', client: 'Paul' },
    ],
    [
      'a shop that is named with its article, before the amount',
      ['facture pour la pharmacie du Peuple de cent dollars', 'oui'],
      { amount: 10_000, currency: 'USD', client: 'la pharmacie du Peuple' },
    ],
    [
      'a school, in capitals, at an amount',
      ['facture pour l’école Sainte-Thérèse à vingt-trois mille francs', 'oui'],
      { amount: 2_300_000, currency: 'CDF', client: 'l’école Sainte-Thérèse' },
    ],
    [
      'a firm, before the amount',
      ['facture pour la société Bralima de mille dollars', 'oui'],
      { amount: 100_000, currency: 'USD', client: 'Bralima' },
    ],
    [
      'two people',
      ['facture pour Paul et Marie de cent dollars', 'oui'],
      { amount: 10_000, currency: 'USD', client: 'Paul et Marie' },
    ],
    [
      'a name after which another amount is said',
      ['facture de cent dollars pour Paul et cinquante dollars pour Jean', 'oui'],
      { amount: 10_000, currency: 'USD', client: 'Paul' },
    ],
    [
      'a civility',
      ['facture de dix dollars', 'madame Mbuyi', 'oui'],
      { amount: 1000, currency: 'USD', client: 'Mbuyi' },
    ],
    [
      'a sentence for a name',
      ['facture de dix dollars', 'c’est pour la société Bralima', 'oui'],
      { amount: 1000, currency: 'USD', client: 'Bralima' },
    ],
    [
      'client comptoir',
      ['facture de dix dollars', 'client comptoir', 'oui'],
      { amount: 1000, currency: 'USD', client: null },
    ],
    [
      'the amount again, with the name',
      ['facture de dix dollars', 'Paul, vingt dollars', 'oui'],
      { amount: 2000, currency: 'USD', client: 'Paul' },
    ],
    [
      'a number where a name was asked',
      ['facture de dix dollars', 'non trois cents', 'Paul', 'oui'],
      { amount: 30_000, currency: 'USD', client: 'Paul' },
    ],
    [
      'a corrected amount',
      ['facture de 250 dollars pour Marie', 'non, trois cents', 'oui'],
      { amount: 30_000, currency: 'USD', client: 'Marie' },
    ],
    [
      'a corrected client',
      ['facture de 250 dollars pour Paul', 'non, pour Marie', 'oui'],
      { amount: 25_000, currency: 'USD', client: 'Marie' },
    ],
    [
      'a corrected currency',
      ['facture de 250 dollars pour Paul', 'non, en euros', 'oui'],
      { amount: 25_000, currency: 'EUR', client: 'Paul' },
    ],
    [
      'both corrected',
      ['facture de 250 dollars pour Paul', 'plutôt 300 euros pour Marie', 'oui'],
      { amount: 30_000, currency: 'EUR', client: 'Marie' },
    ],
    [
      'not this but that',
      ['facture de 250 dollars pour Paul', 'pas deux cent cinquante, trois cents dollars', 'oui'],
      { amount: 30_000, currency: 'USD', client: 'Paul' },
    ],
    [
      'taken back while speaking',
      ['fais une facture', 'deux cents, non, trois cents dollars', 'Paul', 'oui'],
      { amount: 30_000, currency: 'USD', client: 'Paul' },
    ],
    [
      'by its part',
      ['facture de 250 dollars pour Paul', 'non', 'le montant', '260', 'oui'],
      { amount: 26_000, currency: 'USD', client: 'Paul' },
    ],
    [
      'the client by its part',
      ['facture de 250 dollars pour Paul', 'corriger', 'le client', 'Marie', 'oui'],
      { amount: 25_000, currency: 'USD', client: 'Marie' },
    ],
    [
      'the part named at once',
      ['facture de 250 dollars pour Paul', 'non le montant n’est pas bon', 'trois cents dollars', 'oui'],
      { amount: 30_000, currency: 'USD', client: 'Paul' },
    ],
    [
      'started over',
      ['facture de 250 dollars pour Paul', 'recommence', 'dix dollars', 'Marie', 'oui'],
      { amount: 1000, currency: 'USD', client: 'Marie' },
    ],
    [
      'after another question',
      ['facture de dix dollars', 'quelle heure est-il', 'Paul', 'oui'],
      { amount: 1000, currency: 'USD', client: 'Paul' },
    ],
    [
      'yes, and all of it again',
      ['facture de dix dollars pour Paul', 'oui, dix dollars pour Paul'],
      { amount: 1000, currency: 'USD', client: 'Paul' },
    ],
    [
      'yes, but',
      ['facture de dix dollars pour Paul', 'oui mais pour Marie', 'oui'],
      { amount: 1000, currency: 'USD', client: 'Marie' },
    ],
    [
      'of congolese francs',
      ['fais une facture', 'vingt-cinq mille francs', 'maman Béatrice', 'oui'],
      { amount: 2_500_000, currency: 'CDF', client: 'maman Béatrice' },
    ],
  ])('may be said otherwise: %s', async (_name, texts, expected) => {
    const { sayAll, issued } = start();
    await sayAll(...texts);
    expect(issued).toMatchObject([expected]);
  });

  test.each(['annule', 'laisse tomber', 'stop', 'arrête', 'au revoir'])(
    'is left with « %s », wherever it is',
    async (words) => {
      for (const texts of [['fais une facture'], ['facture de dix dollars'], ['facture de dix dollars pour Paul']]) {
        const { sayAll, say, issued, ...conversation } = start();
        await sayAll(...texts, words);
        await say('oui');
        expect(issued).toEqual([]);
        expect(conversation).toBeDefined();
      }
    },
  );

  test('is never issued by words that do not say yes', async () => {
    const { sayAll, issued } = start();
    await sayAll('facture de dix dollars pour Paul', 'merci', 'le chat dort', 'bonjour', 'répète', 'aide-moi', 'non');
    expect(issued).toEqual([]);
  });
});

describe('doubt', () => {
  test('an amount that can be heard two ways is asked, and either is taken', async () => {
    for (const [words, amount, read] of [
      ['mille cinq cents', 150_000, '1\u202f500'],
      ['mille cinq', 100_500, '1\u202f005'],
      ['le deuxième', 150_000, '1\u202f500'],
    ] as const) {
      const { sayAll, say, issued } = start();
      expect(await sayAll('fais une facture', 'mille cinq dollars')).toBe('Mille cinq, ou mille cinq cents ?');
      expect((await say(words)).answer).toBe(`${read} dollars. Pour qui ?`);
      await sayAll('Paul', 'oui');
      expect(issued).toMatchObject([{ amount, currency: 'USD' }]);
    }
  });

  test.each([
    ['douze cinquante', 'Douze virgule cinq, ou mille deux cent cinquante ?'],
    ['douze cinquante euros', 'Douze virgule cinq, ou mille deux cent cinquante ?'],
    ['trente ou quarante dollars', 'Trente, ou quarante ?'],
  ])('« %s » is not guessed', async (words, question) => {
    expect(await start().sayAll('fais une facture', words)).toBe(question);
  });

  test('an amount that was badly heard is asked about before it is believed', async () => {
    const conversation = start();
    await conversation.say('fais une facture');
    expect((await conversation.say('six cents dollars', { confidence: -1.4 })).answer).toBe(
      'J’ai entendu 600 dollars: est-ce exact?',
    );
    expect(conversation.state.open?.wanted.amount).toBeNull();
    expect(await conversation.sayAll('non')).toBe('D’accord. Quel est le montant?');
    await conversation.sayAll('dix dollars', 'Paul', 'oui');
    expect(conversation.issued).toMatchObject([{ amount: 1000 }]);
  });

  test('an amount heard badly and then again is believed', async () => {
    const conversation = start();
    await conversation.say('facture de six cents dollars', { confidence: -1.4 });
    expect((await conversation.say('six cents dollars', { confidence: -1.4 })).answer).toBe('600 dollars. Pour qui ?');
  });

  test('a « oui » that was badly heard issues nothing', async () => {
    const conversation = start();
    await conversation.sayAll('facture de dix dollars pour Paul');
    expect((await conversation.say('oui', { confidence: -1.4 })).answer).toContain('touchez « Oui »');
    expect(conversation.issued).toEqual([]);
    await conversation.say('oui');
    expect(conversation.issued).toHaveLength(1);
  });

  test.each([
    ['zéro dollar', 'plus grand que zéro'],
    ['douze francs CFA cinquante', 'centimes'],
  ])('« %s » cannot be billed', async (words, reason) => {
    const { say } = start();
    await say('fais une facture');
    expect((await say(words)).answer).toContain(reason);
    expect((await say('dix dollars')).answer).toBe('10 dollars. Pour qui ?');
  });
});

describe('words of which nothing is made', () => {
  test('are asked again, and the second time what can be said is told; the dialogue goes on', async () => {
    const { say, sayAll, issued } = start();
    await say('fais une facture');
    expect((await say('le chat dort sur le canapé')).answer).toContain('Dites par exemple');
    expect((await say('la lune est belle')).answer).toContain('« annuler »');
    await sayAll('dix dollars', 'Paul');
    expect((await say('le chat dort sur le canapé')).answer).toContain('est-ce exact');
    expect((await say('la lune est belle')).answer).toContain('« corriger »');
    await say('oui');
    expect(issued).toHaveLength(1);
  });

  test('are not a client: « je ne sais pas »', async () => {
    const { say } = start();
    await say('facture de dix dollars');
    expect((await say('je ne sais pas')).understanding.intent).toBe('unknown');
    expect((await say('euh attends')).answer).toContain('« sans nom »');
  });

  test('what was meant is told: an amount, then a client', async () => {
    const { say } = start();
    await say('fais une facture');
    expect((await say('deux cent cinquante')).understanding).toMatchObject({
      intent: 'invoice',
      slots: { amount: 250 },
    });
    expect((await say('Marie')).understanding).toMatchObject({ intent: 'invoice', slots: { client: 'Marie' } });
  });
});

describe('always', () => {
  test('the last answer is repeated, and help tells what can be said', async () => {
    const { say } = start();
    await say('facture de dix dollars pour Paul');
    const readBack = 'Une facture de 10 dollars pour Paul: est-ce exact?';
    expect((await say('répète')).answer).toBe(readBack);
    expect((await say('aide-moi')).answer).toContain('« corriger »');
  });

  test('another question is answered, and the dialogue goes on where it was', async () => {
    const { say } = start();
    await say('facture de dix dollars');
    const { answer } = await say('combien j’ai vendu aujourd’hui');
    expect(answer).toBe(
      'Aujourd’hui, vous avez vendu pour 270,50 dollars et 12 000 francs congolais, en 3 ventes. Pour qui ?',
    );
  });

  test.each([
    ['combien j’ai vendu hier', 'Hier, vous avez vendu pour 270,50 dollars et 12 000 francs congolais, en 3 ventes.'],
    ['combien j’ai vendu aujourd’hui en dollars', 'Aujourd’hui, vous avez vendu pour 270,50 dollars.'],
    ['combien j’ai vendu cette semaine en francs', 'Cette semaine, vous avez vendu pour 12 000 francs congolais.'],
    ['combien on a vendu hier en euros', 'Hier, vous n’avez rien vendu en euros.'],
    ['les ventes de ce mois en euros', 'Ce mois-ci, vous n’avez encore rien vendu en euros.'],
  ])('« %s » is answered in the currency that was asked', async (words, answer) => {
    expect((await start().say(words)).answer).toBe(answer);
  });

  test.each([
    'annule',
    'annule la facture',
    'non c’est une erreur annule',
    'supprime la facture que je viens de faire',
  ])('« %s » just after an invoice was issued is told that it stays, and where it is cancelled', async (words) => {
    const { say, issued } = start();
    await say('facture de cent dollars pour Paul');
    await say('oui');
    expect((await say(words)).answer).toBe(
      'La facture numéro 1 est déjà enregistrée. Pour l’annuler, ouvrez le bureau, sous Documents.',
    );
    expect(issued).toHaveLength(1);
  });

  test('« annule » after a document was only looked for leaves it, unless it is named', async () => {
    for (const [words, answer] of [
      ['annule', /^D’accord, on laisse\./],
      ['annule la facture', /^La facture numéro 1 est déjà enregistrée\./],
    ] as const) {
      const { say } = start();
      await say('facture de cent dollars pour Paul');
      await say('oui');
      await say('imprime la facture', { afterMs: 3_600_000 });
      expect((await say(words)).answer).toMatch(answer);
    }
  });

  test('to cancel an invoice where none is in hand is not agreed to', async () => {
    for (const words of ['annule la dernière facture', 'annule la facture numéro 12', 'efface la facture']) {
      expect((await start().say(words)).answer).toBe(
        'Rien n’est en cours. Ce qui est enregistré s’annule au bureau, sous Documents.',
      );
    }
    expect((await start().say('annule l’impression')).answer).toBe('D’accord, on laisse. Que puis-je faire d’autre?');
    expect(await start().sayAll('facture de cent dollars', 'annule la facture')).toBe(
      'D’accord, on laisse. Que puis-je faire d’autre?',
    );
  });

  test('yes, no and cancel mean nothing where nothing was asked', async () => {
    const { say, issued } = start();
    for (const words of ['oui', 'non', 'annule']) expect((await say(words)).answer).toMatch(/^(Très bien|D’accord)/);
    expect(issued).toEqual([]);
  });
});

describe('a dialogue left alone', () => {
  test('is over after its time; its draft is kept and offered again', async () => {
    const conversation = start();
    await conversation.sayAll('facture de 250 dollars pour Marie');
    expect((await conversation.say('oui', { afterMs: 121_000 })).answer).toBe(
      'Très bien. Que puis-je faire pour vous?',
    );
    expect(conversation.issued).toEqual([]);
    expect(await conversation.sayAll('fais une facture')).toBe(
      'Une facture de 250 dollars pour Marie n’est pas finie. On reprend?',
    );
    expect(await conversation.sayAll('oui')).toBe('Une facture de 250 dollars pour Marie: est-ce exact?');
    await conversation.say('oui');
    expect(conversation.issued).toMatchObject([{ amount: 25_000, client: 'Marie' }]);
  });

  test('may be refused for a new one, taken up by name, or passed over', async () => {
    const refused = start();
    expect(await refused.sayAll('facture de 250 dollars', 'stop', 'fais une facture', 'non')).toContain(
      'quel est le montant',
    );
    expect(refused.state.kept).toBeNull();
    const named = start();
    expect(await named.sayAll('facture de 250 dollars', 'stop', 'reprends la facture')).toBe('Pour qui ?');
    const passed = start();
    await passed.sayAll('facture de 250 dollars', 'stop', 'facture de dix dollars pour Paul', 'oui');
    expect(passed.issued).toMatchObject([{ amount: 1000 }]);
    expect(passed.state.kept?.amount?.value).toBe(250);
  });

  test('is not over while it is spoken of', async () => {
    const conversation = start();
    await conversation.say('fais une facture');
    await conversation.say('dix dollars', { afterMs: 100_000 });
    await conversation.say('Paul', { afterMs: 100_000 });
    await conversation.say('oui', { afterMs: 100_000 });
    expect(conversation.issued).toHaveLength(1);
  });
});

describe('other documents', () => {
  test('a quote is made as an invoice is', async () => {
    const { sayAll, issued } = start();
    expect(await sayAll('fais un devis de 200 dollars pour Marie')).toBe(
      'Un devis de 200 dollars pour Marie: est-ce exact?',
    );
    await sayAll('oui');
    expect(issued).toMatchObject([{ kind: 'quote', amount: 20_000 }]);
  });

  test('a receipt is made from the last invoice, once it is confirmed', async () => {
    const { sayAll, issued } = start();
    await sayAll('facture de 40 dollars pour Paul', 'oui');
    expect(await sayAll('imprime le reçu')).toBe('Un reçu de 40 dollars pour Paul: est-ce exact?');
    await sayAll('oui');
    expect(issued[1]).toMatchObject({ kind: 'receipt', amount: 4000, madeFrom: issued[0]?.id });
    expect(await sayAll('imprime le reçu')).toContain('Voici le reçu');
    expect(issued).toHaveLength(2);
  });

  test('what cannot be printed is said, never pretended', async () => {
    const { sayAll, say } = start();
    expect(await sayAll('imprime la facture')).toBe('Je n’ai pas encore de facture à imprimer.');
    expect(await sayAll('imprime trois étiquettes')).toBe('Je ne sais pas encore imprimer d’étiquettes.');
    await sayAll('facture de 40 dollars pour Paul');
    expect((await say('imprime la facture')).answer).toContain('pas encore enregistré');
  });
});
