import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { findInstalledBrowser, headlessFlags } from './scripts/browser.mjs';

// The processes that run the tests inherit what is found here. `scripts/test.mjs` has already looked, and may have fetched one.
const browser = await findInstalledBrowser();
if (browser) process.env['CHROMIUM_PATH'] = browser.executablePath;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'build/test-results',
  // Most of a test is waiting for speech to be said: two tests share a core.
  fullyParallel: true,
  workers: Math.min(4, 2 * availableParallelism()),
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  // A busy machine takes longer than Playwright's 5 s to load models; what never comes still fails.
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    locale: 'fr-FR',
    trace: 'retain-on-failure',
    launchOptions: { args: headlessFlags, ...(browser && { executablePath: browser.executablePath }) },
  },
  projects: [{ name: 'chromium' }],
});
