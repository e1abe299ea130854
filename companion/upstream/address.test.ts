import { expect, test } from 'vitest';
import { formatTillAddress, parseTillAddress } from './address.ts';

test.each([
  ['caisse', 'caisse:3030'],
  ['localhost:3030', 'localhost:3030'],
  ['192.168.1.20:8080', '192.168.1.20:8080'],
  ['http://Caisse.local:3030/', 'caisse.local:3030'],
  ['[::1]:3030', '[::1]:3030'],
  [' localhost ', 'localhost:3030'],
])('%j is the till at %s, and is read again as it is written', (text, expected) => {
  const address = parseTillAddress(text);
  expect(address && formatTillAddress(address)).toBe(expected);
  expect(parseTillAddress(expected)).toEqual(address);
});

test.each([
  '',
  ':3030',
  'caisse:0',
  'caisse:65536',
  'caisse:abc',
  'https://caisse',
  'a b',
  'caisse/chemin',
  'u@caisse',
  '::1',
])('%j is no till', (text) => expect(parseTillAddress(text)).toBeNull());
