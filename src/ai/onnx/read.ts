import { wireTypes } from './wire.ts';

/** Something read piece by piece, so that gigabytes of weights can stay where they are. */
export interface ByteSource {
  size: number;
  /** The bytes from `start` to before `end`, both within the source. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** Reads a Blob by pages, and keeps the last one: what is small is read in order. */
export function blobSource(blob: Blob, pageBytes = 16 * 1024): ByteSource {
  let page = new Uint8Array(0);
  let pageStart = 0;
  return {
    size: blob.size,
    read: async (start, end) => {
      if (start < pageStart || end > pageStart + page.length) {
        const pageEnd = Math.min(blob.size, Math.max(end, start + pageBytes));
        page = new Uint8Array(await blob.slice(start, pageEnd).arrayBuffer());
        pageStart = start;
      }
      return page.subarray(start - pageStart, end - pageStart);
    },
  };
}

/** Where something lies in a source. */
export interface Range {
  start: number;
  end: number;
}
/** A field of a Protocol Buffers message; `start` and `end` enclose its content. */
export interface Field extends Range {
  number: number;
  /** Where its tag begins. */
  header: number;
  /** The content of a varint; null for any other. */
  integer: number | null;
}

/** Longer than a tag, a length and a number of 64 bits together. */
const headerBytes = 24;

/** The fields of a message that fills `range`; throws where it is no such message or is cut short. */
export async function* readFields(source: ByteSource, range: Range): AsyncGenerator<Field, void> {
  let header = range.start;
  while (header < range.end) {
    const bytes = await source.read(header, Math.min(header + headerBytes, range.end));
    const field = parseField(bytes, header);
    if (field.end > range.end || field.end < field.start) {
      throw new Error(`the file is damaged or cut short: its field at byte ${header} is not all there`);
    }
    yield field;
    header = field.end;
  }
}

function parseField(bytes: Uint8Array, header: number): Field {
  const tag = parseVarint(bytes, 0);
  const content = header + tag.end;
  const field = { number: Math.floor(tag.value / 8), header, start: content, integer: null };
  const damaged = new Error(`the file is damaged or no ONNX model: byte ${header} begins no field`);
  if (field.number < 1) throw damaged;
  switch (tag.value % 8) {
    case wireTypes.varint: {
      const { value, end } = parseVarint(bytes, tag.end);
      return { ...field, end: header + end, integer: value };
    }
    case wireTypes.bytes: {
      const length = parseVarint(bytes, tag.end);
      const start = header + length.end;
      return { ...field, start, end: start + length.value };
    }
    case wireTypes.fixed64:
      return { ...field, end: content + 8 };
    case wireTypes.fixed32:
      return { ...field, end: content + 4 };
    default:
      throw damaged;
  }
}

/** A number of at most 64 bits, read as signed, and where it ends. */
function parseVarint(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0n;
  let shift = 0n;
  for (let index = start; shift < 70n; index++) {
    const byte = bytes[index];
    if (byte === undefined) throw new Error('the file is cut short in the middle of a number');
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return { value: Number(BigInt.asIntN(64, value)), end: index + 1 };
    shift += 7n;
  }
  throw new Error('the file is damaged or no ONNX model: a number in it has no end');
}

/** A field of text. */
export async function readText(source: ByteSource, { start, end }: Range): Promise<string> {
  return new TextDecoder().decode(await source.read(start, end));
}

/** The numbers of a field that is repeated: one each time, or all of them packed together. */
export async function readIntegers(source: ByteSource, field: Field): Promise<number[]> {
  if (field.integer !== null) return [field.integer];
  const bytes = await source.read(field.start, field.end);
  const integers: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { value, end } = parseVarint(bytes, at);
    integers.push(value);
    at = end;
  }
  return integers;
}
