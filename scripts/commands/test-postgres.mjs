import { readArguments } from '../arguments.mjs';
import { ensureInstalled } from '../install.mjs';
import { runStep } from './test.mjs';

const note = (/** @type {string} */ line) => console.error(line);

/**
 * The tests of what the companion keeps, on a PostgreSQL server that is started for them. Where none runs, that is a failure here.
 * @param {string[]} argv
 */
export async function main(argv) {
  readArguments(argv, {});
  await ensureInstalled(note);
  const { postgresTests } = await import('../steps.mjs');
  const { passed, failed } = await runStep(postgresTests, { long: false, deadline: Number.POSITIVE_INFINITY, note });
  console.log(`${passed} passed, ${failed} failed`);
  return passed > 0 && failed === 0 ? 0 : 1;
}
