import { defineConfig } from '@playwright/test';
import { findInstalledBrowser, headlessFlags } from './scripts/browser.mjs';

// The processes that run the tests inherit what is found here. `scripts/test.mjs` has already looked, and may have fetched one.
const browser = await findInstalledBrowser();
if (browser) process.env['CHROMIUM_PATH'] = browser.executablePath;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'build/test-results',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
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
