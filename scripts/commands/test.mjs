import { readArguments } from '../arguments.mjs';
import { ensureInstalled } from '../install.mjs';

/** Everything together: the browser tests get what the others left. Two cores need nine to eleven minutes; an unattended machine may be slower. */
const limitMinutes = { short: process.env['CI'] ? 45 : 20, long: 120 };
const note = (/** @type {string} */ line) => console.error(line);

/**
 * Every check of the project, one after another; a failed one does not stop the others. The last line is
 * `N passed, N failed`.
 * @param {string[]} argv
 */
export async function main(argv) {
  const { values } = readArguments(argv, {
    fast: { type: 'boolean', help: 'ce qui ne demande ni construction ni navigateur' },
    long: { type: 'boolean', help: 'tous les cas, et les épreuves longues' },
  });
  await ensureInstalled(note);
  const { fastSteps, slowSteps } = await import('../steps.mjs');
  const steps = values['fast'] ? fastSteps : [...fastSteps, ...slowSteps];
  const long = values['long'] === true;
  const deadline = performance.now() + (long ? limitMinutes.long : limitMinutes.short) * 60_000;
  const total = { passed: 0, failed: 0 };
  for (const step of steps) {
    const { passed, failed } = await runStep(step, { long, deadline, note });
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

/**
 * Runs a step and says how it went; whatever it throws is one failure.
 * @param {import('../steps.mjs').Step} step
 * @param {import('../steps.mjs').StepContext} context
 */
export async function runStep({ name, run }, context) {
  const startedAt = performance.now();
  const result = await run(context).catch((error) => ({ passed: 0, failed: 1, says: String(error?.stack ?? error) }));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const skipped = 'skipped' in result && result.skipped ? `, ${result.skipped} skipped` : '';
  console.log(
    `${result.failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${result.passed} passed, ${result.failed} failed${skipped} (${seconds} s)`,
  );
  if ('says' in result && result.says) console.log(result.says.trimEnd());
  return result;
}
