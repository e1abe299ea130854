import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { createLogger } from '../log.ts';
import { openDatabase } from './database.ts';
import { readSettings, writeSettings } from './settings.ts';
import { createWindowVerdicts } from './window-verdicts.ts';

it('gives back a verdict on the same file, also after a restart', async () => {
  await createWindowVerdicts().write('a'.repeat(64), 'different');
  const verdicts = createWindowVerdicts();
  expect(await verdicts.read('a'.repeat(64))).toBe('different');
  expect(await verdicts.read('b'.repeat(64))).toBeNull();
});

it('takes the last one', async () => {
  const verdicts = createWindowVerdicts();
  await verdicts.write('c'.repeat(64), 'different');
  await verdicts.write('c'.repeat(64), 'same');
  expect(await verdicts.read('c'.repeat(64))).toBe('same');
});

it('knows nothing where what was kept makes no sense', async () => {
  const database = await openDatabase();
  for (const key of await database.getAllKeys('settings')) await database.put('settings', { odd: true }, key);
  database.close();
  expect(await createWindowVerdicts().read('c'.repeat(64))).toBeNull();
});

it('leaves what the owner chose alone', async () => {
  await writeSettings({ shortWindow: false });
  await createWindowVerdicts().write('a'.repeat(64), 'same');
  expect(await readSettings(createLogger(() => undefined))).toEqual({ shortWindow: false });
});
