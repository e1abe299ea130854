import { cpSync, mkdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { chromium } from 'playwright-core';
import { build, defaultClientConditions } from 'vite';
import { findBrowser, headlessFlags, noBrowser } from '../scripts/browser.mjs';
import { importCompanion } from '../scripts/counter.mjs';
import { CommandError } from '../scripts/entry.mjs';
import { espeak } from '../scripts/espeak-data.mjs';
import { packagedFiles } from '../scripts/packs.mjs';
import { buildRoot, projectRoot } from '../scripts/paths.mjs';

/** @typedef {import('./turn/protocol.ts').TurnSample} TurnSample */
/** @typedef {import('./turn/protocol.ts').SpokenSample} SpokenSample */
/** @typedef {import('./turn/protocol.ts').Prepared} Prepared */
/**
 * @typedef {object} Counter
 * @property {number} threads
 * @property {import('playwright-core').Page} page
 * @property {Record<string, Prepared>} prepared
 * @property {TurnSample[]} samples of recordings that are handed over
 * @property {SpokenSample[]} spoken the same recordings, said into the microphone
 */

/** @typedef {{turnBench: import('./turn/protocol.ts').TurnBench}} PageGlobals */

/** The app with the bench in it, and the models. */
const folder = join(buildRoot, 'bench-turn');
/** About 3 s each; answers that are made anew, and one that the voice has ready. */
const recordings = ['invoice-250-dollars', 'invoice-120-euros', 'print-labels', 'greeting'];
const threadCounts = [1, 2];
const rounds = Number(process.env['TURN_ROUNDS'] ?? 7);
/** Each takes as long as it takes to say. */
const spokenRounds = Math.ceil(rounds / 2);
/** After a start, the voice renders the fixed answers: nothing is measured meanwhile. */
const settlingMs = 8000;

/**
 * Milliseconds from the end of speech to the first sound of the answer, by stage, next to the models alone on the same inputs (encoder,
 * decoder step by step, intent model, voice): in turns in one page, on one thread of WASM and on two. `TURN_ROUNDS` says how often.
 * First of recordings said into the microphone, where the silence that ends them is used; then of the same handed over whole by a host.
 * @param {import('./sections.mjs').SectionContext} context
 * @returns {Promise<import('./sections.mjs').SectionResult>}
 */
export async function measure({ note }) {
  const browser = await findBrowser(note);
  if (!browser) throw new CommandError(noBrowser);
  await buildPage();
  const { createCompanion } = await importCompanion();
  const companion = await createCompanion({ appFolder: folder, port: 0 });
  const profile = await mkdtemp(join(tmpdir(), 'lagrace-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browser.executablePath,
    args: headlessFlags,
    headless: true,
    env: /** @type {Record<string, string>} */ ({ ...process.env, ...browser.env }),
  });
  try {
    /** @type {Counter[]} */
    const counters = [];
    for (const threads of threadCounts) {
      const page = await context.newPage();
      counters.push({ threads, page, prepared: await openPage(page, companion.url, threads), samples: [], spoken: [] });
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const name of recordings) {
        for (const { page, samples } of counters) {
          samples.push(
            await page.evaluate(
              (recording) => /** @type {PageGlobals} */ (/** @type {unknown} */ (globalThis)).turnBench.run(recording),
              name,
            ),
          );
        }
      }
    }
    for (let round = 0; round < spokenRounds; round += 1) {
      for (const name of recordings) {
        for (const { page, spoken } of counters) spoken.push(await speak(page, name));
      }
    }
    return {
      measures: counters.flatMap(toMeasures),
      about: { browser: context.browser()?.version(), recordings: counters[0]?.prepared, rounds },
    };
  } finally {
    await context.close();
    await companion.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function buildPage() {
  await build({
    root: join(projectRoot, 'bench', 'turn'),
    configFile: false,
    logLevel: 'error',
    publicDir: join(projectRoot, 'public'),
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
    plugins: [react(), espeak()],
    worker: { format: 'es', plugins: () => [espeak()] },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome120',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 4096,
    },
  });
  for (const { path, from } of packagedFiles()) {
    const target = join(folder, 'models', path);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(projectRoot, from), target);
  }
}

/**
 * Opens the page, loads the models for both, and lets both hear every recording once.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {number} threads
 */
async function openPage(page, url, threads) {
  await page.goto(`${url}/?backend=wasm&threads=${threads}`);
  await page.waitForFunction(() => 'lagrace' in globalThis && 'turnBench' in globalThis);
  await page.evaluate(
    (count) => /** @type {PageGlobals} */ (/** @type {unknown} */ (globalThis)).turnBench.open(count),
    threads,
  );
  await page.waitForTimeout(settlingMs);
  /** @type {Record<string, Prepared>} */
  const prepared = {};
  for (const name of recordings) {
    const wav = await readFile(join(projectRoot, 'e2e', 'audio', `${name}.wav`));
    prepared[name] = await page.evaluate(
      ([recording, base64]) =>
        /** @type {PageGlobals} */ (/** @type {unknown} */ (globalThis)).turnBench.prepare(recording, base64),
      /** @type {const} */ ([name, wav.toString('base64')]),
    );
  }
  return prepared;
}

