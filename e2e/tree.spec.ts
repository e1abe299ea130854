import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { Manifest } from '../src/schema.ts';
import { test as withTree } from './faulty.ts';
import { expect, test } from './harness.ts';
import { openPage } from './page.ts';

// The copy for offline use must not fetch models a second time.
test.use({ serviceWorkers: 'allow' });

const encoder = 'cache/ai/whisper_models/whisper-lagrace-starter/onnx/encoder_model_quantized.onnx';
const logLine = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[(INFO|WARN|ERROR)\] \S/;

/** Every file in the browser's own storage, by path, with its size; half-written ones included. */
async function filesIn(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const sizes: Record<string, number> = {};
    const walk = async (folder: FileSystemDirectoryHandle, prefix: string): Promise<void> => {
      for await (const [name, handle] of folder.entries()) {
        if (handle instanceof FileSystemFileHandle) sizes[prefix + name] = (await handle.getFile()).size;
        else if (handle instanceof FileSystemDirectoryHandle) await walk(handle, `${prefix}${name}/`);
      }
    };
    await walk(await navigator.storage.getDirectory(), '');
    return sizes;
  });
}

/** The text of `logs/ai.log`, older lines first; empty where there is none. */
async function logOf(page: Page): Promise<string> {
  return page.evaluate(async () => {
    try {
      const logs = await (await navigator.storage.getDirectory()).getDirectoryHandle('logs');
      return await (await (await logs.getFileHandle('ai.log')).getFile()).text();
    } catch {
      return '';
    }
  });
}

/** Takes a file away as the browser does when room is short: nobody is told. */
async function evict(page: Page, path: string): Promise<void> {
  await page.evaluate(async (names) => {
    let folder = await navigator.storage.getDirectory();
    for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
    await folder.removeEntry(names.at(-1) ?? '');
  }, path.split('/'));
}

/** The sizes of all files of all packs that are shipped. */
async function shippedBytes(): Promise<number[]> {
  const manifest: Manifest = JSON.parse(await readFile('public/models/manifest.json', 'utf8'));
  return manifest.packs.flatMap((pack) => pack.files.map(({ bytes }) => bytes)).sort();
}

test('models are copied into the tree once, and what the browser evicts of them is fetched again', async ({
  page,
  watch,
}) => {
  test.slow();
  const { status } = await openPage(page);
  const expected = await shippedBytes();
  await expect(async () => {
    const models = Object.entries(await filesIn(page)).filter(([path]) => path.startsWith('cache/ai/'));
    expect(models.map(([, size]) => size).sort()).toEqual(expected);
  }).toPass({ timeout: 40_000 });
  expect(await page.evaluate(() => caches.has('models'))).toBe(false);

  const modelRequests = (): string[] => watch.requests.filter((address) => /\/models\/starter\//.test(address));
  watch.requests.length = 0;
  await page.evaluate(async () => navigator.serviceWorker.ready.then(() => undefined));
  await openPage(page);
  expect(modelRequests()).toEqual([]);

  await evict(page, encoder);
  await openPage(page);
  expect(modelRequests().map((address) => address.slice(address.lastIndexOf('/') + 1))).toEqual([
    'encoder_model_quantized.onnx',
  ]);
  await expect(page.getByRole('alert')).toContainText('Le navigateur a effacé des fichiers');
  expect(Object.keys(await filesIn(page))).toContain(encoder);
  await expect.poll(() => logOf(page), { timeout: 60_000 }).toContain(`[WARN] the browser lost ${encoder}`);
  await expect(status).toHaveText('Appuyez et parlez');
});

test('the log has the intent and the times of each turn, and not what was said', async ({ page }) => {
  test.slow();
  const { writing, conversation } = await openPage(page);
  await writing.fill('Facture de vingt dollars pour Monsieur Kabongo');
  await writing.press('Enter');
  await expect(conversation).toContainText('Kabongo');
  await page.evaluate(() => window.lagrace?.processText('bonjour'));
  // The page goes away before the lines are due: they are not lost.
  await page.goto('/');
  await expect.poll(() => logOf(page), { timeout: 60_000 }).toMatch(/answered: greeting/);
  const lines = (await logOf(page)).trimEnd().split('\n');
  expect(lines.filter((line) => !logLine.test(line))).toEqual([]);
  expect(lines.filter((line) => /answered: greeting.* total \d+ ms/.test(line))).toHaveLength(1);
  expect(lines.join('\n')).not.toMatch(/kabongo|bonjour/i);
});

test('the log has what was said once the owner has turned that on', async ({ page }) => {
  await page.goto('/bureau#magasin');
  await page.getByRole('checkbox', { name: 'Garder dans le journal ce qui est dit au comptoir' }).check();
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText('C’est enregistré.')).toBeVisible();
  await openPage(page);
  await page.evaluate(() => window.lagrace?.processText('Facture de vingt dollars pour Monsieur Kabongo'));
  await expect.poll(() => logOf(page), { timeout: 60_000 }).toMatch(/Kabongo/);
});

test('a browser without room says so, and the counter works', async ({ page, watch, context, baseURL }) => {
  test.slow();
  watch.allowError(/QuotaExceeded|quota/i);
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: baseURL ?? '', quotaSize: 3_000_000 });
  await openPage(page);
  await expect(page.getByRole('alert')).toContainText('Il n’y a plus de place sur cet appareil');
  const turn = await page.evaluate(async () => (await window.lagrace?.processText('bonjour'))?.turn);
  expect(turn).toMatchObject({ outcome: 'answered', error: null });
  expect(Object.keys(await filesIn(page)).filter((path) => path.endsWith('.part'))).toEqual([]);
});

withTree('a page that goes away in mid-write leaves the old file whole', async ({ page }) => {
  withTree.slow();
  const path = 'papers/horaires.txt';
  await openPage(page);
  await page.evaluate(async (at) => {
    const tree = window.lagraceFaults?.tree;
    const digest = async (content: Blob): Promise<string> => {
      const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await content.arrayBuffer()));
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    };
    const old = new Blob(['ouvert de huit à dix-huit heures']);
    await tree?.write(at, old, { size: old.size, sha256: await digest(old) });
    // The other half never comes.
    const half = new ReadableStream<Uint8Array>({ start: (stream) => stream.enqueue(new Uint8Array(500_000)) });
    const onBytes = (): void => document.body.setAttribute('data-half', 'written');
    tree?.write(at, half, { size: 1_000_000, sha256: '0'.repeat(64) }, { onBytes }).catch(() => undefined);
  }, path);
  await expect(page.locator('body')).toHaveAttribute('data-half', 'written');
  expect(await filesIn(page)).toMatchObject({ [path]: 33, [`${path}.part`]: expect.any(Number) });

  await openPage(page);
  await expect.poll(async () => Object.keys(await filesIn(page)), { timeout: 60_000 }).not.toContain(`${path}.part`);
  const text = await page.evaluate(async (at) => {
    const file = await window.lagraceFaults?.tree.read(at);
    return file?.text();
  }, path);
  expect(text).toBe('ouvert de huit à dix-huit heures');
});
