import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { appRoot } from '../scripts/paths.mjs';
import { parseWav, writeWav } from '../src/ai/audio/wav.ts';
import { drawnFaults, expect, loseGpu, setFaults, test } from './faulty.ts';
import { openPage, processBytes, processFile } from './page.ts';
import { recordingPath } from './recordings.ts';

const greeting = recordingPath('greeting.wav');
const heardOnWasm = { outcome: 'answered', backend: 'wasm', understanding: { intent: 'greeting' }, error: null };

/** A whole turn on typed text, as a host program asks for it. */
async function processText(page: Page, text: string) {
  return page.evaluate(async (typed) => {
    const processed = await window.lagrace?.processText(typed);
    if (!processed) throw new Error('window.lagrace is not there');
    return { ...processed.turn, audioBytes: processed.audio?.byteLength ?? null };
  }, text);
}

/** Requests one after the other without a pause, for almost `seconds`, as a WAV file. */
async function speakAtLength(seconds: number): Promise<Uint8Array> {
  const parts = await Promise.all(
    ['invoice-250-dollars.wav', 'print-receipt.wav', 'stock.wav'].map(async (name) => {
      return parseWav(await readFile(recordingPath(name)), { maxSeconds: 60 }).samples;
    }),
  );
  const samples = new Float32Array(seconds * 16_000);
  let end = 0;
  for (let index = 0; ; index++) {
    const part = parts[index % parts.length];
    if (!part || end + part.length > samples.length) break;
    samples.set(part, end);
    end += part.length;
  }
  return writeWav(samples, 16_000);
}

/** Types a request on the page. */
async function type(page: Page, text: string): Promise<void> {
  const writing = page.getByRole('textbox', { name: 'Écrire à La Grâce' });
  await writing.fill(text);
  await writing.press('Enter');
}