/**
 * Says a recording into the page's microphone; the end of speech is where the ear stops waiting for more.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @returns {Promise<SpokenSample>}
 */
async function speak(page, name) {
  await page.bringToFront();
  await page.evaluate(
    (recording) => /** @type {PageGlobals} */ (/** @type {unknown} */ (globalThis)).turnBench.beginToSay(recording),
    name,
  );
  const told = /turn \S+ (\w[\w-]*): .* stt (\d+) ms.* firstAudio (\d+) ms/;
  const [line] = await Promise.all([
    page.waitForEvent('console', (message) => told.test(message.text())),
    page.getByRole('button', { name: 'Parler' }).click(),
  ]);
  const [, outcome, recogniser, firstAudio] = told.exec(line.text()) ?? [];
  if (outcome !== 'answered') throw new Error(`${name}: the spoken turn ended as ${outcome}`);
  const bare = await page.evaluate(
    (recording) => /** @type {PageGlobals} */ (/** @type {unknown} */ (globalThis)).turnBench.runModels(recording),
    name,
  );
  return { name, firstAudio: Number(firstAudio), recogniser: Number(recogniser), bare };
}

/**
 * @param {Counter} counter
 * @returns {import('./statistics.mjs').Measure[]}
 */
function toMeasures({ threads, prepared, samples, spoken }) {
  const isReady = (/** @type {{name: string}} */ { name }) => prepared[name]?.readyAnswer ?? false;
  const made = samples.filter((sample) => !isReady(sample));
  const ms = (
    /** @type {string} */ name,
    /** @type {TurnSample[]} */ of,
    /** @type {(sample: TurnSample) => number} */ read,
  ) => ({
    name: `${threads} × handed over: ${name}`,
    unit: 'ms',
    samples: of.map(read),
  });
  return [
    ...spokenMeasures(threads, spoken, isReady),
    ms('end of speech to first audio', made, fromSpeech),
    ms('  recogniser', made, ({ turn }) => turn.stt ?? Number.NaN),
    ms('  intent', made, ({ turn }) => turn.nlu ?? Number.NaN),
    ms('  voice, to the end of its first sentence', made, (sample) => fromSpeech(sample) - understood(sample)),
    ms('the models alone', made, alone),
    ms('  encoder', made, ({ bare }) => bare.encoder),
    ms('  decoder', made, ({ bare }) => bare.decoder),
    ms('  intent model', made, ({ bare }) => bare.intent),
    ms('  voice', made, ({ bare }) => bare.voice),
    ms('more than the models alone', made, (sample) => fromSpeech(sample) - alone(sample)),
    {
      name: `${threads} × handed over: more than the models alone`,
      unit: '%',
      samples: made.map((sample) => (fromSpeech(sample) / alone(sample) - 1) * 100),
    },
    ms('reading the file', made, ({ turn }) => turn.decode ?? Number.NaN),
    ms('finding the speech in it', made, ({ turn }) => turn.vad ?? Number.NaN),
    ms('  speech gate alone', made, ({ bare }) => bare.gate),
    ms('end of speech to an answer that was ready', samples.filter(isReady), fromSpeech),
    ms('  understood to first audio', samples.filter(isReady), (sample) => fromSpeech(sample) - understood(sample)),
  ];
}

/**
 * @param {number} threads
 * @param {SpokenSample[]} spoken
 * @param {(sample: SpokenSample) => boolean} isReady
 * @returns {import('./statistics.mjs').Measure[]}
 */
function spokenMeasures(threads, spoken, isReady) {
  const made = spoken.filter((sample) => !isReady(sample));
  return [
    { name: 'end of speech to first audio', unit: 'ms', samples: made.map(({ firstAudio }) => firstAudio) },
    { name: '  recogniser, after the end', unit: 'ms', samples: made.map(({ recogniser }) => recogniser) },
    { name: 'the models alone', unit: 'ms', samples: made.map(alone) },
    {
      name: 'more than the models alone',
      unit: '%',
      samples: made.map((sample) => (sample.firstAudio / alone(sample) - 1) * 100),
    },
    {
      name: 'end of speech to an answer that was ready',
      unit: 'ms',
      samples: spoken.filter(isReady).map(({ firstAudio }) => firstAudio),
    },
  ].map((measure) => ({ ...measure, name: `${threads} × spoken: ${measure.name}` }));
}

/** @param {TurnSample} sample */
function fromSpeech({ turn }) {
  return (turn.firstAudio ?? Number.NaN) - (turn.decode ?? 0) - (turn.vad ?? 0);
}

/** @param {TurnSample} sample */
function understood({ turn }) {
  return (turn.stt ?? 0) + (turn.nlu ?? 0);
}

/** @param {{bare: import('./turn/protocol.ts').ModelTimes}} sample */
function alone({ bare }) {
  return bare.encoder + bare.decoder + bare.intent + bare.voice;
}
