import { createJsonScanner, type JsonScanner, opens } from '../json-scan.ts';

export interface FramerLimits {
  maxMessageBytes: number;
  /** Objects and lists inside one another. */
  maxDepth: number;
}

export type MessageErrorCode =
  | 'bad-json'
  | 'bad-message'
  | 'bad-encoding'
  | 'cut-message'
  | 'message-too-large'
  | 'message-too-deep';

/** What is wrong with a message. Nothing can be read after it: where the next one begins is not known. */
export class MessageError extends Error {
  override readonly name = 'MessageError';
  readonly code: MessageErrorCode;
  constructor(code: MessageErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The values that a chunk completed, in order, and what is wrong after them. */
export interface Framed {
  values: unknown[];
  error: MessageError | null;
}

export interface JsonFramer {
  /** Never throws. After an error every further chunk gives that error and no values. */
  push(chunk: Uint8Array): Framed;
  /** What is wrong when nothing more comes: a message that has begun is cut. */
  end(): MessageError | null;
  /** Whether a message has begun and not ended. */
  isInside(): boolean;
}

const byteOrderMark = [0xef, 0xbb, 0xbf];
const whitespace = new Set([0x09, 0x0a, 0x0d, 0x20]);
const smallestBufferBytes = 4096;
const largestKeptBufferBytes = 64 * 1024;

/**
 * Cuts a stream of bytes into JSON objects and lists that follow one another, with or without whitespace between them,
 * however the stream is split. Holds at most one message.
 */
export function createJsonFramer({ maxMessageBytes, maxDepth }: FramerLimits): JsonFramer {
  const held = createHeldBytes(maxMessageBytes);
  let scanner: JsonScanner | null = null;
  let markBytes: number | null = 0;
  let failure: MessageError | null = null;

  /** Whether this byte, outside of any message, may be passed over. */
  const isBetween = (byte: number): boolean => {
    if (markBytes !== null && byte === byteOrderMark[markBytes]) {
      markBytes = markBytes === byteOrderMark.length - 1 ? null : markBytes + 1;
      return true;
    }
    if (markBytes !== null && markBytes > 0) throw new MessageError('bad-json', 'the byte order mark is cut');
    markBytes = null;
    return whitespace.has(byte);
  };

  /** The scanner that goes on with this byte; null when it lies between messages. */
  const scannerFor = (byte: number): JsonScanner | null => {
    if (scanner !== null) return scanner;
    if (isBetween(byte)) return null;
    if (!opens(byte)) throw new MessageError('bad-json', 'a message starts with { or [');
    return createJsonScanner(maxDepth);
  };

  const read = (chunk: Uint8Array, values: unknown[]): void => {
    let start = 0;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      if (scanner === null) start = index;
      scanner = scannerFor(byte);
      if (scanner === null) continue;
      if (held.bytes + index - start >= maxMessageBytes) {
        throw new MessageError('message-too-large', `a message is longer than ${maxMessageBytes} bytes`);
      }
      const result = scanner.step(byte);
      if (result === 'too-deep') {
        throw new MessageError('message-too-deep', `a message has more than ${maxDepth} levels`);
      }
      if (result === 'end') {
        values.push(parseMessage(held.take(chunk.subarray(start, index + 1))));
        scanner = null;
      }
    }
    if (scanner !== null) held.keep(chunk.subarray(start));
  };

  return {
    push(chunk) {
      const values: unknown[] = [];
      if (failure !== null) return { values, error: failure };
      try {
        read(chunk, values);
      } catch (error) {
        if (!(error instanceof MessageError)) throw error;
        failure = error;
        held.drop();
      }
      return { values, error: failure };
    },
    end: () => failure ?? (scanner === null ? null : new MessageError('cut-message', 'the message has no end')),
    isInside: () => scanner !== null && failure === null,
  };
}

/** One JSON text out of its bytes. Throws MessageError. */
export function parseMessage(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new MessageError('bad-encoding', 'a message is not UTF-8');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new MessageError('bad-json', 'a message is not JSON');
  }
}

/** The beginning of a message that goes on in the next chunk. A chunk of one byte costs one byte, not an object. */
function createHeldBytes(maxBytes: number) {
  let buffer = new Uint8Array(0);
  let bytes = 0;
  const keep = (part: Uint8Array): void => {
    const needed = bytes + part.length;
    if (needed > buffer.length) {
      const grown = new Uint8Array(Math.min(maxBytes, Math.max(smallestBufferBytes, needed, 2 * buffer.length)));
      grown.set(buffer.subarray(0, bytes));
      buffer = grown;
    }
    buffer.set(part, bytes);
    bytes = needed;
  };
  const drop = (): void => {
    bytes = 0;
    if (buffer.length > largestKeptBufferBytes) buffer = new Uint8Array(0);
  };
  return {
    get bytes() {
      return bytes;
    },
    keep,
    drop,
    /** All that is held and its last part; holds nothing afterwards. */
    take(last: Uint8Array): Uint8Array {
      if (bytes === 0) return last;
      keep(last);
      const whole = buffer.subarray(0, bytes);
      const taken = whole.slice();
      drop();
      return taken;
    },
  };
}
