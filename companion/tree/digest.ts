import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const chunkBytes = 1 << 20;

export interface DigestOptions {
  signal: AbortSignal;
  /** Takes half of the time at most, so that requests and the voice come first. */
  isBackground: boolean;
}

/** The SHA-256, in hexadecimal, of the first `size` bytes; null when the file ends before. */
export async function digestFile(
  handle: FileHandle,
  size: number,
  { signal, isBackground }: DigestOptions,
): Promise<string | null> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(chunkBytes, size)));
  for (let at = 0; at < size; ) {
    signal.throwIfAborted();
    const startedAt = performance.now();
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, size - at), at);
    if (bytesRead === 0) return null;
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
    if (isBackground && at < size) await sleep(performance.now() - startedAt);
  }
  return hash.digest('hex');
}
