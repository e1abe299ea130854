import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { correctedDialogues, type ExpectedDocument, wholeDialogues } from './dialogues.ts';
import { documentsIn, type KeptDocument } from './documents-in.ts';
import { expect, test } from './harness.ts';
import { type CompanionProcess, startCompanion } from './mirror/companion-process.ts';
import { locate, openPage } from './page.ts';

/** One typed turn; resolves once its answer is there, whether or not it has been said to the end. */
async function say(page: Page, text: string): Promise<void> {
  const { conversation, writing } = locate(page);
  const turns = conversation.locator('.turn');
  const before = await turns.count();
  await writing.fill(text);
  await writing.press('Enter');
  await expect(turns.nth(before).locator('.turn-answer'), text).toBeVisible();
}

const issuedIn = async (page: Page): Promise<KeptDocument[]> =>
  (await documentsIn(page)).filter(({ state }) => state !== 'draft');

test.describe('with the shop’s own companion', () => {
  let root: string;
  let companion: CompanionProcess;

  test.beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'lagrace-dialogue-'));
    companion = await startCompanion(root);
  });
  test.afterAll(async () => {
    await companion.kill();
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  });

  test('whole dialogues, typed, end with the right documents here and at the companion', async ({ browser }) => {
    test.slow();
    const context = await browser.newContext({ locale: 'fr-FR', reducedMotion: 'reduce', acceptDownloads: true });
    const page = await context.newPage();
    const counterKnown = page.waitForResponse(/\/api\/counters\/C1\/numbering$/, { timeout: 120_000 });
    await openPage(page, companion.url);
    await counterKnown;
    const expected: ExpectedDocument[] = [];
    for (const { name, said, ends } of [...wholeDialogues, ...correctedDialogues]) {
      await test.step(name, async () => {
        for (const text of said) await say(page, text);
        if (ends) expected.push(ends);
        expect(await issuedIn(page), name).toHaveLength(expected.length);
      });
    }
    const issued = (await issuedIn(page)).sort((a, b) => (a.number ?? '').localeCompare(b.number ?? ''));
    expect(issued).toMatchObject(expected);
    const numbers = expected.map(
      (_, index) => `F-C1-${new Date().getFullYear()}-${String(index + 1).padStart(6, '0')}`,
    );
    expect(issued.map(({ number }) => number)).toEqual(numbers);

    await expect
      .poll(async () => {
        const answer = await page.request.get(`${companion.url}/api/documents?counter=C1&limit=1000`);
        const documents: KeptDocument[] = await answer.json();
        return documents.flatMap(({ number }) => number ?? []).sort();
      })
      .toEqual(numbers);

    await test.step('the office finds, opens, cancels and exports them', async () => {
      await page.goto(`${companion.url}/bureau#documents`);
      await page.getByRole('searchbox', { name: 'Chercher' }).fill('mbuyi');
      await expect(page.getByRole('row')).toHaveCount(2);
      await page.getByRole('button', { name: numbers[1] ?? '' }).click();
      await expect(page.getByRole('dialog')).toContainText('Document non fiscal');
      await page.getByRole('button', { name: 'Annuler ce document…' }).click();
      await page.getByRole('button', { name: 'Faire l’avoir' }).click();
      await expect(page.getByRole('dialog')).toContainText('Annulé');
      await page.getByRole('button', { name: 'Fermer' }).click();
      await page.getByRole('searchbox', { name: 'Chercher' }).fill('');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Exporter en CSV' }).click(),
      ]);
      const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
      expect(lines).toHaveLength(expected.length + 2);
      expect(lines.filter((line) => line.startsWith('A-C1-'))).toHaveLength(1);
    });
    await context.close();
  });
});

