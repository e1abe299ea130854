import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import type { StoredEvent } from '../../src/schema/events.ts';
import { HttpError } from '../http-error.ts';
import { parseRequest } from '../parse-request.ts';
import { type EventStore, UnknownEventError } from './event-store.ts';
import { askedNameSchema } from './incoming.ts';

const heartbeatMs = 15_000;
/** A reader that takes nothing for so long has gone, whatever its socket says. */
const stalledMs = 60_000;
/** How long readers may take to hear that the companion closes. */
const farewellMs = 1000;
const maxStreams = 64;
const pageSize = 200;

const querySchema = v.object({ type: v.optional(askedNameSchema), after: v.optional(askedNameSchema) });

/**
 * `GET /api/ai/events/stream`: events as they come, as server-sent events whose `id` is the sequence. Begins after
 * `Last-Event-ID` (or `?after=`), else now. What a reader has not taken yet waits in the database, not in memory.
 */
export function registerEventStream(server: FastifyInstance, store: EventStore): void {
  const streams = new Map<AbortController, Promise<void>>();
  server.addHook('preClose', async () => {
    for (const stream of streams.keys()) stream.abort();
    await Promise.race([Promise.all(streams.values()), sleep(farewellMs, undefined, { ref: false })]);
  });
  // A HEAD would take a stream's place and never hear a word.
  server.get('/api/ai/events/stream', { exposeHeadRoute: false }, async (request, reply) => {
    if (streams.size >= maxStreams) {
      throw new HttpError(503, 'too-many-streams', `${maxStreams} streams are open already: close one`);
    }
    const { type } = parseRequest(querySchema, request.query);
    const from = await startOf(request, store);
    const stream = new AbortController();
    const headers = reply.getHeaders();
    reply.hijack();
    const response = reply.raw;
    response.once('close', () => stream.abort());
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
    const done = sendStream(response, store, { type, from, signal: stream.signal });
    streams.set(stream, done);
    await done.finally(() => streams.delete(stream));
  });
}

/** Sends the whole of a stream, to its end or the reader's. */
async function sendStream(response: ServerResponse, store: EventStore, reading: Reading): Promise<void> {
  try {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    response.write('retry: 2000\n\n');
    await pump(response, store, reading);
  } finally {
    // A reader that is cut comes back by itself, from where it was.
    response.end();
    await finished(response).catch(() => undefined);
  }
}

/** The sequence after which a reader begins. */
async function startOf(request: FastifyRequest, store: EventStore): Promise<number> {
  const [newest] = await store.list({ limit: 1 });
  const current = newest?.sequence ?? 0;
  const header = request.headers['last-event-id'];
  // A browser that comes back asks for the same address: what it has had since says more.
  const after = typeof header === 'string' && header !== '' ? header : parseRequest(querySchema, request.query).after;
  if (after === undefined) return current;
  // A reader that is ahead of us knew another database: it is given what comes from now on.
  if (/^\d{1,15}$/.test(after)) return Math.min(Number(after), current);
  const known = await store.list({ after, limit: 1 }).catch((error: unknown) => {
    if (error instanceof UnknownEventError) return [];
    throw error;
  });
  return known[0] ? known[0].sequence - 1 : current;
}

interface Reading {
  type: string | undefined;
  from: number;
  signal: AbortSignal;
}

/** Sends what there is, then waits for more, until the reader or the companion ends it. */
async function pump(response: ServerResponse, store: EventStore, { type, from, signal }: Reading): Promise<void> {
  let after = from;
  const bell = createBell(signal);
  const unsubscribe = store.subscribe(bell.ring);
  try {
    while (!signal.aborted) {
      const events = await store.list({ type, after, limit: pageSize });
      for (const event of events) await send(response, formatEvent(event), signal);
      after = events.at(-1)?.sequence ?? after;
      if (events.length === pageSize) continue;
      if (!(await bell.rung(heartbeatMs))) await send(response, ': still here\n\n', signal);
    }
  } finally {
    unsubscribe();
  }
}

function formatEvent(event: StoredEvent): string {
  return `id: ${event.sequence}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** Writes, and waits for a slow reader; one that has stalled is let go. */
async function send(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted || response.write(text)) return;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(stalledMs)]);
  await once(response, 'drain', { signal: patience }).catch(() => {
    if (!signal.aborted) response.destroy();
  });
}

/** Remembers that it was rung until somebody has heard it. */
function createBell(signal: AbortSignal): { ring: () => void; rung: (timeoutMs: number) => Promise<boolean> } {
  let hasRung = false;
  let wake: (() => void) | null = null;
  const ring = (): void => {
    hasRung = true;
    wake?.();
  };
  signal.addEventListener('abort', ring, { once: true });
  return {
    ring,
    rung: async (timeoutMs) => {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
      const heard = hasRung;
      hasRung = false;
      return heard;
    },
  };
}
