import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { modelsRoot, nodeRoot } from '../scripts/paths.mjs';

/** Sentences as the assistant says them. */
export const answers = [
  'Bonjour! Comment puis-je vous aider?',
  'Une facture de deux cent cinquante dollars: est-ce exact?',
  'Imprimer un document? Quel type de document?',
  "Je n'ai pas bien compris. Pouvez-vous répéter?",
  'Il est dix-sept heures quarante.',
];

/** Loads the engines that were built for Node. */
export function importEngines() {
  return /** @type {Promise<typeof import('./engines.ts')>} */ (
    import(pathToFileURL(join(nodeRoot, 'bench-engines.js')).href)
  );
}

/**
 * The pack of a task that the app takes when nothing is chosen.
 * @template {import('../src/schema.ts').Task} T
 * @param {T} task
 * @returns {Promise<import('../src/schema.ts').PackOf<T>>}
 */
export async function defaultPack(task) {
  /** @type {import('../src/schema.ts').Manifest} */
  const manifest = JSON.parse(await readFile(join(modelsRoot, 'manifest.json'), 'utf8'));
  const pack = manifest.packs.find((each) => each.task === task);
  if (!pack) throw new Error(`the manifest has no pack for ${task}`);
  return /** @type {import('../src/schema.ts').PackOf<T>} */ (pack);
}

/**
 * Milliseconds that each call takes, over all inputs, several times; the first round warms up and is not counted.
 * @template T
 * @param {readonly T[]} inputs
 * @param {number} rounds
 * @param {(input: T) => unknown} work
 */
export async function timeEach(inputs, rounds, work) {
  const samples = [];
  for (let round = 0; round <= rounds; round += 1) {
    for (const input of inputs) {
      const from = performance.now();
      await work(input);
      if (round > 0) samples.push(performance.now() - from);
    }
  }
  return samples;
}
