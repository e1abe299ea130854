import { METHODS } from 'node:http';
import { expect, test } from 'vitest';
import { protocolOf } from './first-byte.ts';

const told = (text: string): string | null => protocolOf(new TextEncoder().encode(text));

test('every method of HTTP is told from JSON by its first byte', () => {
  for (const method of METHODS) expect(told(`${method} / HTTP/1.1`)).toBe('http');
});

test.each(['{"type":"transcription"}', '[{"type":"sale"}]', ' {', '\t[', '\ufeff{', '\r\n{', '\n\n\n ['])(
  '%j is JSON',
  (text) => expect(told(text)).toBe('json'),
);

test.each(['bonjour', '"texte"', '1', '\x16\x03\x01', '\0', '}', '\r\nGET / HTTP/1.1'])(
  '%j is left to HTTP, which refuses what it does not know',
  (text) => expect(told(text)).toBe('http'),
);

test('line ends alone tell nothing, but not for ever', () => {
  expect(told('')).toBeNull();
  expect(told('\r\n'.repeat(32))).toBeNull();
  expect(told(`${'\r\n'.repeat(32)}\r`)).toBe('http');
});
