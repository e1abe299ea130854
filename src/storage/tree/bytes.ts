import { createSHA256, type IHasher } from 'hash-wasm';

/** A stream's pieces, one after the other; the stream is cancelled when nobody reads on. */
export async function* readPieces(source: Blob | ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = (source instanceof Blob ? source.stream() : source).getReader();
  let isDone = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      isDone = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!isDone) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}

/** A digest that takes its bytes piece by piece, which WebCrypto's cannot. */
export async function createSha256(): Promise<IHasher> {
  return (await createSHA256()).init();
}

/** What a file's content is, in hexadecimal digits. */
export async function sha256Of(content: Blob): Promise<string> {
  const hasher = await createSha256();
  for await (const piece of readPieces(content)) hasher.update(piece);
  return hasher.digest('hex');
}
