import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { counterIdSchema, documentKinds } from '../../src/schema/documents.ts';
import { jsonSchema } from '../../src/schema/events.ts';
import { askedNameSchema, timeSchema } from '../events/incoming.ts';
import { HttpError } from '../http-error.ts';
import { limitSchema } from '../limit-schema.ts';
import { parseRequest } from '../parse-request.ts';
import type { CounterStore } from './counter-store.ts';
import { readDocument } from './document-row.ts';
import type { DocumentStore } from './document-store.ts';

const defaultLimit = 100;
const maxMilliseconds = Number.MAX_SAFE_INTEGER;

const idSchema = v.object({ id: v.pipe(v.string(), v.regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u, 'this is no id')) });
const millisecondsSchema = v.pipe(
  timeSchema,
  // As whole as the column that it is compared with.
  v.transform((seconds) => Math.round(Math.min(Math.max(seconds * 1000, -maxMilliseconds), maxMilliseconds))),
);
const querySchema = v.object({
  counter: v.optional(counterIdSchema),
  kind: v.optional(v.picklist(documentKinds)),
  since: v.optional(millisecondsSchema),
  until: v.optional(millisecondsSchema),
  after: v.optional(askedNameSchema),
  limit: v.optional(limitSchema, String(defaultLimit)),
});
const profileSchema = v.object({
  profileId: v.pipe(v.string(), v.regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u, 'this is no id')),
  name: v.nullish(v.pipe(v.string(), v.regex(/^[^\p{Cc}\p{Cs}]{0,200}$/u, 'this is no name')), null),
});

/** Documents and counters over HTTP. Times in addresses are seconds, as those of events. */
export function registerDocuments(server: FastifyInstance, documents: DocumentStore, counters: CounterStore): void {
  server.put('/api/documents/:id', async (request, reply) => {
    const { id } = parseRequest(idSchema, request.params);
    const { body, isNew } = await documents.put(readDocument(id, parseRequest(jsonSchema, request.body)));
    return reply.code(isNew ? 201 : 200).send(body);
  });
  server.get('/api/documents/:id', async (request, reply) => {
    const { id } = parseRequest(idSchema, request.params);
    const body = await documents.get(id);
    if (body === null) throw new HttpError(404, 'not-found', `there is no document ${id}`);
    return reply.header('cache-control', 'no-store').send(body);
  });
  server.get('/api/documents', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return documents.list(parseRequest(querySchema, request.query));
  });
  server.post('/api/counters', async (request, reply) => {
    const { counter, isNew } = await counters.assign(parseRequest(profileSchema, request.body));
    return reply.code(isNew ? 201 : 200).send({ counter });
  });
  server.get('/api/counters/:counter/numbering', async (request, reply) => {
    const { counter } = parseRequest(v.object({ counter: counterIdSchema }), request.params);
    reply.header('cache-control', 'no-store');
    return documents.numbering(counter);
  });
}
