const lineFeed = 10;

/** A head as one line of JSON, with what follows it: the pieces of a batch as it goes over the wire. */
export function joinBatch(head: unknown, contents: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer>[] {
  return [new TextEncoder().encode(`${JSON.stringify(head)}\n`), ...contents];
}

/** The head of a batch, not checked yet, and the bytes behind it; null when it has none. */
export function splitBatch<Bytes extends ArrayBufferLike>(
  bytes: Uint8Array<Bytes>,
): { head: unknown; rest: Uint8Array<Bytes> } | null {
  const end = bytes.indexOf(lineFeed);
  if (end < 0) return null;
  try {
    const head: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end)));
    return { head, rest: bytes.subarray(end + 1) };
  } catch {
    return null;
  }
}

/** Cuts bytes into pieces of these sizes, without copying; null when they do not come to exactly that. */
export function cutBatch<Bytes extends ArrayBufferLike>(
  bytes: Uint8Array<Bytes>,
  sizes: readonly number[],
): Uint8Array<Bytes>[] | null {
  if (sizes.reduce((sum, size) => sum + size, 0) !== bytes.length) return null;
  let at = 0;
  return sizes.map((size) => {
    at += size;
    return bytes.subarray(at - size, at);
  });
}
