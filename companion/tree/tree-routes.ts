import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { type TreeListing, treeUseSchema } from '../../src/schema/tree.ts';
import { HttpError } from '../http-error.ts';
import { parseRequest } from '../parse-request.ts';
import type { DiskTree } from './disk-tree.ts';
import type { TreeChange } from './tree-index.ts';

const heartbeatMs = 15_000;
const gatherMs = 50;
const maxStreams = 64;
/** A reader that leaves so much lying starts anew from what it has: nothing is lost by ending its stream. */
const maxWaitingBytes = 32 << 20;

const revisionSchema = v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'a revision is a whole number'), v.transform(Number));
const querySchema = v.object({ since: v.optional(revisionSchema) });
const usesSchema = v.union([v.pipe(v.array(treeUseSchema), v.maxLength(1000)), treeUseSchema]);

/** `GET /api/tree?since=`, `GET /api/tree/stream` and `POST /api/tree/use`: see `src/schema/tree.ts` for what goes over the wire. */
export function registerTreeRoutes(server: FastifyInstance, tree: DiskTree): void {
  server.get('/api/tree', (request, reply) => {
    reply.header('cache-control', 'no-store');
    return tree.listing(parseRequest(querySchema, request.query).since);
  });
  server.post('/api/tree/use', (request, reply) => {
    const uses = parseRequest(usesSchema, request.body);
    for (const use of Array.isArray(uses) ? uses : [uses]) tree.uses.note(use);
    return reply.code(204).send();
  });
  const streams = new Set<ServerResponse>();
  server.addHook('preClose', async () => {
    for (const stream of streams) stream.end();
  });
  server.get('/api/tree/stream', { exposeHeadRoute: false }, (request, reply) => {
    if (streams.size >= maxStreams) {
      throw new HttpError(503, 'too-many-streams', `${maxStreams} streams are open already: close one`);
    }
    const first = firstMessage(request, tree);
    const response = openStream(reply);
    streams.add(response);
    const stop = sendChanges(response, tree, first);
    response.once('close', () => {
      streams.delete(response);
      stop();
    });
  });
}

/** What a reader missed since `Last-Event-ID` or `?since=`; without either, nothing but where the tree stands. */
function firstMessage(request: FastifyRequest, tree: DiskTree): TreeListing {
  const { since } = parseRequest(querySchema, request.query);
  const header = request.headers['last-event-id'];
  const match = typeof header === 'string' ? /^(?:(.*):)?(\d{1,15})$/.exec(header) : null;
  if (match && match[1] !== undefined && match[1] !== tree.index.rootId) return tree.listing();
  if (match) return tree.listing(Number(match[2]));
  return tree.listing(since ?? tree.index.revision);
}

function openStream(reply: FastifyReply): ServerResponse {
  const headers = {
    ...reply.getHeaders(),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
  };
  reply.hijack();
  const response = reply.raw;
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  response.writeHead(200);
  response.write('retry: 2000\n\n');
  return response;
}

/** Sends `first`, then each change, those of one moment together. Returns what ends that. */
function sendChanges(response: ServerResponse, tree: DiskTree, first: TreeListing): () => void {
  const gathered = new Map<string, TreeChange>();
  let timer: NodeJS.Timeout | undefined;
  const send = (listing: TreeListing): void => {
    if (response.writableLength > maxWaitingBytes) response.destroy();
    else response.write(`id: ${listing.rootId}:${listing.revision}\nevent: tree\ndata: ${JSON.stringify(listing)}\n\n`);
  };
  const flush = (): void => {
    timer = undefined;
    const { rootId, revision } = tree.index;
    send(listingOf(rootId, revision, gathered.values()));
    gathered.clear();
  };
  send(first);
  const unsubscribe = tree.subscribe((change) => {
    gathered.set(pathOf(change), change);
    timer ??= setTimeout(flush, gatherMs);
  });
  const heart = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
  return () => {
    unsubscribe();
    clearInterval(heart);
    clearTimeout(timer);
  };
}

function pathOf(change: TreeChange): string {
  if ('entry' in change) return change.entry.path;
  return 'deleted' in change ? change.deleted.path : change.evicted.path;
}

function listingOf(rootId: string, revision: number, changes: Iterable<TreeChange>): TreeListing {
  const listing: TreeListing = { rootId, revision, entries: [], deleted: [], evicted: [] };
  for (const change of changes) {
    if ('entry' in change) listing.entries.push(change.entry);
    else if ('deleted' in change) listing.deleted.push(change.deleted);
    else listing.evicted.push(change.evicted);
  }
  return listing;
}
