/**
 * Protocol Buffers' wire format (https://protobuf.dev/programming-guides/encoding), as much of it as ONNX files use.
 * Here it is written; `read.ts` reads it.
 */
export type Bytes = Uint8Array<ArrayBuffer>;

/** All parts in one array, copied. */
export function concat(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A whole number; a negative one as its two's complement in 64 bits. */
export function varint(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value < 0 ? BigInt.asUintN(64, BigInt(value)) : BigInt(value);
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return Uint8Array.from([...bytes, Number(rest)]);
}

export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** A field that is an integer. */
export function number(field: number, value: number): Bytes {
  return concat([varint(field * 8 + wireTypes.varint), varint(value)]);
}

/** A field that is a 32-bit float. */
export function float(field: number, value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return concat([varint(field * 8 + wireTypes.fixed32), bytes]);
}

/** What precedes `length` bytes of a field. */
export function bytesHeader(field: number, length: number): Bytes {
  return concat([varint(field * 8 + wireTypes.bytes), varint(length)]);
}

/** A field that is bytes, with their length before them. */
export function bytes(field: number, value: Uint8Array): Bytes {
  return concat([bytesHeader(field, value.length), value]);
}

/** A field that is text in UTF-8. */
export function text(field: number, value: string): Bytes {
  return bytes(field, new TextEncoder().encode(value));
}

/** A field that is a message, made of its own fields. */
export function message(field: number, ...parts: Uint8Array[]): Bytes {
  return bytes(field, concat(parts));
}
