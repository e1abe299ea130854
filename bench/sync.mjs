import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findBrowser, headlessFlags, noBrowser } from '../scripts/browser.mjs';
import { importCompanion } from '../scripts/counter.mjs';
import { CommandError } from '../scripts/entry.mjs';
import { appRoot } from '../scripts/paths.mjs';

const rounds = Number(process.env['SYNC_ROUNDS'] ?? 1);
const megabytes = Number(process.env['SYNC_MB'] ?? 500);
const smallFiles = Number(process.env['SYNC_FILES'] ?? 10_000);
const smallBytes = 1000;
const limitMs = 20 * 60_000;

/**
 * Sizes from 1 kB to two fifths of the whole, which sum up to it: each half as large as the one before, and a thousand small ones.
 * @param {number} bytes
 */
function sizesOf(bytes) {
  const small = Array.from({ length: 1000 }, (_, index) => 1000 + ((index * 7919) % 20_000));
  const sizes = [];
  let left = bytes - small.reduce((sum, size) => sum + size, 0);
  for (let size = Math.floor(bytes * 0.4); left > 0; size = Math.max(100_000, Math.floor(size / 2))) {
    sizes.push(Math.min(size, left));
    left -= size;
  }
  return [...sizes, ...small];
}

/** @typedef {{path: string, size: number}} SyncFile */
/** What a page of the office gives a test. @typedef {{lagraceOffice: {files: import('../src/storage/tree/tree.ts').Tree}}} PageGlobals */

/**
 * From a browser to the disk on loopback: seconds for files of 1 kB to 200 MB next to plain PUTs of the same bytes, several at once as the
 * mirror does, and for many small files. `SYNC_MB`, `SYNC_FILES` and `SYNC_ROUNDS` say how much.
 * @param {import('./sections.mjs').SectionContext} context
 * @returns {Promise<import('./sections.mjs').SectionResult>}
 */
export async function measure({ note }) {
  const browser = await findBrowser(note);
  if (!browser) throw new CommandError(noBrowser);
  /** @type {Record<'plain' | 'mirror' | 'ratio' | 'small', number[]>} */
  const seconds = { plain: [], mirror: [], ratio: [], small: [] };
  const mixed = sizesOf(megabytes * 1e6).map((size, index) => ({ path: `cache/ai/models/mixed/${index}.bin`, size }));
  const small = Array.from({ length: smallFiles }, (_, index) => {
    return { path: `cache/ai/models/small-${index % 100}/${index}.bin`, size: smallBytes };
  });
  for (let round = 0; round < rounds; round += 1) {
    const both = await inNewShop(browser, mixed, async (page) => page.evaluate(putPlainly, mixed));
    seconds.plain.push(both.before / 1000);
    seconds.mirror.push(both.mirrored / 1000);
    seconds.ratio.push(both.mirrored / both.before);
    note(
      `${megabytes} MB: ${(both.before / 1000).toFixed(1)} s by PUT, ${(both.mirrored / 1000).toFixed(1)} s mirrored`,
    );
    if (smallFiles > 0) seconds.small.push((await inNewShop(browser, small, async () => 0)).mirrored / 1000);
  }
  return {
    measures: [
      { name: `${megabytes} MB by plain PUT`, unit: 's', samples: seconds.plain },
      { name: `${megabytes} MB mirrored`, unit: 's', samples: seconds.mirror },
      { name: 'mirrored / plain', unit: '×', samples: seconds.ratio },
      ...(smallFiles > 0 ? [{ name: `${smallFiles} files of 1 kB mirrored`, unit: 's', samples: seconds.small }] : []),
    ],
    about: { rounds, megabytes, files: mixed.length, smallFiles },
  };
}

/**
 * Fills a new browser with files while no companion mirrors, then lets one: milliseconds of `before`, which gets the page when the files
 * are there, and of the mirror.
 * @param {import('../scripts/browser.mjs').Browser} browser
 * @param {SyncFile[]} files
 * @param {(page: import('playwright-core').Page) => Promise<number>} before
 */
async function inNewShop(browser, files, before) {
  const folder = await mkdtemp(join(tmpdir(), 'lagrace-sync-'));
  const { createCompanion } = await importCompanion();
  const root = join(folder, 'root');
  let companion = await createCompanion({ appFolder: appRoot, port: 0 });
  const port = Number(new URL(companion.url).port);
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: browser.executablePath,
    args: headlessFlags,
    headless: true,
    env: /** @type {Record<string, string>} */ ({ ...process.env, ...browser.env }),
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const open = async () => {
      // From elsewhere: the same address again would not load the page anew.
      await page.goto('about:blank');
      await page.goto(`${companion.url}/bureau#documents`);
      await page.waitForFunction(() => 'lagraceOffice' in globalThis);
    };
    await open();
    await page.evaluate(fill, files);
    await companion.close();
    companion = await createCompanion({ appFolder: appRoot, port, root: join(folder, 'plain') });
    // Meanwhile the mirror must find nobody.
    await context.route('**/api/health', (route) => route.abort());
    const beforeMs = await before(page);
    await context.unroute('**/api/health');
    await companion.close();
    companion = await createCompanion({ appFolder: appRoot, port, root });
    await open();
    const mirrored = await waitForTree(companion.url, files);
    return { before: beforeMs, mirrored };
  } finally {
    await context.close().catch(() => undefined);
    await companion.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Milliseconds from the first of the files on the disk to the last. What is small against them is not asked for often.
 * @param {string} url
 * @param {SyncFile[]} files
 */
async function waitForTree(url, files) {
  const from = performance.now();
  for (;;) {
    if (performance.now() - from > limitMs) throw new CommandError('La copie n’a pas fini à temps.');
    const health = /** @type {{tree: {files: number}}} */ (await (await fetch(`${url}/api/health`)).json());
    if (health.tree.files >= files.length) return performance.now() - from;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * In the page: writes the files, whose content nothing could compress.
 * @param {SyncFile[]} files
 */
async function fill(files) {
  const { files: tree } = /** @type {PageGlobals} */ (/** @type {unknown} */ (globalThis)).lagraceOffice;
  const noise = new Uint8Array(1 << 16);
  crypto.getRandomValues(noise);
  let next = 0;
  const work = async () => {
    for (let file = files[next++]; file; file = files[next++]) {
      const { path, size } = file;
      const parts = Array.from({ length: Math.ceil(size / noise.length) }, () => noise);
      const content = new Blob([path, ...parts]).slice(0, size);
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await content.arrayBuffer()));
      const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
      await tree.write(path, content, { size, sha256 });
    }
  };
  await Promise.all([work(), work(), work(), work()]);
}

/**
 * In the page: sends the same files without any care; gives milliseconds.
 * @param {SyncFile[]} files
 */
async function putPlainly(files) {
  const { files: tree } = /** @type {PageGlobals} */ (/** @type {unknown} */ (globalThis)).lagraceOffice;
  const from = performance.now();
  let next = 0;
  const work = async () => {
    for (let file = files[next++]; file; file = files[next++]) {
      const body = await tree.read(file.path);
      const response = await fetch(`/api/files/${file.path}`, { method: 'PUT', body });
      if (!response.ok) throw new Error(`PUT ${file.path}: ${response.status}`);
      await response.arrayBuffer();
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return performance.now() - from;
}
