import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { launchOptions, testFlags } from './e2e/browser-flags.ts';
import { findInstalledBrowser } from './scripts/browser.mjs';

// The processes that run the tests inherit what is found here. `scripts/test.mjs` has already looked, and may have fetched one.
const browser = await findInstalledBrowser();
if (browser) process.env['CHROMIUM_PATH'] = browser.executablePath;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'build/test-results',
  // One by one, so that no long file is last.
  fullyParallel: true,
  // Much of a test is waiting for speech to be said, but with two tests a core the sound of some breaks up.
  workers: Math.min(4, availableParallelism() + 1),
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  // A busy machine takes longer than Playwright's 5 s to load models; what never comes still fails.
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    locale: 'fr-FR',
    // Without a screen each frame is drawn by the processor: only tests of the page's speed let it move.
    contextOptions: { reducedMotion: 'reduce' },
    // A first visit copies every file for offline use, beside the test: only tests of that let it.
    serviceWorkers: 'block',
    // A trace takes pictures all the time: ask for one with `--trace on`.
    trace: 'off',
    launchOptions: launchOptions(testFlags),
  },
  projects: [{ name: 'chromium' }],
});
