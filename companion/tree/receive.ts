import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** So much is gathered before it is written: each write costs a way to another thread and back. */
const gatherBytes = 1 << 20;

/** A file's bytes, as they come or all there. */
export type Source = AsyncIterable<Buffer> | Iterable<Buffer>;

/**
 * Writes what `source` gives to a file, no more than `maxBytes` and a bit, and gives its size and SHA-256 in hexadecimal. While one
 * part is on its way to the disk the next one is gathered.
 */
export async function receive(
  handle: FileHandle,
  source: Source,
  maxBytes: number,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  let gathered: Buffer[] = [];
  let gatheredBytes = 0;
  let writing: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    await writing;
    const parts = gathered;
    gathered = [];
    gatheredBytes = 0;
    writing = writeParts(handle, parts);
    // Heard below, or at the next write; until then it is nobody's.
    writing.catch(() => undefined);
  };
  for await (const chunk of source) {
    size += chunk.length;
    if (size > maxBytes) break;
    hash.update(chunk);
    gathered.push(chunk);
    gatheredBytes += chunk.length;
    if (gatheredBytes >= gatherBytes) await write();
  }
  await write();
  await writing;
  return { size, sha256: hash.digest('hex') };
}

async function writeParts(handle: FileHandle, parts: Buffer[]): Promise<void> {
  if (parts.length === 0) return;
  const { bytesWritten } = await handle.writev(parts);
  const size = parts.reduce((sum, { length }) => sum + length, 0);
  if (bytesWritten < size) await writeAll(handle, Buffer.concat(parts).subarray(bytesWritten));
}

/** Adds bytes behind the first `size` of a file that is open for appending: all of them, or none when the disk is full. */
export async function appendWhole(handle: FileHandle, size: number, added: Buffer): Promise<void> {
  try {
    await writeAll(handle, added);
  } catch (error) {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(added.length + 1), 0, added.length + 1, size);
    // Whatever else is there was written by another program.
    const isOurs = buffer.subarray(0, bytesRead).equals(added.subarray(0, bytesRead));
    if (isOurs) await handle.truncate(size);
    throw error;
  }
}

/** Writes all of it: a disk may take less at a time. */
async function writeAll(handle: FileHandle, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.length; ) {
    const { bytesWritten } = await handle.write(chunk, at);
    at += bytesWritten;
  }
}
