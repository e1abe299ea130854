import type { Page } from '@playwright/test';
import { faultsAppRoot } from '../scripts/paths.mjs';
import type { FaultControls } from '../src/app/faults.ts';
import { test as base, expect } from './harness.ts';

export { expect };

declare global {
  interface Window {
    lagraceFaults?: FaultControls;
  }
}

/** The tests' harness over the build whose parts can be made to fail; what it logs about that is no error. */
export const test = base.extend({
  appFolder: faultsAppRoot,
  watch: async ({ watch }, use) => {
    watch.allowError(/\[ERROR\]/);
    await use(watch);
  },
});

/** From now on, faults by these rules; none for an empty text. */
export async function setFaults(page: Page, rules: string, seed = 1): Promise<void> {
  await page.evaluate(([wanted, number]) => window.lagraceFaults?.set(wanted, number), [rules, seed] as const);
}

/** What went wrong since, as `place kind`, with how often. */
export async function drawnFaults(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => window.lagraceFaults?.drawn() ?? {});
}

/** The machine wakes from sleep without its GPU, say. */
export async function loseGpu(page: Page): Promise<void> {
  await page.evaluate(() => window.lagraceFaults?.loseGpu());
}