test('the app that people get cannot be made to fail', async () => {
  const assets = join(appRoot, 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(4);
  for (const name of scripts) {
    expect(name).not.toContain('faults');
    expect(readFileSync(join(assets, name), 'utf8'), name).not.toMatch(/lagraceFaults|was made to|lose-gpu/);
  }
});

test('a turn whose part fails, hangs, goes away or answers nonsense ends, and the next is answered', async ({
  page,
}) => {
  test.slow();
  await openPage(page, '/?backend=wasm&limits=0.3');
  const failures: [string, string][] = [];
  for (const place of ['audio.hear', 'stt.transcribe', 'nlu.understand']) {
    for (const kind of ['throw', 'hang', 'garbage', 'worker-lost']) failures.push([place, kind]);
  }
  for (const [place, kind] of failures) {
    await setFaults(page, `${place}:${kind}@1`);
    const turn = await processFile(page, greeting);
    expect(turn, `${place} ${kind}`).toMatchObject({ outcome: 'failed', answer: null });
    expect(turn.error?.message, `${place} ${kind}`).toMatch(/^[A-ZÀ-Ü].*[.!]$/);
    expect(await drawnFaults(page)).toEqual({ [`${place} ${kind}`]: 1 });
    const next = await processFile(page, greeting);
    expect(next, `after ${place} ${kind}`).toMatchObject({ outcome: 'answered', error: null });
    expect(next.audioBytes, `after ${place} ${kind}`).toBeGreaterThan(10_000);
  }
  // Fixed answers are made ahead: only one that reads an amount back is spoken anew each time.
  for (const [dollars, kind] of ['throw', 'hang', 'garbage', 'worker-lost'].entries()) {
    await setFaults(page, `tts.speak:${kind}@1`);
    const turn = await processText(page, `fais une facture de ${211 + dollars} dollars pour Marie`);
    expect(turn.outcome, `tts.speak ${kind}`).toBe('answered');
    expect(turn.error, `tts.speak ${kind}`).not.toBeNull();
    expect(
      (await processText(page, `fais une facture de ${311 + dollars} dollars pour Marie`)).audioBytes,
      `after tts.speak ${kind}`,
    ).toBeGreaterThan(10_000);
  }
});

test('a recogniser that hangs is replaced while the page says so', async ({ page }) => {
  const { status, conversation } = await openPage(page, '/?backend=wasm&limits=0.3');
  await setFaults(page, 'stt.transcribe:hang@1,stt.load:late');
  const turn = await processFile(page, greeting);
  expect(turn.error?.code).toBe('model-failed');
  await expect(conversation).toContainText('Je n’ai pas pu répondre.');
  await expect(status).toHaveText('Je relance l’écoute…');
  await expect(status).toHaveText('Appuyez et parlez', { timeout: 30_000 });
  await setFaults(page, '');
  expect((await processFile(page, greeting)).outcome).toBe('answered');
});

test('a model that could not be loaded is loaded at the next try', async ({ page }) => {
  await page.goto('/?faults=stt.load:throw@1');
  const status = page.getByRole('status');
  await expect(status).toHaveText('Appuyez pour réessayer', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Parler' }).click();
  await expect(status).toHaveText('Appuyez et parlez', { timeout: 30_000 });
  await expect(page.getByRole('alert')).toBeEmpty();
  expect((await processFile(page, greeting)).outcome).toBe('answered');
});

for (const part of ['mjs', 'wasm']) {
  test(`a runtime whose ${part} could not be fetched is fetched at the next try, once for all threads`, async ({
    page,
    watch,
  }) => {
    watch.allowError(/Failed to load resource: net::ERR_FAILED/);
    let isCut = true;
    await page.route(`**/ort-*.${part}`, (route) => (isCut ? route.abort() : route.continue()));
    await page.goto('/?backend=wasm');
    const status = page.getByRole('status');
    await expect(status).toHaveText('Appuyez pour réessayer', { timeout: 30_000 });
    await expect(page.getByRole('alert')).toContainText('Je n’arrive pas à joindre le comptoir.');
    isCut = false;
    watch.requests.length = 0;
    await page.getByRole('button', { name: 'Parler' }).click();
    await expect(status).toHaveText('Appuyez et parlez', { timeout: 30_000 });
    expect((await processFile(page, greeting)).outcome).toBe('answered');
    expect(watch.requests.filter((address) => address.endsWith('.wasm')).length).toBeLessThanOrEqual(1);
  });
}

test('a load that hangs is given up, and begun again by itself', async ({ page }) => {
  await page.goto('/?faults=stt.load:hang@1&limits=0.1');
  const status = page.getByRole('status');
  await expect(status).toHaveText('Je me prépare…');
  await expect(status).toHaveText('Appuyez et parlez', { timeout: 30_000 });
});

test('the GPU is lost in a turn: the same utterance goes to WASM, and so do the next', async ({ openCounter }) => {
  test.slow();
  const { page, watch } = await openCounter({ webgpu: true });
  watch.allowError(/\[ERROR\]|device|GPU/i);
  const { loaded } = await openPage(page, '/?backend=webgpu&limits=5');
  expect(loaded.backend).toBe('webgpu');
  const backend = page.locator('.strip-backend');
  await expect(backend).toHaveText('WebGPU');
  await setFaults(page, 'stt.transcribe:gpu-lost@1');
  expect(await processFile(page, greeting)).toMatchObject(heardOnWasm);
  await expect(backend).toHaveText('WASM');
  expect(await processFile(page, greeting)).toMatchObject({ outcome: 'answered', backend: 'wasm' });
});

test('the GPU is lost between two turns, as after sleep: the next is heard on WASM', async ({ openCounter }) => {
  test.slow();
  const { page, watch } = await openCounter({ webgpu: true });
  watch.allowError(/\[ERROR\]|device|GPU/i);
  await openPage(page, '/?backend=webgpu&limits=5');
  expect(await processFile(page, greeting)).toMatchObject({ outcome: 'answered', backend: 'webgpu' });
  await loseGpu(page);
  expect(await processFile(page, greeting)).toMatchObject(heardOnWasm);
  await expect(page.locator('.strip-backend')).toHaveText('WASM');
});

test('a minute of speech is heard to its end', async ({ page }) => {
  test.slow();
  const { conversation } = await openPage(page, '/?backend=wasm&limits=3');
  const turn = await processBytes(page, await speakAtLength(59));
  expect(turn.error).toBeNull();
  expect(turn.transcript?.split(' ').length).toBeGreaterThan(60);
  await expect(conversation.locator('.turn')).toHaveCount(1);
  expect((await processFile(page, greeting)).outcome).toBe('answered');
});

test.describe('stopping', () => {
  /** Milliseconds from pressing « Arrêter », as soon as the status says that something is being worked on, until it says so no more. */
  async function stopAndMeasure(page: Page): Promise<number> {
    return page.evaluate(async () => {
      const working = ['Je cherche…', 'Je vous réponds…'];
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const isWorking = (): boolean => working.includes(document.querySelector('[role="status"]')?.textContent ?? '');
      const stop = document.querySelector<HTMLButtonElement>('[aria-label="Arrêter"]');
      if (!stop) throw new Error('the page has no stop');
      const givenUpAt = performance.now() + 30_000;
      while (!isWorking() && performance.now() < givenUpAt) await pause(0);
      const from = performance.now();
      stop.click();
      while (isWorking() && performance.now() - from < 3000) await pause(4);
      return performance.now() - from;
    });
  }
  const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Infinity;

  test('is heard within 0.2 s while the recogniser works, and its result never appears', async ({ page }) => {
    const { conversation } = await openPage(page, '/?backend=wasm');
    const long = await speakAtLength(59);
    const screenMs: number[] = [];
    for (let time = 0; time < 3; time++) {
      const cancelled = processBytes(page, long);
      screenMs.push(await stopAndMeasure(page));
      expect(await cancelled).toMatchObject({ outcome: 'cancelled', transcript: null, answer: null });
    }
    expect(median(screenMs)).toBeLessThan(200);
    await expect(conversation).toContainText('Annulé.');
    await expect(conversation.locator('.turn-answer')).toHaveCount(0);
    // The worker was freed by the flag, not replaced.
    expect(await processFile(page, greeting)).toMatchObject({ outcome: 'answered' });
    await expect(conversation.locator('.turn-answer')).toHaveCount(1);
  });

  test('frees a recogniser that does not answer by replacing it', async ({ page }) => {
    const { status } = await openPage(page, '/?backend=wasm');
    await setFaults(page, 'stt.transcribe:hang@1,stt.load:late');
    const cancelled = processFile(page, greeting);
    await expect(status).toHaveText('Je cherche…', { timeout: 15_000 });
    await stopAndMeasure(page);
    expect((await cancelled).outcome).toBe('cancelled');
    await expect(status).toHaveText('Je relance l’écoute…', { timeout: 10_000 });
    await setFaults(page, '');
    expect((await processFile(page, greeting)).outcome).toBe('answered');
  });

  test('two turns at once: the second cancels the first', async ({ page }) => {
    await openPage(page, '/?backend=wasm');
    const outcomes = await page.evaluate(async () => {
      const host = window.lagrace;
      if (!host) throw new Error('window.lagrace is not there');
      const turns = await Promise.all([host.processText('bonjour'), host.processText('merci')]);
      return turns.map(({ turn }) => `${turn.outcome} ${turn.transcript}`);
    });
    expect(outcomes[0]).toMatch(/^cancelled/);
    expect(outcomes[1]).toBe('answered merci');
  });

  test('what is typed during an answer is answered instead', async ({ page }) => {
    const { status, conversation } = await openPage(page, '/?backend=wasm');
    await type(page, 'aide');
    await expect(status).toHaveText('Je vous réponds…');
    await type(page, 'merci');
    await expect(conversation.locator('.turn')).toHaveCount(2);
    await expect(conversation.locator('.turn').first()).toContainText('Interrompu.');
    await expect(conversation.locator('.turn').last().locator('.turn-answer')).toBeVisible();
    await expect(status).toHaveText('Appuyez et parlez');
  });
});
