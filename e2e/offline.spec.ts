import { importCompanion } from '../scripts/counter.mjs';
import { appRoot } from '../scripts/paths.mjs';
import { expect, test } from './harness.ts';
import { openPage, processFile } from './page.ts';
import { spokenRequests } from './recordings.ts';

test('after the first visit the whole turn works with the server gone', async ({ openCounter }) => {
  test.slow();
  const { createCompanion } = await importCompanion();
  const companion = await createCompanion({ appFolder: appRoot, port: 0 });
  const { page, watch } = await openCounter({ context: { baseURL: companion.url, serviceWorkers: 'allow' } });
  try {
    await openPage(page, companion.url);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await processFile(page, spokenRequests()[0]?.path ?? '');
  } finally {
    await companion.close();
  }
  watch.allowError(/ERR_CONNECTION_REFUSED/);
  watch.foreignRequests.length = 0;

  await openPage(page, companion.url);
  for (const { path, intent } of spokenRequests().slice(0, 2)) {
    expect((await processFile(page, path)).understanding?.intent).toBe(intent);
  }
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  watch.foreignRequests.length = 0;
});
