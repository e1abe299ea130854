import { LaGraceError } from '../errors.ts';
import type { ModelFile, Pack } from '../schema.ts';
import { createSha256, readPieces } from './tree/bytes.ts';

/** A server that sends nothing for so long, in milliseconds, will not. */
const stallMs = 20_000;

/**
 * Asks for an address, and gives what it brings as it comes. `LaGraceError` network-failed or model-missing; the stream fails with
 * network-failed when it breaks off or stalls.
 */
export async function fetchStream(
  address: string,
  { fetch, signal }: { fetch: typeof globalThis.fetch; signal?: AbortSignal | undefined },
): Promise<ReadableStream<Uint8Array>> {
  const stall = new AbortController();
  const inTime = async <T>(work: Promise<T>): Promise<T> => {
    const timer = setTimeout(() => stall.abort(), stallMs);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
    }
  };
  const response = await inTime(request(address, fetch, stall.signal, signal));
  const pieces = readPieces(response.body ?? new Blob());
  return new ReadableStream({
    pull: async (stream) => {
      try {
        const { done, value } = await inTime(pieces.next());
        if (done) stream.close();
        else stream.enqueue(value);
      } catch (thrown) {
        signal?.throwIfAborted();
        throw new LaGraceError('network-failed', `${address} broke off; is the companion still running?`, {
          cause: thrown,
        });
      }
    },
    cancel: async () => {
      await pieces.return(undefined);
    },
  });
}

async function request(
  address: string,
  fetch: typeof globalThis.fetch,
  stall: AbortSignal,
  signal: AbortSignal | undefined,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, { signal: signal ? AbortSignal.any([signal, stall]) : stall });
  } catch (thrown) {
    signal?.throwIfAborted();
    throw new LaGraceError('network-failed', `${address} could not be fetched; is the companion running?`, {
      cause: thrown,
    });
  }
  if (response.ok) return response;
  throw new LaGraceError('model-missing', `${address} answered ${response.status}; is the pack complete?`);
}

/** A model's file in memory, checked against size and digest: for a browser that keeps no files. */
export async function download(
  address: string,
  pack: Pack,
  file: ModelFile,
  { fetch, signal, onBytes }: { fetch: typeof globalThis.fetch; signal?: AbortSignal; onBytes?: (n: number) => void },
): Promise<Blob> {
  const stream = await fetchStream(address, { fetch, signal });
  const parts: BlobPart[] = [];
  const hasher = await createSha256();
  let loadedBytes = 0;
  for await (const piece of readPieces(stream)) {
    signal?.throwIfAborted();
    hasher.update(piece);
    parts.push(piece.slice());
    loadedBytes += piece.byteLength;
    onBytes?.(loadedBytes);
  }
  const sha256 = hasher.digest('hex');
  if (loadedBytes === file.bytes && sha256 === file.sha256) return new Blob(parts);
  throw new LaGraceError(
    'model-corrupt',
    `${file.path} of ${pack.id} has ${loadedBytes} bytes and digest ${sha256} instead of ${file.bytes} and ${file.sha256}; fetch it again`,
  );
}
