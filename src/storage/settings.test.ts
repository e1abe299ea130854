import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { createLogger } from '../log.ts';
import { openDatabase } from './database.ts';
import { readSettings, writeSettings } from './settings.ts';

it('gives back what was chosen', async () => {
  await writeSettings({ backend: 'wasm', franc: 'XOF' });
  expect(await readSettings(createLogger(() => undefined))).toEqual({ backend: 'wasm', franc: 'XOF' });
});

it('sets aside settings that make no sense, with a line in the log', async () => {
  const database = await openDatabase();
  await database.put('settings', { backend: 'steam' }, 'settings');
  database.close();
  const sink = vi.fn();
  expect(await readSettings(createLogger(sink))).toEqual({});
  expect(sink).toHaveBeenCalledOnce();
});
