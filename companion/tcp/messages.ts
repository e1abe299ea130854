import * as v from 'valibot';
import { type ShopEvent, shopEventSchema } from '../../src/schema/events.ts';
import { timeSchema } from '../events/incoming.ts';
import { MessageError } from './framer.ts';

export type ShopMessage = { kind: 'event'; event: ShopEvent } | { kind: 'template-request'; template: string };

/** What a message that says neither is given: an id of its own, and the time of its arrival in epoch seconds. */
export interface Birth {
  newId: () => string;
  nowSeconds: () => number;
}

const messageSchema = v.looseObject({
  type: v.string(),
  id: v.nullish(v.union([v.string(), v.number()])),
  timestamp: v.nullish(timeSchema),
  source: v.nullish(v.string()),
});
const templateRequestSchema = v.object({ template: v.string() });

/**
 * What a program of the shop says with one JSON object: `{type, id?, timestamp?, source?, …}`. A request for a template
 * is one; anything else is an event, whose data are the other fields: `{"type":"transcription","text":"…"}` has the data
 * `{text}`. A field `data` that stands alone is the data itself, as over HTTP. Throws MessageError.
 */
export function readMessage(value: unknown, { newId, nowSeconds }: Birth): ShopMessage {
  if (Array.isArray(value)) throw new MessageError('bad-message', 'a message is an object, not a list');
  const message = v.safeParse(messageSchema, value);
  if (!message.success) throw new MessageError('bad-message', describe(message.issues[0]));
  const { type, id, timestamp, source, ...rest } = message.output;
  if (type === 'request_print_template') {
    const request = v.safeParse(templateRequestSchema, rest);
    if (!request.success) throw new MessageError('bad-message', describe(request.issues[0]));
    return { kind: 'template-request', template: request.output.template };
  }
  const names = Object.keys(rest);
  const data = names.length === 1 && names[0] === 'data' ? rest['data'] : rest;
  const event = v.safeParse(shopEventSchema, {
    id: String(id ?? newId()),
    type,
    data,
    timestamp: timestamp ?? nowSeconds(),
    source: source ?? 'tcp',
  });
  if (!event.success) throw new MessageError('bad-message', describe(event.issues[0]));
  return { kind: 'event', event: event.output };
}

function describe(issue: v.BaseIssue<unknown>): string {
  const where = v.getDotPath(issue);
  return where === null ? `a message is an object: ${issue.message}` : `${where}: ${issue.message}`;
}
