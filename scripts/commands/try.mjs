import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeRoot } from '../paths.mjs';
import { prepare } from '../prepare.mjs';

/**
 * What is understood from typed words, and why; the work is in `src/tools/try.ts`.
 * @param {string[]} argv
 * @returns {Promise<number>}
 */
export async function main(argv) {
  await prepare(['node'], (line) => console.error(line));
  const tool = await import(pathToFileURL(join(nodeRoot, 'try.js')).href);
  return tool.main(argv);
}
