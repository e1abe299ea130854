import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isMergedLog } from '../../src/tree/mirrored.ts';
import { type Conditions, digestFromHeaders, digestHeader, etagOf, judgeConditions, parseRange } from './conditions.ts';
import type { Announced, DiskTree } from './disk-tree.ts';
import type { FileRecord } from './journal.ts';
import { pathFromAddress } from './safe-path.ts';
import { systemCode, TreeError } from './tree-error.ts';

const prefix = '/api/files/';
const readBytes = 256 << 10;
const maxLogBytes = 32 << 20;
const downloadsProfile = 'downloads';
const noteDownloadEveryMs = 60 * 60_000;

/** `GET|HEAD|PUT|DELETE /api/files/<path>`: files as they are, never looked into. Whatever they hold, no browser takes them for a page. */
export function registerFileRoutes(server: FastifyInstance, tree: DiskTree): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // A body stays the stream that it is, whatever it says it is.
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    const url = `${prefix}*`;
    scope.route({
      method: 'GET',
      url,
      exposeHeadRoute: false,
      handler: (request, reply) => sendFile(request, reply, tree),
    });
    scope.route({ method: 'HEAD', url, handler: (request, reply) => describeFile(request, reply, tree) });
    scope.route({ method: 'PUT', url, handler: (request, reply) => putFile(request, reply, tree) });
    scope.route({
      method: 'DELETE',
      url,
      handler: async (request, reply) => {
        await tree.remove(pathOf(request), conditionsOf(request));
        return reply.code(204).send();
      },
    });
  });
}

const pathOf = (request: FastifyRequest): string => pathFromAddress(request.raw.url ?? '', prefix);

function conditionsOf({ headers }: FastifyRequest): Conditions {
  return { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] };
}

function putHeaders(reply: FastifyReply, { sha256, mtime, revision }: FileRecord): void {
  reply.headers({
    etag: etagOf(sha256),
    'repr-digest': digestHeader(sha256),
    'last-modified': new Date(mtime).toUTCString(),
    'cache-control': 'no-cache',
    'accept-ranges': 'bytes',
    'tree-revision': String(revision),
  });
}

async function describeFile(request: FastifyRequest, reply: FastifyReply, tree: DiskTree): Promise<FastifyReply> {
  const path = pathOf(request);
  const record = await tree.current(path);
  if (!record || record.missing) throw new TreeError(record ? 'file-missing' : 'not-found', `there is no ${path}`);
  putHeaders(reply, record);
  const verdict = judgeConditions(conditionsOf(request), record.sha256);
  if (verdict === 'failed') throw new TreeError('precondition-failed', `${path} has another digest`);
  if (verdict === 'not-modified') return reply.code(304).send();
  return reply.type('application/octet-stream').header('content-length', record.size).send();
}

async function sendFile(request: FastifyRequest, reply: FastifyReply, tree: DiskTree): Promise<FastifyReply> {
  const path = pathOf(request);
  const { handle, record } = await tree.open(path);
  let isHandedOver = false;
  try {
    const verdict = judgeConditions(conditionsOf(request), record.sha256);
    if (verdict === 'failed') throw new TreeError('precondition-failed', `${path} has another digest`);
    putHeaders(reply, record);
    if (verdict === 'not-modified') return reply.code(304).send();
    const range = rangeOf(request, record);
    if (range === 'outside') {
      reply.header('content-range', `bytes */${record.size}`);
      throw new TreeError('range-not-satisfiable', `${path} has ${record.size} bytes only`);
    }
    if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${record.size}`);
    const { start, end } = range ?? { start: 0, end: record.size - 1 };
    reply.type('application/octet-stream').header('content-length', end - start + 1);
    noteDownload(tree, path);
    if (end < start) return reply.send(Buffer.alloc(0));
    isHandedOver = true;
    return reply.send(readPart(handle, start, end));
  } finally {
    if (!isHandedOver) await handle.close();
  }
}

/** `If-Range` with another digest, or with a date, asks for the whole. */
function rangeOf({ headers }: FastifyRequest, { sha256, size }: FileRecord): ReturnType<typeof parseRange> {
  const ifRange = headers['if-range'];
  return ifRange !== undefined && ifRange !== etagOf(sha256) ? null : parseRange(headers.range, size);
}

function readPart(handle: FileHandle, start: number, end: number): Readable {
  return handle.createReadStream({ start, end, highWaterMark: readBytes, autoClose: true });
}

/** A browser that fetches a model is about to use it. */
export function noteDownload(tree: DiskTree, path: string): void {
  if (!path.startsWith('cache/ai/')) return;
  const now = Date.now();
  if ((tree.index.uses.get(path)?.lastUsed ?? 0) > now - noteDownloadEveryMs) return;
  tree.uses.note({ path, profileId: downloadsProfile, lastUsed: now });
}

async function putFile(request: FastifyRequest, reply: FastifyReply, tree: DiskTree): Promise<FastifyReply> {
  const path = pathOf(request);
  const announced = announcedBy(request);
  const conditions = conditionsOf(request);
  const bytes = bytesOf(request);
  const written = await (isMergedLog(path)
    ? gather(path, bytes).then((whole) => tree.appendTo(path, whole, conditions))
    : tree.write(path, bytes, announced, conditions)
  ).catch((error: unknown) => {
    throw explainSending(error);
  });
  putHeaders(reply, written.record);
  return reply.code(written.isNew ? 201 : 204).send();
}

function announcedBy({ headers }: FastifyRequest): Announced {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new TreeError('encoded-body', `a body encoded as ${encoding} is not taken; send the file as it is`);
  }
  if (headers['content-range'] !== undefined)
    throw new TreeError('bad-request', 'send the whole file, or use /api/uploads');
  const length = headers['content-length'];
  const modified = headers['x-mtime'];
  return {
    sha256: digestFromHeaders(headers) ?? undefined,
    size: length === undefined ? undefined : Number(length),
    mtime: typeof modified === 'string' && /^\d{1,14}(\.\d{1,6})?$/.test(modified) ? Number(modified) : undefined,
  };
}

/** The body, which a refusal in its middle leaves unread rather than cut: the sender must be able to read the refusal. */
function bytesOf({ raw }: FastifyRequest): AsyncIterable<Buffer> {
  return raw.iterator({ destroyOnReturn: false });
}

function explainSending(error: unknown): unknown {
  if (systemCode(error) !== 'ECONNRESET') return error;
  return new TreeError('bad-request', 'the sender went away in the middle of the file', { cause: error });
}

async function gather(path: string, source: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > maxLogBytes) throw new TreeError('too-large', `${path} would have more than ${maxLogBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
