import { findBrowser, noBrowser } from '../scripts/browser.mjs';
import { openCounter } from '../scripts/counter.mjs';
import { CommandError } from '../scripts/entry.mjs';

const rounds = 5;

/**
 * Milliseconds from asking for the page to its models being ready: in a new profile (browser started before), and when
 * the same profile opens the page again.
 * @param {import('./sections.mjs').SectionContext} context
 * @returns {Promise<import('./sections.mjs').SectionResult>}
 */
export async function measure({ note }) {
  const browser = await findBrowser(note);
  if (!browser) throw new CommandError(noBrowser);
  const cold = [];
  const warm = [];
  for (let round = 0; round < rounds; round += 1) {
    const counter = await openCounter({ browser, backend: 'wasm', note });
    try {
      cold.push(counter.readyMs);
      warm.push(await counter.reopen());
    } finally {
      await counter.close();
    }
  }
  return {
    measures: [
      { name: 'first visit', unit: 'ms', samples: cold },
      { name: 'next visit', unit: 'ms', samples: warm },
    ],
  };
}
