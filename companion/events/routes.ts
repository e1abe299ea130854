import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { HttpError } from '../http-error.ts';
import { limitSchema } from '../limit-schema.ts';
import { parseRequest } from '../parse-request.ts';
import { type AddedEvent, type EventQuery, type EventStore, UnknownEventError } from './event-store.ts';
import { askedNameSchema, readIncoming, timeSchema } from './incoming.ts';
import { registerEventStream } from './stream.ts';

const maxEventsInOne = 1000;

const querySchema = v.object({
  type: v.optional(askedNameSchema),
  since: v.optional(timeSchema),
  until: v.optional(timeSchema),
  after: v.optional(askedNameSchema),
  limit: v.optional(limitSchema),
});

/** `POST /api/ai/event`, `GET /api/ai/events` and its stream, for programs of the shop and for the app. */
export function registerEvents(server: FastifyInstance, store: EventStore, now: () => Date = () => new Date()): void {
  const nowSeconds = (): number => now().getTime() / 1000;
  server.post('/api/ai/event', async (request, reply) => {
    const { body } = request;
    const isList = Array.isArray(body);
    const sent: unknown[] = isList ? body : [body];
    if (sent.length > maxEventsInOne) {
      throw new HttpError(413, 'too-large', `send at most ${maxEventsInOne} events at once`);
    }
    const added = await store.add(sent.map((one) => readIncoming(one, nowSeconds)));
    const stored = added.map(({ event }) => event);
    return reply.code(statusOf(added)).send(isList ? stored : stored[0]);
  });
  server.get('/api/ai/events', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return listKnown(store, parseRequest(querySchema, request.query));
  });
  registerEventStream(server, store);
}

/** 201 when something is new. */
function statusOf(added: readonly AddedEvent[]): number {
  return added.some(({ known }) => !known) ? 201 : 200;
}

function listKnown(store: EventStore, query: EventQuery): ReturnType<EventStore['list']> {
  return store.list(query).catch((error: unknown) => {
    throw error instanceof UnknownEventError ? new HttpError(400, 'unknown-event', error.message) : error;
  });
}
