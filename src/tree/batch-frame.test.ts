import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutBatch, joinBatch, splitBatch } from './batch-frame.ts';

const contents = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 });
const joined = (head: unknown, parts: Uint8Array[]): Uint8Array =>
  new Uint8Array(
    Buffer.concat(
      joinBatch(
        head,
        parts.map((part) => new Uint8Array(part)),
      ),
    ),
  );

test('a batch gives back its head and its contents, line feeds and all', () => {
  fc.assert(
    fc.property(fc.json(), contents, (json, parts) => {
      const head: unknown = JSON.parse(json);
      const batch = splitBatch(joined(head, parts));
      expect(batch?.head).toEqual(head);
      expect(
        cutBatch(
          batch?.rest ?? new Uint8Array(),
          parts.map(({ length }) => length),
        ),
      ).toEqual(parts);
    }),
  );
});

test('a batch that was cut anywhere is never taken for a whole one', () => {
  fc.assert(
    fc.property(contents, fc.nat(), (parts, at) => {
      const sizes = parts.map(({ length }) => length);
      const whole = joined({ sizes }, parts);
      const batch = splitBatch(whole.slice(0, at % whole.length));
      expect(batch && cutBatch(batch.rest, sizes)).toBe(null);
    }),
  );
});

test('bytes without a head are no batch', () => {
  expect(splitBatch(new Uint8Array([1, 2, 3]))).toBe(null);
  expect(splitBatch(new TextEncoder().encode('{"torn\n'))).toBe(null);
});
