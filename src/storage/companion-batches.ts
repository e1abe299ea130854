import * as v from 'valibot';
import { LaGraceError } from '../errors.ts';
import { type BatchWrite, batchContentsSchema, batchWrittenSchema } from '../schema/tree-batch.ts';
import { cutBatch, joinBatch, splitBatch } from '../tree/batch-frame.ts';
import { CompanionRefusal, type Problem, refusalOf } from './companion-refusal.ts';

export interface FileToSend {
  path: string;
  content: Uint8Array<ArrayBuffer>;
  sha256: string;
  /** When it was last changed, epoch milliseconds. */
  mtime: number;
  /** The digest that must still be there, null for nothing. */
  replaces: string | null;
}
export interface SmallFile {
  content: Uint8Array<ArrayBuffer>;
  sha256: string;
}

/**
 * Many small files in one request (`batchLimits`): an outcome for each, in their order, which is what the call for one of them would
 * have resolved to or rejected with. Reject when the companion cannot be reached, or does not take the batch as a whole.
 */
export interface FileBatches {
  /** Gives the tree's revision with each file in it. */
  writeFiles(files: readonly FileToSend[], options: { signal: AbortSignal }): Promise<(number | LaGraceError)[]>;
  readFiles(paths: readonly string[], options: { signal: AbortSignal }): Promise<(SmallFile | LaGraceError)[]>;
}

type Ask = (path: string, init: RequestInit & { signal: AbortSignal }) => Promise<Response>;

export function createBatchCalls(ask: Ask): FileBatches {
  return {
    async writeFiles(files, { signal }) {
      const head: BatchWrite = {
        files: files.map(({ path, content, sha256, mtime, replaces }) => {
          return { path, size: content.length, sha256, mtime, replaces };
        }),
      };
      const body = new Blob(
        joinBatch(
          head,
          files.map(({ content }) => content),
        ),
      );
      const headers = { 'content-type': 'application/octet-stream' };
      const response = await ask('/api/batch/write', { method: 'POST', headers, body, signal });
      const answer = v.safeParse(batchWrittenSchema, await response.json().catch(() => null));
      if (!answer.success || answer.output.files.length !== files.length) throw senseless('/api/batch/write');
      return answer.output.files.map((one, index) =>
        'revision' in one ? one.revision : failureOf(`writing ${files[index]?.path}`, one),
      );
    },
    async readFiles(paths, { signal }) {
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify({ paths }), signal };
      const batch = splitBatch(new Uint8Array(await (await ask('/api/batch/read', init)).arrayBuffer()));
      const head = v.safeParse(batchContentsSchema, batch?.head);
      if (!batch || !head.success || head.output.files.length !== paths.length) throw senseless('/api/batch/read');
      const { files } = head.output;
      const contents = cutBatch(
        batch.rest,
        files.map((file) => ('size' in file ? file.size : 0)),
      );
      if (!contents) throw senseless('/api/batch/read');
      return files.map((file, index) =>
        'size' in file
          ? { content: contents[index] ?? new Uint8Array(), sha256: file.sha256 }
          : failureOf(`reading ${paths[index]}`, file),
      );
    },
  };
}

/** What is wrong with one file alone must not keep the others from coming. */
function failureOf(what: string, problem: Problem): LaGraceError {
  const isOwn = problem.status === 500;
  return isOwn ? new CompanionRefusal(500, `${what}: ${problem.message ?? ''}`) : refusalOf(what, problem);
}

function senseless(path: string): LaGraceError {
  return new LaGraceError('network-failed', `what ${path} answered makes no sense`);
}
