import { expect, test } from 'vitest';
import { wakeDevices } from './player.ts';

test('a page starts where devices cannot be listed, or where there are none', async () => {
  await expect(wakeDevices({ enumerateDevices: () => Promise.reject(new Error('no sound')) })).resolves.toBeUndefined();
  await expect(wakeDevices(undefined)).resolves.toBeUndefined();
});
