import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { build, defaultClientConditions } from 'vite';
import { findBrowser, headlessFlags, noBrowser } from '../scripts/browser.mjs';
import { importCompanion } from '../scripts/counter.mjs';
import { CommandError } from '../scripts/entry.mjs';
import { buildRoot, nodeRoot, projectRoot } from '../scripts/paths.mjs';

/** @typedef {import('../src/schema.ts').PackOf<'stt'>} Pack */
/**
 * What the page offers; see `window/page.ts`.
 * @typedef {(pack: Pack, options: {seconds: number, rounds: number}) => Promise<{plainMs: number[], shortMs: number[]}>} MeasureWindow
 */

/** The page and, in `models`, the packs. */
const folder = join(buildRoot, 'bench-window');
const seconds = 3;
const rounds = 7;

/**
 * Milliseconds to hear a clip of 3 s on one thread of WASM, by the plain pipeline of transformers.js and by the app's recogniser,
 * in turns and each in its own worker: Whisper base with random 8-bit weights, which always writes the same 16 tokens.
 * WINDOW_SHAPE=small takes the larger one.
 * @param {import('./sections.mjs').SectionContext} context
 * @returns {Promise<import('./sections.mjs').SectionResult>}
 */
export async function measure({ note }) {
  const shape = process.env['WINDOW_SHAPE'] === 'small' ? 'small' : 'base';
  const browser = await findBrowser(note);
  if (!browser) throw new CommandError(noBrowser);
  await buildPage();
  const pack = await writePack(shape);
  const { timings, version } = await runInBrowser(browser, pack);
  const { plainMs, shortMs } = timings;
  return {
    measures: [
      { name: 'transformers.js pipeline', unit: 'ms', samples: plainMs },
      { name: 'short window', unit: 'ms', samples: shortMs },
      { name: 'times faster', unit: '×', samples: plainMs.map((ms, round) => ms / (shortMs[round] ?? ms)) },
    ],
    about: { browser: version, shape, dtype: 'q8', threads: 1, clipSeconds: seconds, tokens: 16 },
  };
}

async function buildPage() {
  await build({
    root: join(projectRoot, 'bench', 'window'),
    configFile: false,
    logLevel: 'warn',
    base: './',
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome120',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4096,
    },
  });
}

/** @param {import('./window/shapes.ts').ShapeName} shape */
async function writePack(shape) {
  /** @type {typeof import('./window/random-pack.ts')} */
  const { writeRandomPack } = await import(pathToFileURL(join(nodeRoot, 'bench-window.js')).href);
  return writeRandomPack(shape, join(folder, 'models'));
}

/**
 * @param {import('../scripts/browser.mjs').Browser} browser
 * @param {Pack} pack
 */
async function runInBrowser({ executablePath, env }, pack) {
  const { createCompanion } = await importCompanion();
  const companion = await createCompanion({ appFolder: folder, port: 0 });
  const profile = await mkdtemp(join(tmpdir(), 'lagrace-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: headlessFlags,
    headless: true,
    env: /** @type {Record<string, string>} */ ({ ...process.env, ...env }),
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(companion.url);
    const timings = await page.evaluate(
      async ([packInPage, options]) => {
        const host = /** @type {{measureWindow?: MeasureWindow}} */ (/** @type {unknown} */ (globalThis));
        if (!host.measureWindow) throw new Error('the page did not start');
        return host.measureWindow(packInPage, options);
      },
      /** @type {const} */ ([pack, { seconds, rounds }]),
    );
    return { timings, version: context.browser()?.version() };
  } finally {
    await context.close();
    await companion.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
