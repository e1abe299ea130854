import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { faultKinds } from '../src/ai/faults.ts';
import type { Turn } from '../src/schema.ts';
import { launchOptions, steadyTestFlags } from './browser-flags.ts';
import { installFakeMicrophone } from './fake-microphone.ts';
import { drawnFaults, expect, setFaults, test } from './faulty.ts';
import { type Memory, measureMemory } from './memory.ts';
import { openPage, processFile } from './page.ts';
import { recordingPath } from './recordings.ts';

test.use({ launchOptions: launchOptions(steadyTestFlags) });

const greeting = recordingPath('greeting.wav');

interface Tally {
  /** How many turns ended so. */
  outcomes: Partial<Record<Turn['outcome'], number>>;
  /** Turns that did not end, or ended without timings. */
  lost: string[];
  /** How often the page had to be told to try again. */
  retries: number;
}

/**
 * Runs `count` turns as a day at the counter mixes them: recordings and typed requests from a host program, and every tenth turn
 * one of a person, spoken or typed on the page. A screen that asks to try again is told to.
 */
async function runTurns(page: Page, count: number, from = 0): Promise<Tally> {
  const base64 = (await readFile(greeting)).toString('base64');
  return page.evaluate(
    async ({ encoded, first, last }) => {
      const host = window.lagrace;
      if (!host) throw new Error('window.lagrace is not there');
      const wav = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)).buffer;
      const tally: Tally = { outcomes: {}, lost: [], retries: 0 };
      const button = (label: string) => document.querySelector<HTMLButtonElement>(`[aria-label="${label}"]`);
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const status = (): string => document.querySelector('[role="status"]')?.textContent ?? '';
      const note = (outcome: Turn['outcome']): void => {
        tally.outcomes[outcome] = (tally.outcomes[outcome] ?? 0) + 1;
      };
      /** A person's turn: begins, and is over when the page says so. */
      const byHand = async (name: string, begin: () => void): Promise<void> => {
        begin();
        const givenUpAt = performance.now() + 90_000;
        await pause(30);
        while (document.querySelector('.turn[aria-busy="true"]')) {
          if (performance.now() > givenUpAt) {
            tally.lost.push(`${name} did not end: ${status()}`);
            button('Arrêter')?.click();
            return;
          }
          await pause(20);
        }
        const said = [...document.querySelectorAll('.turn')].at(-1);
        if (said?.querySelector('.turn-answer')) note('answered');
        else note(said?.textContent?.includes('pas pu répondre') ? 'failed' : 'nothing-heard');
      };
      const speak = async (): Promise<void> => {
        const decoded = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(wav.slice(0));
        await byHand('a spoken turn', () => {
          window.fakeMicrophone.waiting = decoded;
          button('Parler')?.click();
        });
        window.fakeMicrophone.waiting = null;
      };
      const byHost = async (processed: ReturnType<typeof host.processText>, name: string): Promise<void> => {
        const late = pause(90_000).then(() => null);
        const ended = await Promise.race([processed, late]).catch((thrown: unknown) => String(thrown));
        if (ended === null) tally.lost.push(`${name} did not end: ${status()}`);
        else if (typeof ended === 'string') tally.lost.push(`${name} rejected: ${ended}`);
        else if (!(ended.turn.timings.total > 0)) tally.lost.push(`${name} has no timings`);
        else note(ended.turn.outcome);
      };
      for (let turn = first; turn < last; turn++) {
        if (status() === 'Appuyez pour réessayer') {
          tally.retries += 1;
          button('Parler')?.click();
          await pause(500);
        }
        if (turn % 20 === 0) await speak();
        else if (turn % 20 === 10) await byHost(host.processText('quelle heure est-il'), `turn ${turn}`);
        else if (turn % 2 === 0) await byHost(host.processAudio(wav.slice(0)), `turn ${turn}`);
        else await byHost(host.processText('fais une facture de vingt dollars'), `turn ${turn}`);
      }
      return tally;
    },
    { encoded: base64, first: from, last: from + count },
  );
}

