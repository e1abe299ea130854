/** What a byte did to the value it belongs to. */
export type ScanResult = 'more' | 'end' | 'too-deep';

const quote = 0x22;
const backslash = 0x5c;

/** `{` or `[`: all that a message may start with. */
export function opens(byte: number): boolean {
  return byte === 0x7b || byte === 0x5b;
}
function closes(byte: number): boolean {
  return byte === 0x7d || byte === 0x5d;
}

export interface JsonScanner {
  /** Takes the next byte of one object or list; `end` is its last byte. Bytes of UTF-8 beyond ASCII may come in any portions. */
  step(byte: number): ScanResult;
}

/** Follows strings and brackets, no more: whether what lies between them is JSON is the parser's to say. */
export function createJsonScanner(maxDepth: number): JsonScanner {
  let depth = 0;
  let inString = false;
  let isEscaped = false;
  const stepInString = (byte: number): void => {
    if (isEscaped) isEscaped = false;
    else if (byte === backslash) isEscaped = true;
    else if (byte === quote) inString = false;
  };
  return {
    step(byte) {
      if (inString) stepInString(byte);
      else if (byte === quote) inString = true;
      else if (opens(byte)) {
        depth += 1;
        if (depth > maxDepth) return 'too-deep';
      } else if (closes(byte)) {
        depth -= 1;
        if (depth <= 0) return 'end';
      }
      return 'more';
    },
  };
}

/** True when lists and objects lie deeper than `maxDepth` in this JSON, so that no parser need be given it. */
export function isDeeperThan(json: Uint8Array, maxDepth: number): boolean {
  const scanner = createJsonScanner(maxDepth);
  for (const byte of json) if (scanner.step(byte) === 'too-deep') return true;
  return false;
}
