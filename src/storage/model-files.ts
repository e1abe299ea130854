import type { FileLoader } from '../ai/engines.ts';
import { LaGraceError } from '../errors.ts';
import type { ModelFile, Pack } from '../schema.ts';

/** The part of the browser's Cache that is used here. */
export interface FileCache {
  match(address: string): Promise<Response | undefined>;
  put(address: string, response: Response): Promise<void>;
}

export interface ModelFilesOptions {
  /** Absolute address under which the packs' roots lie; ends with a slash. */
  modelsUrl: string;
  fetch: typeof fetch;
  /** Keeps what was fetched, so that it is there with no network; null keeps nothing. */
  cache: FileCache | null;
}

/**
 * A FileLoader over HTTP. Size and SHA-256 are checked before a file is kept or handed out, so that neither an error page
 * nor half a file is ever taken for a model. A digest is part of the address it is kept under: a new version is a new file.
 */
export function createModelFiles({ modelsUrl, fetch, cache }: ModelFilesOptions): FileLoader {
  return async (pack, file, { signal, onBytes } = {}) => {
    const address = new URL(`${pack.root}/${file.path}`, modelsUrl).href;
    const keptAs = `${address}?sha256=${file.sha256}`;
    const kept = await cache?.match(keptAs);
    if (kept) {
      const blob = await kept.blob();
      if (blob.size === file.bytes) {
        onBytes?.(file.bytes);
        return blob;
      }
    }
    const blob = await download(address, { fetch, signal, onBytes });
    await check(blob, pack, file);
    await cache?.put(keptAs, new Response(blob)).catch(() => undefined);
    return blob;
  };
}

async function download(
  address: string,
  options: {
    fetch: typeof fetch;
    signal: AbortSignal | undefined;
    onBytes: ((loadedBytes: number) => void) | undefined;
  },
): Promise<Blob> {
  const { fetch, signal, onBytes } = options;
  const response = await request(address, fetch, signal);
  const parts: BlobPart[] = [];
  let loadedBytes = 0;
  try {
    for await (const part of readParts(response)) {
      signal?.throwIfAborted();
      parts.push(part);
      loadedBytes += part.byteLength;
      onBytes?.(loadedBytes);
    }
  } catch (thrown) {
    signal?.throwIfAborted();
    throw new LaGraceError('network-failed', `${address} broke off after ${loadedBytes} bytes`, { cause: thrown });
  }
  return new Blob(parts);
}

async function request(address: string, fetch: typeof globalThis.fetch, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, signal ? { signal } : {});
  } catch (thrown) {
    signal?.throwIfAborted();
    throw new LaGraceError('network-failed', `${address} could not be fetched; is the companion running?`, {
      cause: thrown,
    });
  }
  if (response.ok) return response;
  throw new LaGraceError('model-missing', `${address} answered ${response.status}; is the pack complete?`);
}

async function* readParts(response: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}

async function check(blob: Blob, pack: Pack, file: ModelFile): Promise<void> {
  const name = `${file.path} of ${pack.id}`;
  if (blob.size !== file.bytes) {
    throw new LaGraceError('model-corrupt', `${name} has ${blob.size} bytes instead of ${file.bytes}; fetch it again`);
  }
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (sha256 !== file.sha256) {
    throw new LaGraceError('model-corrupt', `${name} has digest ${sha256} instead of ${file.sha256}; fetch it again`);
  }
}
