import type { PackOf } from '../../src/schema.ts';
import { askRecogniser } from './recogniser-worker.ts';

/** Milliseconds of each call, by round. */
export interface WindowTimings {
  plainMs: number[];
  shortMs: number[];
}

/**
 * Lets the plain library and our recogniser hear the same sound in turns, each in its own worker; the first call of each is not
 * counted. Throws when they do not write the same.
 */
async function measureWindow(
  pack: PackOf<'stt'>,
  { seconds, rounds }: { seconds: number; rounds: number },
): Promise<WindowTimings> {
  const plain = new Worker(new URL('./plain.worker.ts', import.meta.url), { type: 'module' });
  const short = new Worker(new URL('./short.worker.ts', import.meta.url), { type: 'module' });
  const question = { pack, sound: noise(seconds * 16_000) };
  const timings: WindowTimings = { plainMs: [], shortMs: [] };
  for (let round = 0; round <= rounds; round++) {
    const whole = await askRecogniser(plain, question);
    const cut = await askRecogniser(short, question);
    if (whole.text === '' || whole.text !== cut.text) {
      throw new Error(`two texts of one sound: "${whole.text}" and "${cut.text}"`);
    }
    if (round === 0) continue;
    timings.plainMs.push(whole.ms);
    timings.shortMs.push(cut.ms);
  }
  return timings;
}

/** Sound that is the same each time; the random weights do not care what it is. */
function noise(samples: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: samples }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return (state / 2_147_483_647 - 0.5) * 0.2;
  });
}

declare global {
  interface Window {
    measureWindow: typeof measureWindow;
  }
}
window.measureWindow = measureWindow;