/** True when the page still hears, understands and speaks once nothing goes wrong any more. */
async function expectNotDeaf(page: Page): Promise<void> {
  await setFaults(page, '');
  await page.waitForFunction(() => {
    const status = document.querySelector('[role="status"]');
    if (status?.textContent === 'Appuyez pour réessayer') {
      document.querySelector<HTMLButtonElement>('[aria-label="Parler"]')?.click();
    }
    return status?.textContent === 'Appuyez et parlez';
  });
  const turn = await processFile(page, greeting);
  expect(turn).toMatchObject({ outcome: 'answered', understanding: { intent: 'greeting' }, error: null });
  expect(turn.audioBytes).toBeGreaterThan(10_000);
}

/**
 * Waits until the voice has its fixed sentences ready. A counter has that a few seconds after its start; one turn after the other, as here,
 * leaves the voice no time for it, and the memory for them would come later.
 */
async function untilRendered(page: Page): Promise<void> {
  let sizes: number[] = [];
  const isSettled = async (): Promise<boolean> => {
    const { buffers = 0 } = (await measureMemory(page)).threads['page'] ?? {};
    sizes = [...sizes, buffers].slice(-3);
    return sizes.length === 3 && new Set(sizes).size === 1;
  };
  await expect.poll(isSettled, { intervals: [4000], timeout: 120_000 }).toBe(true);
}

/** The least of a few measures: a log that is just being sent to the companion weighs something for a moment, what is kept weighs always. */
async function measureAtRest(page: Page): Promise<Memory> {
  const measures: Memory[] = [];
  const takeAnother = async (): Promise<number> => measures.push(await measureMemory(page));
  await expect.poll(takeAnother, { intervals: [1500] }).toBe(4);
  const [least] = measures.toSorted((one, other) => one.bytes - other.bytes);
  if (!least) throw new Error('nothing was measured');
  return least;
}

test('100 turns with random faults: every one ends, and the page hears at the end', async ({ page }) => {
  test.setTimeout(300_000);
  await installFakeMicrophone(page);
  await openPage(page, '/?backend=wasm&limits=0.25');
  await setFaults(page, '*:any%10', 20);
  const tally = await runTurns(page, 100);
  const drawn = await drawnFaults(page);
  expect(tally.lost).toEqual([]);
  expect(Object.values(tally.outcomes).reduce((sum, count) => sum + count, 0)).toBe(100);
  for (const kind of faultKinds) expect(Object.keys(drawn).join(), kind).toContain(kind);
  await expectNotDeaf(page);
  test.info().annotations.push({ type: 'soak', description: JSON.stringify({ ...tally, drawn }) });
});

test('1,000 turns with 5 % of every fault: never deaf, and no memory lost @long', async ({ page }) => {
  test.setTimeout(60 * 60_000);
  await installFakeMicrophone(page);
  await openPage(page, '/?backend=wasm&limits=0.5');
  await untilRendered(page);
  const used: number[] = [];
  for (let hundred = 0; hundred < 10; hundred++) {
    await setFaults(page, '*:any%5', 100 + hundred);
    const tally = await runTurns(page, 100, hundred * 100);
    expect(tally.lost, `hundred ${hundred + 1}`).toEqual([]);
    await expectNotDeaf(page);
    // Workers that have just been replaced hold less than those that have worked: all of them work before they are measured.
    await runTurns(page, 10, 1);
    const memory = await measureAtRest(page);
    used.push(memory.bytes);
    console.log(`hundred ${hundred + 1}: ${JSON.stringify({ ...tally, memory })}`);
  }
  const [first = 0] = used;
  expect(Math.abs((used.at(-1) ?? 0) - first) / first, used.join(', ')).toBeLessThan(0.02);
});
