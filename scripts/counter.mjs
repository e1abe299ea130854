import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { headlessFlags, swiftShaderFlags, webgpuFlags } from './browser.mjs';
import { appRoot, nodeRoot } from './paths.mjs';

/** @typedef {import('../src/schema.ts').Turn} Turn */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{turn: Turn, audio: Buffer | null}} SpokenTurn `audio` is a WAV file */
/**
 * What a page of the app gives its host.
 * @typedef {object} AppInPage
 * @property {Promise<unknown>} ready
 * @property {(input: ArrayBuffer, options: {apart: boolean}) => Promise<{turn: Turn, audio: ArrayBuffer | null}>} processAudio
 */
/**
 * The built app, open in a browser without a screen.
 * @typedef {object} Counter
 * @property {Page} page
 * @property {string} url
 * @property {number} readyMs from asking for the page to being ready
 * @property {() => Promise<number>} reopen asks for the page again; gives the same time
 * @property {() => Promise<void>} stopServer ends the companion, as when the network goes
 * @property {(wav: Buffer) => Promise<SpokenTurn>} processAudio a turn that knows nothing of the others; rejects with a CounterError
 * @property {() => Promise<void>} close
 */

/** A failure of the page, with the code of `src/errors.ts`; the message is the sentence for a person. */
export class CounterError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Loads the built companion. */
export function importCompanion() {
  return /** @type {Promise<typeof import('../companion/main.ts')>} */ (
    import(pathToFileURL(join(nodeRoot, 'companion.js')).href)
  );
}

const readyTimeoutMs = 180_000;
const turnTimeoutMs = 120_000;
/** A message to the browser must stay well under its limit. */
const chunkBytes = 8 * 1024 * 1024;

/**
 * Serves the built app on a free port and opens it, ready for a turn, in a profile that is thrown away.
 * @param {object} options
 * @param {import('./browser.mjs').Browser} options.browser
 * @param {'wasm' | 'webgpu'} [options.backend]
 * @param {string} [options.model] the recogniser's pack id
 * @param {(line: string) => void} options.note
 * @returns {Promise<Counter>}
 */
export async function openCounter({ browser, backend, model, note }) {
  const { createCompanion } = await importCompanion();
  const companion = await createCompanion({ appFolder: appRoot, port: 0 });
  const profile = await mkdtemp(join(tmpdir(), 'lagrace-'));
  /** @type {import('playwright-core').BrowserContext | undefined} */
  let context;
  let isServing = true;
  const stopServer = async () => {
    if (isServing) await companion.close();
    isServing = false;
  };
  const close = async () => {
    await context?.close().catch(() => undefined);
    await stopServer();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const flags = new URLSearchParams({ ...(backend && { backend }), ...(model && { model }) });
    context = await launch(browser, profile, backend, companion.url);
    const page = context.pages()[0] ?? (await context.newPage());
    page.on('pageerror', (error) => note(`page: ${error.message}`));
    const visit = async () => {
      const from = performance.now();
      await page.goto(`${companion.url}/?${flags}`);
      await withTimeout(waitUntilReady(page), readyTimeoutMs, 'l’application n’a pas fini de se charger');
      return performance.now() - from;
    };
    return {
      page,
      url: companion.url,
      close,
      stopServer,
      readyMs: await visit(),
      reopen: visit,
      processAudio: (wav) => withTimeout(processAudio(page, wav), turnTimeoutMs, 'le tour n’a pas fini'),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * @param {import('./browser.mjs').Browser} browser
 * @param {string} profile
 * @param {'wasm' | 'webgpu' | undefined} backend
 * @param {string} url
 */
async function launch({ executablePath, env }, profile, backend, url) {
  const start = (/** @type {string[]} */ args) =>
    chromium.launchPersistentContext(profile, {
      executablePath,
      args,
      headless: true,
      env: /** @type {Record<string, string>} */ ({ ...process.env, ...env }),
    });
  if (backend !== 'webgpu') return start(headlessFlags);
  const context = await start(webgpuFlags);
  if (await hasAdapter(context, url)) return context;
  await context.close();
  return start(swiftShaderFlags);
}

/**
 * Whether WebGPU has an adapter on this machine; asked on our own origin, for others have no WebGPU.
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} url
 */
async function hasAdapter(context, url) {
  const page = await context.newPage();
  try {
    await page.goto(`${url}/api/health`);
    return await page.evaluate(async () => {
      const host = /** @type {{navigator: {gpu?: {requestAdapter(): Promise<unknown>}}}} */ (
        /** @type {unknown} */ (globalThis)
      );
      const { gpu } = host.navigator;
      return gpu !== undefined && (await gpu.requestAdapter()) !== null;
    });
  } finally {
    await page.close();
  }
}

/** @param {Page} page */
async function waitUntilReady(page) {
  const failure = await page.evaluate(async () => {
    const host =
      /** @type {{lagrace?: AppInPage, document: {querySelector(selector: string): {textContent: string} | null}}} */ (
        /** @type {unknown} */ (globalThis)
      );
    while (host.lagrace === undefined) {
      const failed = host.document.querySelector('main[role="alert"] p');
      if (failed) return { code: 'start', message: failed.textContent };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    try {
      await host.lagrace.ready;
      return null;
    } catch (error) {
      const { code = 'internal', sentence, message } = /** @type {Record<string, string>} */ (error);
      return { code, message: sentence ?? message ?? String(error) };
    }
  });
  if (failure) throw new CounterError(failure.code, failure.message);
}

/**
 * @param {Page} page
 * @param {Buffer} wav
 * @returns {Promise<SpokenTurn>}
 */
async function processAudio(page, wav) {
  const chunks = await page.evaluateHandle(() => /** @type {Uint8Array<ArrayBuffer>[]} */ ([]));
  for (let offset = 0; offset < wav.length; offset += chunkBytes) {
    await chunks.evaluate(
      (list, base64) => list.push(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))),
      wav.subarray(offset, offset + chunkBytes).toString('base64'),
    );
  }
  const result = await chunks.evaluate(async (list) => {
    const host = /** @type {{lagrace: AppInPage}} */ (/** @type {unknown} */ (globalThis));
    const bytes = await new Blob(/** @type {Uint8Array<ArrayBuffer>[]} */ (list)).arrayBuffer();
    try {
      const { turn, audio } = await host.lagrace.processAudio(bytes, { apart: true });
      if (audio === null) return { turn, base64: null };
      let binary = '';
      for (const byte of new Uint8Array(audio)) binary += String.fromCharCode(byte);
      return { turn, base64: btoa(binary) };
    } catch (error) {
      const { code = 'internal', sentence, message } = /** @type {Record<string, string>} */ (error);
      return { failure: { code, message: sentence ?? message ?? String(error) } };
    }
  });
  await chunks.dispose();
  if ('failure' in result) throw new CounterError(result.failure.code, result.failure.message);
  return { turn: result.turn, audio: result.base64 === null ? null : Buffer.from(result.base64, 'base64') };
}

/**
 * @template T
 * @param {Promise<T>} work
 * @param {number} timeoutMs
 * @param {string} what
 * @returns {Promise<T>}
 */
async function withTimeout(work, timeoutMs, what) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new CounterError('timeout', `${what} en ${timeoutMs / 1000} s.`)), timeoutMs);
  });
  try {
    return /** @type {T} */ (await Promise.race([work, late]));
  } finally {
    clearTimeout(timer);
  }
}
