import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeRoot } from '../paths.mjs';
import { prepare } from '../prepare.mjs';
import { main as writeManifest } from './manifest.mjs';

/**
 * Trains the shipped intent model from the intents' sentences and examples, and lists it in the manifest. To be run after any change of
 * an intent: a test compares the shipped model with what its data give.
 * @returns {Promise<number>}
 */
export async function main() {
  await prepare(['node'], (line) => console.error(line));
  const { main: train } = await import(pathToFileURL(join(nodeRoot, 'train-intents.js')).href);
  return (await train()) || writeManifest([]);
}
