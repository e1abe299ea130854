import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Loaded } from '../src/ai/engines.ts';
import type { ProcessedTurn } from '../src/app/host.ts';

/** What a person, or assistive technology, finds on the counter page. */
export interface CounterPage {
  page: Page;
  talk: Locator;
  conversation: Locator;
  writing: Locator;
  status: Locator;
}

/** Opens the counter page and waits until it can listen. */
export async function openPage(page: Page, address = '/'): Promise<CounterPage & { loaded: Loaded }> {
  await page.goto(address);
  await page.waitForFunction(() => window.lagrace !== undefined);
  const loaded = await page.evaluate(() => window.lagrace?.ready);
  if (!loaded) throw new Error('window.lagrace went away');
  const counter = locate(page);
  await expect(counter.status).toHaveText('Appuyez et parlez');
  return { ...counter, loaded };
}

export function locate(page: Page): CounterPage {
  return {
    page,
    talk: page.getByRole('button', { name: 'Parler' }),
    conversation: page.getByRole('log', { name: 'Conversation' }),
    writing: page.getByRole('textbox', { name: 'Écrire à La Grâce' }),
    status: page.getByRole('status'),
  };
}

/** A turn as it ended; `audioBytes` is the size of the answer's WAV file. */
export type EndedTurn = ProcessedTurn['turn'] & { audioBytes: number | null };

/** A whole turn on a sound file's bytes, as a host program asks for it. */
export async function processBytes(page: Page, bytes: Uint8Array): Promise<EndedTurn> {
  const base64 = Buffer.from(bytes).toString('base64');
  return page.evaluate(async (encoded) => {
    const recording = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)).buffer;
    const processed = await window.lagrace?.processAudio(recording);
    if (!processed) throw new Error('window.lagrace is not there');
    return { ...processed.turn, audioBytes: processed.audio?.byteLength ?? null };
  }, base64);
}

export async function processFile(page: Page, path: string): Promise<EndedTurn> {
  return processBytes(page, await readFile(path));
}
