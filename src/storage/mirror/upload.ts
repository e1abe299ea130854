import { type HttpStack, Upload } from 'tus-js-client';
import { isAbort, LaGraceError } from '../../errors.ts';
import { CompanionRefusal } from '../companion-client.ts';
import type { MirrorMemory } from './memory.ts';

/** Bigger files are sent by a protocol that goes on where it was broken off. */
export const resumableBytes = 8 * 1024 * 1024;

export interface ResumableOptions {
  /** Where uploads are begun. */
  endpoint: string;
  memory: Pick<MirrorMemory, 'uploadUrl' | 'setUploadUrl'>;
  /** How requests are made where there is no XMLHttpRequest. */
  httpStack?: HttpStack;
}
export interface UploadedFile {
  path: string;
  sha256: string;
  replaces: string | null;
  signal: AbortSignal;
}

/** Sends big files in one piece or several: what was received before a page went away is not sent again. Rejects as `writeFile` does. */
export function createResumableUpload({ endpoint, memory, httpStack }: ResumableOptions) {
  return async (content: Blob, { path, sha256, replaces, signal }: UploadedFile): Promise<void> => {
    signal.throwIfAborted();
    const begunAt = await memory.uploadUrl(path, sha256);
    await new Promise<void>((resolve, reject) => {
      const upload = new Upload(content, {
        endpoint,
        uploadUrl: begunAt,
        metadata: { path, sha256, replaces: replaces ?? '' },
        retryDelays: null,
        storeFingerprintForResuming: false,
        ...(httpStack && { httpStack }),
        onUploadUrlAvailable: () => {
          if (upload.url) memory.setUploadUrl(path, { sha256, url: upload.url }).catch(reject);
        },
        onSuccess: () => resolve(),
        onError: reject,
      });
      signal.addEventListener(
        'abort',
        () => {
          upload.abort().catch(() => undefined);
          reject(signal.reason);
        },
        { once: true },
      );
      upload.start();
    }).catch(async (thrown: unknown) => {
      if (isAbort(thrown, signal)) throw thrown;
      const status = statusOf(thrown);
      // The companion's answer is its last word on this upload; the next one begins anew.
      if (status >= 400) await memory.setUploadUrl(path, null);
      throw explain(path, status, thrown);
    });
    await memory.setUploadUrl(path, null);
  };
}

function statusOf(thrown: unknown): number {
  const response =
    typeof thrown === 'object' && thrown !== null && 'originalResponse' in thrown ? thrown.originalResponse : null;
  const getStatus =
    typeof response === 'object' && response !== null && 'getStatus' in response ? response.getStatus : null;
  return typeof getStatus === 'function' ? Number(getStatus.call(response)) : 0;
}

function explain(path: string, status: number, cause: unknown): LaGraceError {
  const message = `sending ${path} was answered ${status}`;
  if (status === 412) return new LaGraceError('file-changed', message, { cause });
  if (status === 507) return new LaGraceError('disk-full', message, { cause });
  if (status >= 400 && status < 500) return new CompanionRefusal(status, message);
  return new LaGraceError('network-failed', `${path} could not be sent`, { cause });
}
