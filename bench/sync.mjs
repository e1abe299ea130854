import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { findBrowser, headlessFlags, noBrowser } from '../scripts/browser.mjs';
import { importCompanion } from '../scripts/counter.mjs';
import { CommandError } from '../scripts/entry.mjs';
import { appRoot } from '../scripts/paths.mjs';
import { fill, putPlainly, waitForAll } from './sync/in-page.mjs';

const rounds = Number(process.env['SYNC_ROUNDS'] ?? 1);
const megabytes = Number(process.env['SYNC_MB'] ?? 500);
const smallFiles = Number(process.env['SYNC_FILES'] ?? 10_000);
const smallBytes = 1000;
const limitMs = 20 * 60_000;
const lookEveryMs = 200;

/** @typedef {import('./sync/in-page.mjs').SyncFile} SyncFile */
/** @typedef {import('playwright-core').Page} Page */

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

/**
 * Between a browser and the disk on loopback: seconds for files of 1 kB to 200 MB next to plain PUTs of the same bytes, several at once
 * as the mirror does, and for many small files each way. `SYNC_MB`, `SYNC_FILES` and `SYNC_ROUNDS` say how much.
 * @param {import('./sections.mjs').SectionContext} context
 * @returns {Promise<import('./sections.mjs').SectionResult>}
 */
export async function measure({ note }) {
  const browser = await findBrowser(note);
  if (!browser) throw new CommandError(noBrowser);
  /** @type {Record<'plain' | 'mirror' | 'ratio' | 'up' | 'down', number[]>} */
  const seconds = { plain: [], mirror: [], ratio: [], up: [], down: [] };
  const mixed = sizesOf(megabytes * 1e6).map((size, index) => ({ path: `cache/ai/models/mixed/${index}.bin`, size }));
  for (let round = 0; round < rounds; round += 1) {
    if (megabytes > 0) {
      const { plain, mirrored } = await upwards(browser, mixed);
      seconds.plain.push(plain);
      seconds.mirror.push(mirrored);
      seconds.ratio.push(mirrored / plain);
      note(`${megabytes} MB: ${plain.toFixed(1)} s by PUT, ${mirrored.toFixed(1)} s mirrored`);
    }
    if (smallFiles > 0) {
      const { plain, mirrored } = await upwards(browser, smallOnes('cache/ai/models'));
      seconds.up.push(mirrored);
      note(`${smallFiles} files: ${plain.toFixed(1)} s by PUT, ${mirrored.toFixed(1)} s mirrored to the disk`);
      seconds.down.push(await downwards(browser, smallOnes('papers')));
    }
  }
  const small = `${smallFiles} files of 1 kB`;
  return {
    measures: [
      { name: `${megabytes} MB by plain PUT`, unit: 's', samples: seconds.plain },
      { name: `${megabytes} MB mirrored`, unit: 's', samples: seconds.mirror },
      { name: 'mirrored / plain', unit: '×', samples: seconds.ratio },
      { name: `${small} to the disk`, unit: 's', samples: seconds.up },
      { name: `${small} to the browser`, unit: 's', samples: seconds.down },
    ],
    about: { rounds, megabytes, files: mixed.length, smallFiles },
  };
}

/** @param {string} folder */
function smallOnes(folder) {
  return Array.from({ length: smallFiles }, (_, index) => {
    return { path: `${folder}/small-${index % 100}/${index}.md`, size: smallBytes };
  });
}

/**
 * Fills a new browser with files while no companion mirrors, sends them by plain PUTs from a page without a mirror, then lets a mirror send
 * them to another folder: seconds of both.
 * @param {import('../scripts/browser.mjs').Browser} browser
 * @param {SyncFile[]} files
 */
function upwards(browser, files) {
  return inNewBrowser(browser, async ({ page, port, folder, withCompanion }) => {
    // The page has its companion's port; one without a folder mirrors nothing.
    await withCompanion(undefined, async (url) => {
      await openOffice(page, url);
      await page.evaluate(fill, files);
    });
    const plain = await withCompanion(join(folder, 'plain'), async (url) => {
      await page.goto(`${url}/api/health`);
      return (await page.evaluate(putPlainly, files)) / 1000;
    });
    await page.goto('about:blank');
    const mirrored = await withCompanion(join(folder, 'root'), async (url) => {
      await openOffice(page, url);
      return secondsUntil(async () => (await readHealth(url)).tree.files >= files.length);
    });
    return { plain, mirrored, port };
  });
}

/**
 * Seconds until a new browser has all files of a folder.
 * @param {import('../scripts/browser.mjs').Browser} browser
 * @param {SyncFile[]} files
 */
function downwards(browser, files) {
  return inNewBrowser(browser, async ({ page, folder, withCompanion }) => {
    const root = join(folder, 'root');
    for (const { path, size } of files) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), randomBytes(size));
    }
    return withCompanion(root, async (url) => {
      await secondsUntil(async () => {
        const { tree } = await readHealth(url);
        return tree.files >= files.length && tree.toRead === 0;
      });
      await openOffice(page, url);
      const from = performance.now();
      await page.evaluate(waitForAll, files.length);
      return (performance.now() - from) / 1000;
    });
  });
}

/**
 * @template Result
 * @param {import('../scripts/browser.mjs').Browser} browser
 * @param {(shop: {page: Page, folder: string, port: number, withCompanion: <T>(root: string | undefined, work: (url: string) => Promise<T>) => Promise<T>}) => Promise<Result>} work
 */
async function inNewBrowser(browser, work) {
  const folder = await mkdtemp(join(tmpdir(), 'lagrace-sync-'));
  const { createCompanion } = await importCompanion();
  // One port for all companions: the browser's files belong to an address.
  const first = await createCompanion({ appFolder: appRoot, port: 0 });
  const port = Number(new URL(first.url).port);
  await first.close();
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: browser.executablePath,
    args: headlessFlags,
    headless: true,
    env: /** @type {Record<string, string>} */ ({ ...process.env, ...browser.env }),
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    return await work({
      page,
      folder,
      port,
      withCompanion: async (root, inside) => {
        const companion = await createCompanion({ appFolder: appRoot, port, ...(root !== undefined && { root }) });
        try {
          return await inside(companion.url);
        } finally {
          await companion.close();
        }
      },
    });
  } finally {
    await context.close().catch(() => undefined);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {Page} page
 * @param {string} url
 */
async function openOffice(page, url) {
  // From elsewhere: the same address again would not load the page anew.
  await page.goto('about:blank');
  await page.goto(`${url}/bureau#documents`);
  await page.waitForFunction(() => 'lagraceOffice' in globalThis);
}

/**
 * @param {string} url
 * @returns {Promise<{tree: {files: number, toRead: number}}>}
 */
async function readHealth(url) {
  const health = await (await fetch(`${url}/api/health`)).json();
  return /** @type {{tree: {files: number, toRead: number}}} */ (health);
}

/**
 * Seconds until what is asked is so. What is small against them is not asked for often.
 * @param {() => Promise<boolean>} isSo
 */
async function secondsUntil(isSo) {
  const from = performance.now();
  while (!(await isSo())) {
    if (performance.now() - from > limitMs) throw new CommandError('La copie n’a pas fini à temps.');
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  return (performance.now() - from) / 1000;
}
