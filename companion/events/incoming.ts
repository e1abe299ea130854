import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { jsonSchema, type ShopEvent, shopEventSchema } from '../../src/schema/events.ts';
import { parseRequest } from '../parse-request.ts';

/** Epoch seconds, or a date as ISO 8601 writes it. */
export const timeSchema = v.union(
  [
    v.pipe(v.number(), v.finite()),
    v.pipe(
      v.string(),
      v.transform(parseTime),
      v.check((seconds) => Number.isFinite(seconds)),
    ),
  ],
  'a time is seconds since 1970, or a date such as 2026-11-22T14:03:07Z',
);

/** An id or a type that is asked for; no database can look for a NUL. */
export const askedNameSchema = v.pipe(v.string(), v.regex(/^[^\p{Cc}\p{Cs}]*$/u, 'it has a control character'));

/** What programs may leave out, or send as null. */
const incomingSchema = v.looseObject({
  type: v.string(),
  id: v.nullish(v.union([v.string(), v.number()])),
  timestamp: v.nullish(timeSchema),
  source: v.nullish(v.string()),
  data: v.optional(jsonSchema),
});

/**
 * The event that a program sent, with what it left out: an id, the time, the source `http`. Fields that have no meaning here
 * are the event's data when it has none. Throws HttpError 400.
 */
export function readIncoming(sent: unknown, nowSeconds: () => number, newId: () => string = randomUUID): ShopEvent {
  const { type, id, timestamp, source, data, ...rest } = parseRequest(incomingSchema, sent);
  return parseRequest(shopEventSchema, {
    type,
    id: String(id ?? newId()),
    timestamp: timestamp ?? nowSeconds(),
    source: source ?? 'http',
    data: data ?? (Object.keys(rest).length > 0 ? rest : null),
  });
}

function parseTime(text: string): number {
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : Date.parse(text) / 1000;
}
