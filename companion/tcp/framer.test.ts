import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createJsonFramer, type Framed, type FramerLimits, type JsonFramer } from './framer.ts';

const runs = process.env['LAWS'] === 'long' ? 20_000 : 2_000;
// The full counts take minutes on a busy machine.
vi.setConfig({ testTimeout: 900_000 });
const limits: FramerLimits = { maxMessageBytes: 1_000_000, maxDepth: 64 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Everything that a framer says of these chunks, and of their end. */
function feed(chunks: readonly Uint8Array[], framer: JsonFramer = createJsonFramer(limits)): Framed {
  const all: unknown[] = [];
  for (const chunk of chunks) {
    const { values, error } = framer.push(chunk);
    all.push(...values);
    if (error) return { values: all, error };
  }
  return { values: all, error: framer.end() };
}

/** The same bytes in portions, cut where `cuts` (0 to 1 each) say. */
function split(stream: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = cuts.map((cut) => Math.floor(cut * (stream.length + 1))).sort((one, other) => one - other);
  return [...places, stream.length].map((end, index) => stream.subarray(index === 0 ? 0 : places[index - 1], end));
}
const bytewise = (stream: Uint8Array): Uint8Array[] => Array.from(stream, (byte) => Uint8Array.of(byte));

const cutsOf = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
const messageOf = fc.oneof(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), fc.array(fc.jsonValue()));
const gapOf = fc.constantFrom('', '\n', '\r\n', ' ', '\t \n\n');

describe('laws', () => {
  test('any split of any valid stream gives the same messages', () => {
    const streamOf = fc.array(fc.tuple(messageOf, gapOf, fc.constantFrom(0, 2)), { maxLength: 6 });
    fc.assert(
      fc.property(streamOf, fc.boolean(), cutsOf, (parts, withMark, cuts) => {
        const text = parts.map(([message, gap, indent]) => `${JSON.stringify(message, null, indent)}${gap}`).join('');
        const stream = bytes(`${withMark ? '\ufeff' : ''}${text}`);
        const expected = parts.map(([message]) => JSON.parse(JSON.stringify(message)));
        expect(feed(split(stream, cuts))).toEqual({ values: expected, error: null });
      }),
      { numRuns: runs },
    );
  });

  test('garbage never throws, and any split of it gives the same messages and the same error', () => {
    const shardOf = fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      messageOf.map((message) => bytes(JSON.stringify(message))),
      fc.constantFrom(...['{', '}', '[', ']', '"', '\\', '\\"', '{"a":', '\ufeff', 'é', '\n', '[[[[']).map(bytes),
    );
    fc.assert(
      fc.property(fc.array(shardOf, { maxLength: 12 }), cutsOf, (shards, cuts) => {
        const stream = Uint8Array.from(shards.flatMap((shard) => [...shard]));
        const whole = feed([stream]);
        expect(feed(split(stream, cuts))).toEqual(whole);
        expect(feed(bytewise(stream))).toEqual(whole);
      }),
      { numRuns: runs },
    );
  });

  test('holds no more than one message, whatever comes', () => {
    const framer = createJsonFramer({ maxMessageBytes: 100_000, maxDepth: 64 });
    const message = bytes(JSON.stringify({ type: 'transcription', text: 'é'.repeat(20_000) }));
    const feedOften = (times: number): number => {
      let count = 0;
      for (let time = 0; time < times; time += 1) {
        const cut = (time * 7919) % message.length;
        count += framer.push(message.subarray(0, cut)).values.length;
        count += framer.push(message.subarray(cut)).values.length;
      }
      return count;
    };
    feedOften(50);
    const before = process.memoryUsage().arrayBuffers;
    expect(feedOften(runs)).toBe(runs);
    const grownBytes = process.memoryUsage().arrayBuffers - before;
    // What the collector has not taken yet is some megabytes; all that went through is 80 MB and more.
    expect(grownBytes).toBeLessThan(40_000_000);
  });
});

