import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBrowser, noBrowser } from '../scripts/browser.mjs';
import { openCounter } from '../scripts/counter.mjs';
import { CommandError } from '../scripts/entry.mjs';
import { projectRoot } from '../scripts/paths.mjs';

const rounds = 5;
const stages = /** @type {const} */ (['decode', 'vad', 'stt', 'nlu', 'tts', 'firstAudio', 'total']);

/**
 * Milliseconds of each stage over every recording of `e2e/audio`, on WASM; the first turn warms up and is not counted.
 * @param {import('./sections.mjs').SectionContext} context
 * @returns {Promise<import('./sections.mjs').SectionResult>}
 */
export async function measure({ note }) {
  const browser = await findBrowser(note);
  if (!browser) throw new CommandError(noBrowser);
  const folder = join(projectRoot, 'e2e', 'audio');
  /** @type {{file: string}[]} */
  const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'));
  const recordings = await Promise.all(index.map(({ file }) => readFile(join(folder, file))));
  const counter = await openCounter({ browser, backend: 'wasm', note });
  try {
    const [first] = recordings;
    if (first) await counter.processAudio(first);
    /** @type {import('../src/schema.ts').Turn[]} */
    const turns = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const recording of recordings) turns.push((await counter.processAudio(recording)).turn);
    }
    const measures = stages.map((name) => ({
      name,
      unit: 'ms',
      samples: turns.flatMap(({ timings }) => timings[name] ?? []),
    }));
    return {
      measures,
      about: {
        browser: counter.page.context().browser()?.version(),
        models: turns[0]?.models,
        recordings: index.length,
      },
    };
  } finally {
    await counter.close();
  }
}
