import { expect, it } from 'vitest';
import { blobSource, type Field, readFields, readIntegers, readText } from './read.ts';
import { bytes, bytesHeader, concat, float, message, number, text, varint } from './wire.ts';

async function fieldsOf(message: Uint8Array<ArrayBuffer>, pageBytes?: number): Promise<Field[]> {
  const fields: Field[] = [];
  const source = blobSource(new Blob([message]), pageBytes);
  for await (const field of readFields(source, { start: 0, end: message.length })) fields.push(field);
  return fields;
}

it.each([0, 1, 127, 128, 300, 2 ** 32, 2 ** 52, -1, -2, -(2 ** 40)])(
  'reads the number %d as it was written',
  async (value) => {
    expect((await fieldsOf(number(3, value))).map(({ integer }) => integer)).toEqual([value]);
  },
);

it.each([1, 30, 10_000])('finds every field in pages of %i bytes', async (pageBytes) => {
  const written = concat([
    number(1, 7),
    text(2, 'é'.repeat(50)),
    float(3, 0.5),
    bytes(400, new Uint8Array(200)),
    message(5, number(1, 1)),
  ]);
  const fields = await fieldsOf(written, pageBytes);
  expect(fields.map((field) => field.number)).toEqual([1, 2, 3, 400, 5]);
  expect(fields.map(({ start, end }) => end - start)).toEqual([1, 100, 4, 200, 2]);
  expect(fields.at(-1)?.end).toBe(written.length);
  const source = blobSource(new Blob([written]), pageBytes);
  expect(await readText(source, fields[1] ?? { start: 0, end: 0 })).toBe('é'.repeat(50));
});

it('reads repeated numbers, packed or one by one', async () => {
  const packed = bytes(1, concat([varint(1), varint(1500), varint(-1)]));
  const source = blobSource(new Blob([packed]));
  const [field] = await fieldsOf(packed);
  expect(field && (await readIntegers(source, field))).toEqual([1, 1500, -1]);
});

it('does not take a length that reaches past the end', async () => {
  await expect(fieldsOf(concat([bytesHeader(1, 5), new Uint8Array(4)]))).rejects.toThrow('cut short');
  await expect(fieldsOf(concat([bytesHeader(1, -5), new Uint8Array(4)]))).rejects.toThrow('cut short');
});

it('does not read a number without an end', async () => {
  await expect(fieldsOf(new Uint8Array(30).fill(0xff))).rejects.toThrow('has no end');
});