describe('a stream', () => {
  test('may end without a newline, and be cut inside a character', () => {
    const stream = bytes('{"type":"transcription","text":"créer 5 € 🧾","timestamp":1763820187.25}');
    const expected = [{ type: 'transcription', text: 'créer 5 € 🧾', timestamp: 1763820187.25 }];
    for (let cut = 0; cut <= stream.length; cut += 1) {
      expect(feed([stream.subarray(0, cut), stream.subarray(cut)])).toEqual({ values: expected, error: null });
    }
  });

  test('may have brackets, quotes and backslashes in its strings', () => {
    const message = { text: '}{"][\\', '{"': '\\"}', end: '\\' };
    expect(feed([bytes(JSON.stringify(message))]).values).toEqual([message]);
  });

  test('gives what came before a bad message, and nothing after it', () => {
    const framer = createJsonFramer(limits);
    const { values, error } = framer.push(bytes('{"a":1}{"b":}{"c":3}'));
    expect(values).toEqual([{ a: 1 }]);
    expect(error?.code).toBe('bad-json');
    expect(framer.push(bytes('{"d":4}'))).toEqual({ values: [], error });
    expect(framer.isInside()).toBe(false);
  });

  test.each([
    ['no brackets', 'bonjour', 'bad-json'],
    ['a closing bracket alone', '}', 'bad-json'],
    ['brackets that do not match', '{"a":[}]', 'bad-json'],
    ['a comma between messages', '{"a":1},{"b":2}', 'bad-json'],
    ['a comma at the end', '{"a":1,}', 'bad-json'],
    ['single quotes', "{'a':1}", 'bad-json'],
    ['a control character in a string', '{"a":"\n"}', 'bad-json'],
    ['a byte order mark inside', '{"a":1}\ufeff{"b":2}', 'bad-json'],
    ['an end in the middle', '{"a":"', 'cut-message'],
    ['no end at all', '{"a":{}', 'cut-message'],
  ])('with %s is refused', (_what, text, code) => {
    expect(feed([bytes(text)]).error?.code).toBe(code);
  });

  test.each([
    ['a byte that is none', [0x7b, 0x22, 0xff, 0x22, 0x7d]],
    ['an overlong slash', [0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x7d]],
    ['half a surrogate pair', [0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d]],
    ['Latin-1', [0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d]],
  ])('that is not UTF-8 (%s) is refused, not mended', (_what, stream) => {
    expect(feed([Uint8Array.from(stream)]).error?.code).toBe('bad-encoding');
  });

  test('may have a message as long as the limit and no longer, however it comes', () => {
    const small = { maxMessageBytes: 100, maxDepth: 64 };
    const fitting = bytes(`{"a":"${'x'.repeat(92)}"}`);
    const tooLong = bytes(`{"a":"${'x'.repeat(93)}"}`);
    expect(fitting).toHaveLength(100);
    for (const chunks of [(stream: Uint8Array) => [stream], bytewise]) {
      expect(feed(chunks(fitting), createJsonFramer(small)).error).toBeNull();
      expect(feed(chunks(tooLong), createJsonFramer(small)).error?.code).toBe('message-too-large');
    }
    const endless = createJsonFramer(small);
    endless.push(bytes('{"a":"'));
    expect(endless.push(new Uint8Array(95).fill(0x78)).error?.code).toBe('message-too-large');
  });

  test('may be as deep as the limit and no deeper, and brackets in strings have no depth', () => {
    const nested = (depth: number): Uint8Array => bytes('['.repeat(depth) + ']'.repeat(depth));
    expect(feed([nested(64)]).error).toBeNull();
    expect(feed([nested(65)]).error?.code).toBe('message-too-deep');
    expect(feed([bytes('['.repeat(1_000_000))]).error?.code).toBe('message-too-deep');
    expect(feed([bytes(JSON.stringify({ text: '['.repeat(1000) }))]).error).toBeNull();
  });

  test('may be empty, or blank', () => {
    expect(feed([])).toEqual({ values: [], error: null });
    expect(feed([bytes(' \r\n\t')])).toEqual({ values: [], error: null });
  });
});
