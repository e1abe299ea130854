import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf } from './lines.ts';

async function* chunked<Chunk>(chunks: readonly Chunk[]): AsyncGenerator<Chunk> {
  yield* chunks;
}
const read = async (...chunks: readonly (string | Uint8Array)[]): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of linesOf(chunked(chunks))) lines.push(line);
  return lines;
};

describe('lines of standard input', () => {
  it('end with LF or CRLF, the last one perhaps with neither; empty ones count', async () => {
    expect(await read('un\r\n\r\ndeux\ntrois')).toEqual(['un', '', 'deux', 'trois']);
    expect(await read('un\r', '\ndeux\n')).toEqual(['un', 'deux']);
    expect(await read()).toEqual([]);
  });

  it('do not end at other separators', async () => {
    expect(await read('a\u2028b\u0085c\n')).toEqual(['a\u2028b\u0085c']);
  });

  it('begin after a byte order mark', async () => {
    expect(await read(new TextEncoder().encode('\ufeffun\ndeux'))).toEqual(['un', 'deux']);
  });

  it('are the same wherever the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' })),
        fc.array(fc.nat(40), { maxLength: 6 }),
        async (texts, cuts) => {
          const bytes = new TextEncoder().encode(texts.join('\n'));
          const ends = [...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort((a, b) => a - b);
          const parts = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
          expect(await read(...parts)).toEqual(await read(bytes));
        },
      ),
      { numRuns: 300, seed: 20_261_122 },
    );
  });

  it('may be a million characters long', async () => {
    const [line] = await read('a'.repeat(500_000), `${'b'.repeat(500_000)}\n`);
    expect(line).toHaveLength(1_000_000);
  });
});
