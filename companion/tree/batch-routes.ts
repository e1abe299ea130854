import type { FastifyInstance } from 'fastify';
import type { Logger } from '../../src/log.ts';
import {
  type BatchContents,
  type BatchWrite,
  type BatchWritten,
  batchHeadBytes,
  batchLimits,
  batchReadSchema,
  batchWriteSchema,
} from '../../src/schema/tree-batch.ts';
import { cutBatch, joinBatch, splitBatch } from '../../src/tree/batch-frame.ts';
import { isMergedLog } from '../../src/tree/mirrored.ts';
import { HttpError } from '../http-error.ts';
import { parseRequest } from '../parse-request.ts';
import { etagOf } from './conditions.ts';
import type { DiskTree } from './disk-tree.ts';
import { noteDownload } from './file-routes.ts';
import { inParallel } from './in-parallel.ts';
import { TreeError } from './tree-error.ts';

/** Writers wait for the disk: those of one moment share its syncs. */
const writtenAtOnce = 32;
const readAtOnce = 8;
const binary = 'application/octet-stream';

type Problem = Extract<BatchWritten['files'][number], { status: number }>;

/**
 * `POST /api/batch/write` and `POST /api/batch/read`: many small files in one request, each taken or refused by itself, as `PUT` and
 * `GET` would. A batch is one line of JSON, its head, and the contents one after another.
 */
export function registerBatchRoutes(server: FastifyInstance, tree: DiskTree, log: Logger): void {
  const toProblem = createProblems(log);
  server.register(async (scope) => {
    const bodyLimit = batchLimits.bytes + batchHeadBytes;
    scope.addContentTypeParser(binary, { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
    scope.post('/api/batch/write', async (request): Promise<BatchWritten> => {
      const files = readFiles(request.body);
      return { files: await inParallel(files, writtenAtOnce, (file) => write(tree, file).catch(toProblem)) };
    });
  });
  server.post('/api/batch/read', async (request, reply) => {
    const { paths } = parseRequest(batchReadSchema, request.body);
    const room = { bytes: batchLimits.bytes as number };
    const files = await inParallel(paths, readAtOnce, (path) => read(tree, path, room).catch(toProblem));
    const head: BatchContents = {
      files: files.map((file) => ('content' in file ? { size: file.content.length, sha256: file.sha256 } : file)),
    };
    const contents = files.flatMap((file) => ('content' in file ? [file.content] : []));
    reply.header('cache-control', 'no-store').type(binary);
    return reply.send(Buffer.concat(joinBatch(head, contents)));
  });
}

type SentFile = BatchWrite['files'][number] & { content: Buffer };

function readFiles(body: unknown): SentFile[] {
  const batch = body instanceof Buffer ? splitBatch(body) : null;
  if (!batch) throw new HttpError(400, 'bad-request', `a batch begins with a line of JSON, and is ${binary}`);
  const { files } = parseRequest(batchWriteSchema, batch.head);
  const contents = cutBatch(
    batch.rest,
    files.map(({ size }) => size),
  );
  if (!contents) throw new TreeError('size-mismatch', 'the contents are not as long as the head says; send it again');
  return files.map((file, index) => ({ ...file, content: Buffer.from(contents[index] ?? []) }));
}

async function write(tree: DiskTree, file: SentFile): Promise<{ revision: number }> {
  const { path, content, size, sha256, mtime, replaces } = file;
  if (isMergedLog(path)) throw new TreeError('bad-request', `${path} is appended to: send it by PUT`);
  const conditions = replaces === null ? { ifNoneMatch: '*' } : { ifMatch: etagOf(replaces) };
  const { record } = await tree.write(path, [content], { size, sha256, mtime }, conditions);
  return { revision: record.revision };
}

/** `room` is how many bytes the answer may still take. */
async function read(
  tree: DiskTree,
  path: string,
  room: { bytes: number },
): Promise<{ content: Buffer<ArrayBuffer>; sha256: string }> {
  const { handle, record } = await tree.open(path);
  try {
    const { size, sha256 } = record;
    if (size > batchLimits.fileBytes || size > room.bytes) {
      throw new TreeError('too-large', `${path} does not fit into this batch: get it by itself`);
    }
    room.bytes -= size;
    const content = Buffer.alloc(size);
    const { bytesRead } = await handle.read(content, 0, size, 0);
    if (bytesRead < size) throw new TreeError('file-busy', `${path} is being written by another program; try again`);
    noteDownload(tree, path);
    return { content, sha256 };
  } finally {
    await handle.close();
  }
}

function createProblems(log: Logger) {
  return (error: unknown): Problem => {
    if (error instanceof HttpError) return { status: error.statusCode, code: error.code, message: error.message };
    log.error('a file of a batch failed', error);
    return { status: 500, code: 'internal', message: 'this file failed; the log has the details' };
  };
}
