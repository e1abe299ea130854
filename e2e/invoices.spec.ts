import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, type Page, test } from '@playwright/test';
import { type CompanionProcess, killCompanions, startCompanion } from './mirror/companion-process.ts';
import { openPage } from './page.ts';

const invoices = process.env['LAWS'] === 'long' ? 200 : 20;

let root: string;
test.beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lagrace-invoices-'));
});
test.afterEach(async () => {
  killCompanions();
  await rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

/** Makes invoices by typed dialogues, as fast as they are answered; gives the answers to each « oui ». */
function makeInvoices(page: Page, count: number): Promise<(string | null | undefined)[]> {
  return page.evaluate(async (wanted) => {
    const answers: (string | null | undefined)[] = [];
    for (let made = 1; made <= wanted; made += 1) {
      await window.lagrace?.processText(`facture de ${made} dollars pour Paul`);
      answers.push((await window.lagrace?.processText('oui'))?.turn.answer);
    }
    return answers;
  }, count);
}

interface Kept {
  id: string;
  kind: string;
  number: string;
  counter: string;
  sequence: number;
}
async function documentsAt(url: string): Promise<Kept[]> {
  const answer = await fetch(`${url}/api/documents?limit=1000`).catch(() => null);
  const documents: Kept[] = answer?.ok ? await answer.json() : [];
  return documents.filter(({ kind }) => kind === 'invoice');
}

/** Kills the companion at random and starts it again on its port, until `isOver`; gives the one that runs then. */
async function killAtRandom(first: CompanionProcess, isOver: () => boolean): Promise<CompanionProcess> {
  let companion = first;
  const port = Number(new URL(first.url).port);
  while (!isOver()) {
    await sleep(500 + Math.random() * 3000);
    await companion.kill();
    await sleep(Math.random() * 1500);
    companion = await startCompanion(root, port);
  }
  return companion;
}

test(`${invoices} invoices from two profiles, the companion killed at random: all there, no gap, no double`, async ({
  browser,
}) => {
  test.setTimeout(120_000 + invoices * 6000);
  const first = await startCompanion(root);
  const pages: Page[] = [];
  for (let profile = 0; profile < 2; profile += 1) {
    const page = await (await browser.newContext({ locale: 'fr-FR', reducedMotion: 'reduce' })).newPage();
    await openPage(page, first.url);
    pages.push(page);
  }
  let isOver = false;
  const killing = killAtRandom(first, () => isOver);
  const answers = await Promise.all(pages.map((page) => makeInvoices(page, invoices / 2))).finally(() => {
    isOver = true;
  });
  expect(answers.flat().filter((answer) => !answer?.startsWith('C’est fait'))).toEqual([]);

  const { url } = await killing;
  await expect.poll(async () => (await documentsAt(url)).length, { timeout: 120_000 }).toBe(invoices);
  const kept = await documentsAt(url);
  expect(new Set(kept.map(({ number }) => number)).size).toBe(invoices);
  expect(new Set(kept.map(({ id }) => id)).size).toBe(invoices);
  for (const counter of new Set(kept.map((document) => document.counter))) {
    const sequences = kept.filter((document) => document.counter === counter).map(({ sequence }) => sequence);
    expect(sequences.sort((a, b) => a - b)).toEqual(sequences.map((_, index) => index + 1));
  }
  for (const page of pages) await page.context().close();
});