test('everything can be tapped: the keypad, the choices, Oui, Corriger', async ({ page, watch }) => {
  watch.allowError(/api\/counters/);
  await openPage(page);
  const prompt = page.getByRole('region', { name: 'Facture' });
  const tap = (name: string) => prompt.getByRole('button', { name, exact: true }).click();
  await say(page, 'créer une facture');
  await tap('Clavier');
  for (const key of ['2', '0', ',', '5']) await tap(key);
  await prompt.getByRole('combobox', { name: 'Devise' }).selectOption('USD');
  await tap('Valider');
  await tap('Sans nom');
  await expect(prompt.locator('.prompt-amount')).toContainText('20,50');
  await tap('Corriger');
  await tap('Le montant');
  await prompt.getByRole('textbox', { name: 'Montant' }).fill('21');
  await tap('Valider');
  await expect(prompt.locator('.prompt-amount')).toContainText('21');
  await tap('Oui');
  await expect(page.getByRole('region', { name: 'Document' })).toContainText(/F-X[A-Z2-9]{5}-\d{4}-000001/);
  expect(await issuedIn(page)).toMatchObject([{ kind: 'invoice', amount: 2100, currency: 'USD', client: null }]);

  await test.step('and lines: put in, said, changed, left out', async () => {
    await say(page, 'facture pour Marie, deux pains à un dollar');
    await tap('Article…');
    const form = prompt.getByRole('form', { name: 'Ajouter un article' });
    await form.getByRole('textbox', { name: 'Quantité' }).fill('2');
    await form.getByRole('textbox', { name: 'Article' }).fill('sac à dos');
    await form.getByRole('textbox', { name: 'Prix de la pièce' }).fill('20,5');
    await form.getByRole('combobox', { name: 'Devise' }).selectOption('USD');
    await form.getByRole('button', { name: 'Ajouter' }).click();
    await expect(prompt.locator('.prompt-amount').first()).toContainText('43');
    await tap('Changer 2 sac à dos');
    await prompt.getByRole('textbox', { name: 'Quantité' }).fill('3');
    await tap('Changer');
    await expect(prompt.locator('.prompt-amount').first()).toContainText('63,50');
    await tap('Enlever pains');
    await expect(prompt.getByRole('listitem')).toHaveCount(1);
    const terms = prompt.getByRole('list', { name: 'Remise, taxe et paiement' }).getByRole('listitem');
    await tap('Remise');
    await tap('10\u00a0%');
    await expect(terms.filter({ hasText: 'Remise' })).toHaveText(/Remise de 10\s%−\s6,15/);
    await tap('Taxe');
    await tap('Autre…');
    await prompt.getByRole('textbox', { name: 'Taxe' }).fill('5,5');
    await tap('Valider');
    await expect(prompt).toContainText('Taxe de 5,5');
    await tap('Paiement');
    await tap('Espèces');
    await expect(terms).toHaveCount(3);
    await terms.filter({ hasText: 'Taxe' }).getByRole('button').click();
    await expect(terms).toHaveCount(2);
    await expect(prompt).toContainText(/À payer\s:\s55,35/);
    await tap('Oui');
    const shown = page.getByRole('region', { name: 'Document' });
    await expect(shown).toContainText(/F-X[A-Z2-9]{5}-\d{4}-000002/);
    await shown.getByRole('button', { name: 'Imprimer' }).click();
    const sheet = page.getByRole('dialog');
    for (const words of ['sac à dos', '61,50', '6,15', '55,35', 'espèces']) await expect(sheet).toContainText(words);
    await sheet.getByRole('button', { name: 'Fermer' }).click();
    expect((await issuedIn(page)).find(({ client }) => client === 'Marie')).toMatchObject({
      amount: null,
      lines: [{ product: 'sac à dos', quantity: 3, unitPrice: 2050 }],
      discount: { kind: 'percent', percent: 10 },
      payment: 'cash',
    });
  });
});

test('what was begun is offered again after the page was closed', async ({ page, watch }) => {
  watch.allowError(/api\/counters/);
  await openPage(page);
  await say(page, 'facture de quarante dollars');
  await expect.poll(async () => (await documentsIn(page)).length).toBe(1);
  await openPage(page);
  await page.getByRole('region', { name: 'À reprendre' }).getByRole('button', { name: 'Reprendre' }).click();
  await expect(page.getByRole('region', { name: 'Facture' })).toContainText('Pour qui ?');
  await say(page, 'Paul');
  await say(page, 'oui');
  // What was done stays on the screen, though nobody listens to the end of it.
  await page.keyboard.press('Escape');
  await expect(locate(page).status).toHaveText('Appuyez et parlez');
  await expect(locate(page).conversation.locator('.turn').last()).toContainText('est enregistrée');
  expect(await documentsIn(page)).toMatchObject([{ state: 'issued', amount: 4000, client: 'Paul' }]);
});

test('a voice that fails costs no step, and a cancelled turn takes none', async ({ page, watch }) => {
  watch.allowError(/./);
  await page.route('**/*piper*/**', (route) => route.abort());
  await openPage(page);
  await say(page, 'créer une facture');
  await say(page, 'dix dollars');
  const outcome = await page.evaluate(async () => {
    const cancelled = window.lagrace?.processText('Marie');
    const next = window.lagrace?.processText('Paul');
    return [(await cancelled)?.turn.outcome, (await next)?.turn.answer];
  });
  expect(outcome).toEqual(['cancelled', 'Une facture de 10 dollars pour Paul: est-ce exact?']);
});
