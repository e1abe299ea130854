import { findBrowser, noBrowser } from '../scripts/browser.mjs';
import { openCounter } from '../scripts/counter.mjs';
import { CommandError } from '../scripts/entry.mjs';

const rounds = Number(process.env['START_ROUNDS'] ?? 5);

/** @typedef {{lagrace: {processText(text: string): Promise<unknown>}, navigator: {serviceWorker: {ready: Promise<unknown>}}}} PageGlobals */
/** @typedef {{screen: number, ready: number, voice: number}} Start milliseconds since the page was asked for */

/**
 * Milliseconds from asking for the page to something on the screen, to « prêt », and to a voice that can speak: in a new profile (the
 * browser was started before), when the same profile opens the page again, and when it does so with no server. `START_ROUNDS` says how often.
 * @param {import('./sections.mjs').SectionContext} context
 * @returns {Promise<import('./sections.mjs').SectionResult>}
 */
export async function measure({ note }) {
  const browser = await findBrowser(note);
  if (!browser) throw new CommandError(noBrowser);
  /** @type {Record<'first visit' | 'next visit' | 'no server', Start[]>} */
  const starts = { 'first visit': [], 'next visit': [], 'no server': [] };
  let version;
  for (let round = 0; round < rounds; round += 1) {
    const counter = await openCounter({ browser, backend: 'wasm', note });
    try {
      version = counter.page.context().browser()?.version();
      starts['first visit'].push(await readStart(counter.page, counter.readyMs));
      await counter.page.evaluate(
        async () =>
          void (await /** @type {PageGlobals} */ (/** @type {unknown} */ (globalThis)).navigator.serviceWorker.ready),
      );
      starts['next visit'].push(await readStart(counter.page, await counter.reopen()));
      await counter.stopServer();
      starts['no server'].push(await readStart(counter.page, await counter.reopen()));
    } finally {
      await counter.close();
    }
  }
  return {
    measures: Object.entries(starts).flatMap(([visit, samples]) => [
      { name: `${visit}: screen`, unit: 'ms', samples: samples.map(({ screen }) => screen) },
      { name: `${visit}: ready`, unit: 'ms', samples: samples.map(({ ready }) => ready) },
      { name: `${visit}: voice`, unit: 'ms', samples: samples.map(({ voice }) => voice) },
    ]),
    about: { browser: version, rounds },
  };
}

/**
 * The voice is last; that it can speak shows in a first answer.
 * @param {import('playwright-core').Page} page
 * @param {number} ready
 * @returns {Promise<Start>}
 */
async function readStart(page, ready) {
  const { screen, voice } = await page.evaluate(async () => {
    await /** @type {PageGlobals} */ (/** @type {unknown} */ (globalThis)).lagrace.processText('bonjour');
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return { screen: paint?.startTime ?? Number.NaN, voice: performance.now() };
  });
  return { screen, ready, voice };
}
