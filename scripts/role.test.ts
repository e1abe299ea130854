import { expect, test } from 'vitest';
import { formatTillAddress, parseTillAddress } from '../companion/upstream/address.ts';
import { CommandError } from './entry.mjs';
import { chooseRole } from './role.mjs';

/** A machine on which these ports are held, by a till or by a companion. */
const machine = (held: Record<number, 'till' | 'lagrace'>) => ({
  isPortTaken: async (port: number) => port in held,
  isLaGrace: async (port: number) => held[port] === 'lagrace',
  parseTillAddress,
  formatTillAddress,
});

test('the shared port is served when nobody holds it', async () => {
  expect(await chooseRole({ upstream: undefined, port: null }, machine({}))).toEqual({
    port: 3030,
    upstream: null,
    says: null,
  });
});

test('a till on the shared port is worked for from the next one, and the person is told', async () => {
  for (const port of [null, 3030]) {
    const role = await chooseRole({ upstream: undefined, port }, machine({ 3030: 'till' }));
    expect(role).toEqual({ port: 3031, upstream: { host: 'localhost', port: 3030 }, says: expect.any(String) });
    expect(role.says).toContain('3031');
  }
});

test('a companion on the shared port is no till: that it is open is said later', async () => {
  const role = await chooseRole({ upstream: undefined, port: null }, machine({ 3030: 'lagrace' }));
  expect(role).toEqual({ port: 3030, upstream: null, says: null });
});

test('another port that was asked for is served, whoever holds the shared one', async () => {
  const role = await chooseRole({ upstream: undefined, port: 3056 }, machine({ 3030: 'till' }));
  expect(role).toEqual({ port: 3056, upstream: null, says: null });
});

test('a till that is named is worked for, on the port that was asked for or beside it', async () => {
  const till = { host: 'caisse', port: 3030 };
  expect(await chooseRole({ upstream: 'caisse', port: null }, machine({}))).toMatchObject({
    port: 3031,
    upstream: till,
  });
  expect(await chooseRole({ upstream: 'caisse:3030', port: 3056 }, machine({}))).toMatchObject({
    port: 3056,
    upstream: till,
  });
  await expect(chooseRole({ upstream: 'ma caisse', port: null }, machine({}))).rejects.toBeInstanceOf(CommandError);
});
