import { beforeAll, describe, expect, test } from 'vitest';
import { emptyShopProfile } from '../../documents/shop-profile.ts';
import type { ShopProfile } from '../../schema/documents.ts';
import { createFolderLoader, modelsFolder, readPackFromFiles, shippedIntentPack } from '../../tools/model-folder.ts';
import { type OpenView, viewOf } from '../dialogue.ts';
import type { IntentModel } from '../engines.ts';
import { createNgramIntentModel } from '../nlu/ngram.ts';
import { configureRuntime } from '../runtime.ts';
import { startConversation } from './conversation.ts';

configureRuntime({ threads: 1 });
let intents: IntentModel;
beforeAll(async () => {
  const pack = await readPackFromFiles(modelsFolder, shippedIntentPack);
  intents = createNgramIntentModel({ pack, files: createFolderLoader(modelsFolder), backend: 'wasm', threads: 1 });
  await intents.load({ signal: new AbortController().signal });
});

const plain: ShopProfile = { ...emptyShopProfile('CD'), currencies: ['USD', 'CDF'] };
const generous: ShopProfile = {
  ...plain,
  discount: { kind: 'percent', percent: 7.5 },
  taxRate: 16,
  payment: 'cash',
};

/** A dialogue as its screen shows it, and what is tapped in it. */
function atScreen(shop: ShopProfile) {
  const { discount, taxRate, payment } = shop;
  const conversation = startConversation(intents, { terms: { discount, taxRate, payment } });
  const view = (): OpenView => {
    const { open } = viewOf(conversation.state, shop, 'CD');
    if (open === null) throw new Error('no document is open');
    return open;
  };
  return { ...conversation, view };
}

const untilAsked: [string, string[]][] = [
  ['the amount', ['créer une facture']],
  ['the client', ['facture de cent dollars']],
  ['the client of lines', ['créer une facture', 'trois savons à deux dollars et un pain à un dollar']],
  ['to confirm', ['facture de cent dollars pour Marie']],
  ['to confirm lines', ['facture pour Marie, trois savons à deux dollars', 'ajoute un pain à un dollar']],
  ['what to change', ['facture de cent dollars pour Marie', 'corriger']],
  ['for lines', ['facture pour Marie trois savons à deux dollars', 'corriger', 'les articles']],
];

describe('every term that can be tapped', () => {
  test.each(untilAsked)('is taken when the question is %s, and nothing else is', async (_name, said) => {
    for (const shop of [plain, generous]) {
      const { sayAll, view } = atScreen(shop);
      await sayAll(...said);
      const { amount, client, lines } = view();
      for (const part of ['discount', 'tax', 'payment'] as const) {
        for (const { says, label } of view().termChoices?.[part] ?? []) {
          await sayAll(says);
          const after = view();
          expect({ says, amount: after.amount, client: after.client, lines: after.lines }).toEqual({
            says,
            amount,
            client,
            lines,
          });
          const held = after.termChoices?.[part].filter(({ chosen }) => chosen).map((choice) => choice.label);
          expect(held, says).toEqual([label]);
        }
        for (const { removal } of view().terms.filter((term) => term.part === part)) await sayAll(removal);
        expect(view()).toMatchObject({ amount, client, lines });
        expect(view().terms.map((term) => term.part)).not.toContain(part);
      }
    }
  });

  test('another one is typed: of any percentage, or in money', async () => {
    const { sayAll, view } = atScreen(plain);
    await sayAll('facture pour Marie trois savons à deux dollars', 'remise de 12,5 pour cent', 'taxe de 5,5 pour cent');
    expect(view().terms).toMatchObject([
      { label: 'Remise de 12,5\u00a0%', sum: { value: -0.75, currency: 'USD' } },
      { label: 'Taxe de 5,5\u00a0%', sum: { value: 0.29 } },
    ]);
    await sayAll('remise de 1,5 USD');
    expect(view().terms[0]).toMatchObject({ label: 'Remise', sum: { value: -1.5, currency: 'USD' } });
  });
});

test('what holds is taken away by its own words, the shop’s terms as well', async () => {
  const { sayAll, view, issued } = atScreen(generous);
  await sayAll('facture pour Marie trois savons à deux dollars');
  expect(view().terms.map(({ label }) => label)).toEqual([
    'Remise de 7,5\u00a0%',
    'Taxe de 16\u00a0%',
    'Payé en espèces',
  ]);
  for (const { removal } of view().terms) await sayAll(removal);
  expect(view()).toMatchObject({ terms: [], due: null, question: 'confirm' });
  await sayAll('oui');
  expect(issued).toMatchObject([{ discount: null, taxRate: 0, payment: null, lines: [{ product: 'savons' }] }]);
});

test('nothing can be tapped of them while an amount is being checked', async () => {
  const { sayAll, say, view } = atScreen(plain);
  await sayAll('créer une facture');
  await say('mille cinq francs');
  expect(view()).toMatchObject({ question: 'which-amount', termChoices: null });
});
