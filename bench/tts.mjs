import { importEspeak } from '../scripts/espeak-data.mjs';
import { answers, defaultPack, importEngines, timeEach } from './shipped.mjs';

/**
 * Milliseconds to say a sentence, and how many times faster than it is heard, with one thread.
 * @returns {Promise<import('./sections.mjs').SectionResult>}
 */
export async function measure() {
  const pack = await defaultPack('tts');
  const { openVoice } = await importEngines();
  const say = await openVoice(pack, await importEspeak(), 1);
  /** @type {number[]} */
  const speeds = [];
  const samples = await timeEach(answers, 10, async (sentence) => {
    const from = performance.now();
    const seconds = await say(sentence);
    speeds.push((seconds * 1000) / (performance.now() - from));
  });
  return {
    measures: [
      { name: 'sentence', unit: 'ms', samples },
      { name: 'faster than heard', unit: 'x', samples: speeds.slice(answers.length) },
    ],
    about: { voice: pack.id },
  };
}
