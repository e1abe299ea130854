import { type HttpStack, Upload } from 'tus-js-client';
import { isAbort, LaGraceError } from '../../errors.ts';
import { CompanionRefusal, readRevision, type WriteFileOptions } from '../companion-client.ts';
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
/** Does what `CompanionClient.writeFile` does. */
export type UploadResumably = (path: string, content: Blob, options: WriteFileOptions) => Promise<number | null>;

/** Sends big files so that what was received before a page went away is not sent again. */
export function createResumableUpload({ endpoint, memory, httpStack }: ResumableOptions): UploadResumably {
  return async (path, content, { sha256, mtime, replaces, signal }) => {
    signal.throwIfAborted();
    const begunAt = await memory.uploadUrl(path, sha256);
    const revision = await new Promise<number | null>((resolve, reject) => {
      const upload = new Upload(content, {
        endpoint,
        uploadUrl: begunAt,
        metadata: {
          path,
          sha256,
          mtime: String(mtime),
          ...(replaces === null ? { ifNoneMatch: '*' } : { ifMatch: `"${replaces}"` }),
        },
        retryDelays: null,
        storeFingerprintForResuming: false,
        ...(httpStack && { httpStack }),
        onUploadUrlAvailable: () => {
          if (upload.url) memory.setUploadUrl(path, { sha256, url: upload.url }).catch(reject);
        },
        onSuccess: ({ lastResponse }) => resolve(readRevision(lastResponse.getHeader('tree-revision') ?? null)),
        onError: (error) => (isThereAlready(error) ? resolve(null) : reject(error)),
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
    return revision;
  };
}

/** The companion has this very content: another counter was quicker, or its last answer got lost. */
function isThereAlready(error: Error): boolean {
  return statusOf(error) === 412 && error.message.includes('already-there');
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
