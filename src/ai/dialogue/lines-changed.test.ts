import { beforeAll, describe, expect, test } from 'vitest';
import { createFolderLoader, modelsFolder, readPackFromFiles, shippedIntentPack } from '../../tools/model-folder.ts';
import type { IntentModel } from '../engines.ts';
import { createNgramIntentModel } from '../nlu/ngram.ts';
import { configureRuntime } from '../runtime.ts';
import { startConversation } from './conversation.ts';

configureRuntime({ threads: 1 });
let intents: IntentModel;
const start = () => startConversation(intents);

beforeAll(async () => {
  const pack = await readPackFromFiles(modelsFolder, shippedIntentPack);
  intents = createNgramIntentModel({ pack, files: createFolderLoader(modelsFolder), backend: 'wasm', threads: 1 });
  await intents.load({ signal: new AbortController().signal });
});

const line = (quantity: number, product: string, unitPrice: number) => ({ quantity, product, unitPrice });

describe('lines that there are', () => {
  const three = 'facture pour Paul trois savons à deux dollars et un pain à un dollar';
  test.each<[string, string[], object]>([
    ['one less', ['un savon de moins'], { lines: [line(2, 'savons', 200), line(1, 'pain', 100)] }],
    ['two less', ['non, deux savons en moins'], { lines: [line(1, 'savons', 200), line(1, 'pain', 100)] }],
    ['the last one less', ['un pain en moins'], { lines: [line(3, 'savons', 200)] }],
    ['more than there are', ['cinq savons de moins'], { lines: [line(1, 'pain', 100)] }],
    ['one too many', ['il y a un savon de trop'], { lines: [line(2, 'savons', 200), line(1, 'pain', 100)] }],
    ['one taken out', ['enlève un savon'], { lines: [line(2, 'savons', 200), line(1, 'pain', 100)] }],
    ['one of them', ['retirez un des savons'], { lines: [line(2, 'savons', 200), line(1, 'pain', 100)] }],
    ['two taken out', ['retire deux savons'], { lines: [line(1, 'savons', 200), line(1, 'pain', 100)] }],
    ['a little word before', ['mets un savon en moins'], { lines: [line(2, 'savons', 200), line(1, 'pain', 100)] }],
    ['less said first', ['moins un savon'], { lines: [line(2, 'savons', 200), line(1, 'pain', 100)] }],
    ['all of them', ['enlève les savons'], { lines: [line(1, 'pain', 100)] }],
    ['as a recogniser writes it', ['1 savon de moins.'], { lines: [line(2, 'savons', 200), line(1, 'pain', 100)] }],
    [
      'a discount is none',
      ['dix pour cent de moins'],
      { lines: [line(3, 'savons', 200), line(1, 'pain', 100)], totals: { total: 630 } },
    ],
    [
      'nor is money',
      ['un dollar de moins'],
      { lines: [line(3, 'savons', 200), line(1, 'pain', 100)], totals: { discount: 100, total: 600 } },
    ],
  ])('are fewer: %s', async (_name, texts, expected) => {
    const { sayAll, issued } = start();
    const last = await sayAll(three, ...texts, 'oui');
    expect(issued, last).toMatchObject([expected]);
  });

  test('that are fewer are said with what they make now', async () => {
    expect(
      await start().sayAll('une facture', 'trois savons à deux dollars et un pain à un dollar', 'un savon de moins'),
    ).toBe('2 savons, 4 dollars. En tout 5 dollars. Pour qui ?');
    expect(await start().sayAll(three, 'un stylo de moins')).toContain('Je ne trouve pas cet article: stylo.');
  });

  test.each<[string, string[], object]>([
    ['one', ['un de plus'], { lines: [line(3, 'savons', 200), line(2, 'pain', 100)] }],
    ['two', ['non, deux de plus'], { lines: [line(3, 'savons', 200), line(3, 'pain', 100)] }],
    ['one again', ['encore un'], { lines: [line(3, 'savons', 200), line(2, 'pain', 100)] }],
    ['some again', ['et encore trois'], { lines: [line(3, 'savons', 200), line(4, 'pain', 100)] }],
    ['another one', ['un autre'], { lines: [line(3, 'savons', 200), line(2, 'pain', 100)] }],
    ['two others', ['mets-en deux autres'], { lines: [line(3, 'savons', 200), line(3, 'pain', 100)] }],
    ['as a recogniser writes it', ['encore 2.'], { lines: [line(3, 'savons', 200), line(3, 'pain', 100)] }],
    [
      'and money is none of them',
      ['cinq dollars de plus'],
      { lines: [line(3, 'savons', 200), line(1, 'pain', 100), line(1, 'Divers', 500)] },
    ],
  ])('are more, the last one, where nothing is named: %s', async (_name, texts, expected) => {
    const { sayAll, issued } = start();
    const last = await sayAll(three, ...texts, 'oui');
    expect(issued, last).toMatchObject([expected]);
  });

  test.each([
    ['more of it', '5 « savons » à 2 USD', [line(5, 'savons', 200), line(1, 'pain', 100)]],
    ['another price', '3 « savons » à 2,5 USD', [line(3, 'savons', 250), line(1, 'pain', 100)]],
    ['a part', '0,5 « pain » à 1 USD', [line(3, 'savons', 200), line(0.5, 'pain', 100)]],
  ])('are changed where they stand by what a finger sends: %s', async (_name, sent, lines) => {
    const { sayAll, issued } = start();
    const last = await sayAll(three, sent, 'oui');
    expect(issued, last).toMatchObject([{ lines }]);
  });

  test('are more at the last one’s price, where another has its name', async () => {
    const { sayAll, issued } = start();
    const last = await sayAll(
      'facture pour Paul deux pains à un dollar',
      'ajoute deux pains à trois dollars',
      'un de plus',
      'oui',
    );
    expect(issued, last).toMatchObject([{ lines: [line(2, 'pains', 100), line(3, 'pains', 300)] }]);
  });

  test('are no more where a repeat is asked for, or where there are none', async () => {
    const asked = await start().sayAll(three);
    expect(await start().sayAll(three, 'encore une fois')).toBe(asked);
    expect(await start().sayAll('facture de cent dollars', 'un de plus')).toMatch(/Pour qui/);
  });

  const transport = [line(1, 'Divers', 10_000), line(1, 'transport', 500)];
  test.each<[string, string[], object]>([
    [
      'besides an amount',
      ['facture de cent dollars pour Paul', 'ajoute cinq dollars de transport'],
      { lines: transport },
    ],
    [
      'besides lines',
      ['facture pour Paul trois savons à deux dollars', 'plus trois dollars de livraison'],
      { lines: [line(3, 'savons', 200), line(1, 'livraison', 300)] },
    ],
    [
      'with the lines',
      ['facture pour Paul', 'trois savons à deux dollars et trois dollars cinquante de frais de livraison'],
      { lines: [line(3, 'savons', 200), line(1, 'frais de livraison', 350)] },
    ],
    ['with the amount', ['facture de cent dollars pour Paul plus cinq dollars de transport'], { lines: transport }],
    ['with no word before', ['facture de cent dollars pour Paul', 'cinq dollars de transport'], { lines: transport }],
    ['as money is written', ['facture de cent dollars pour Paul', 'ajoutez 5 $ de transport'], { lines: transport }],
    [
      'for what it is',
      ['facture de cent dollars pour Paul', 'rajoute cinq dollars pour la livraison'],
      { lines: [line(1, 'Divers', 10_000), line(1, 'livraison', 500)] },
    ],
    [
      'with an apostrophe',
      ['facture de cent dollars pour Paul', 'et deux dollars d’emballage'],
      { lines: [line(1, 'Divers', 10_000), line(1, 'emballage', 200)] },
    ],
    [
      'before the name',
      ['facture de cent dollars', 'ajoute cinq dollars de transport', 'Paul'],
      { client: 'Paul', lines: transport },
    ],
    [
      'with the name',
      ['facture de cent dollars', 'ajoute cinq dollars de transport pour Paul'],
      { client: 'Paul', lines: transport },
    ],
    [
      'of nothing that is named',
      ['facture de cent dollars pour Paul', 'ajoute cinq dollars'],
      { lines: [line(1, 'Divers', 10_000), line(1, 'Divers', 500)] },
    ],
    [
      'left out again',
      ['facture de cent dollars pour Paul', 'ajoute cinq dollars de transport', 'enlève le transport'],
      { lines: [line(1, 'Divers', 10_000)] },
    ],
    [
      'where the amount was asked',
      ['facture pour Paul', 'ajoute cinq dollars de transport'],
      { lines: [line(1, 'transport', 500)] },
    ],
    ['and an amount is one', ['facture pour Paul', 'mets cent dollars'], { lines: [], amount: 10_000 }],
    [
      'and a discount is one',
      ['facture de cent dollars pour Paul', 'ajoute cinq dollars de remise'],
      { lines: [], amount: 10_000, totals: { total: 9500 } },
    ],
    [
      'and a correction is one',
      ['facture de cent dollars pour Paul', 'non, deux cents dollars'],
      { lines: [], amount: 20_000 },
    ],
    ['and a down payment is none', ['facture pour Paul', 'cinquante dollars d’acompte'], { lines: [], amount: 5000 }],
  ])('are charges: %s', async (_name, texts, expected) => {
    const { sayAll, issued } = start();
    const last = await sayAll(...texts, 'oui');
    expect(issued, last).toMatchObject([{ client: 'Paul', ...expected }]);
  });
});
