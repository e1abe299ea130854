import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '../../src/log.ts';
import type { Json, StoredEvent } from '../../src/schema/events.ts';
import type { EventStore } from '../events/event-store.ts';
import { HttpError } from '../http-error.ts';
import { ownTemplates, type TemplateSource } from '../templates.ts';
import { formatTillAddress, type TillAddress } from './address.ts';
import { type Channel, openOutbox } from './outbox.ts';
import { openPositions } from './positions.ts';
import { createTill, type Till, type TillTimes } from './till.ts';

export interface UpstreamDeps {
  address: TillAddress;
  /** Where the outbox notes how far it is. */
  positionsPath: string;
  events: Pick<EventStore, 'list' | 'subscribe'>;
  log: Logger;
  tillTimes?: TillTimes;
}

/** The companion as the client of a till program that holds the shop's port. */
export interface Upstream {
  /** The till's templates; ours while it is off, or has none. */
  templates: TemplateSource;
  register(server: FastifyInstance): void;
  close(): Promise<void>;
}

const prefix = '/api/upstream';

export async function openUpstream({
  address,
  positionsPath,
  events,
  log,
  tillTimes,
}: UpstreamDeps): Promise<Upstream> {
  const till = createTill(address, tillTimes);
  const name = formatTillAddress(address);
  const outbox = await openOutbox(channelsTo(till), {
    events,
    positions: await openPositions(positionsPath, name),
    log,
    wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
    random: Math.random,
  });
  const closing = new AbortController();
  log.info(`events go to the till at ${name}`);
  return {
    templates: templatesOf(till, closing.signal),
    register(server) {
      server.get(prefix, async (_request, reply) => {
        reply.header('cache-control', 'no-store');
        return { till: name, reachable: outbox.reachable(), waiting: await outbox.waiting() };
      });
      server.get(`${prefix}/*`, async ({ url }, reply) => {
        reply.header('cache-control', 'no-store');
        return fetchFromTill(till, url.slice(prefix.length), closing.signal);
      });
    },
    async close() {
      closing.abort();
      await outbox.close();
    },
  };
}

/** What the old assistant did: a transcription goes as a bare message, and every event by HTTP, which answers. */
function channelsTo(till: Till): Channel[] {
  return [
    {
      name: 'tcp',
      send(event, signal) {
        const message = transcriptionMessage(event);
        return message && till.sendMessage(message, signal);
      },
    },
    { name: 'http', send: (event, signal) => till.postEvent(event, signal) },
  ];
}

/** The message that a transcription is to a till; null for any other event. A till that knows ids takes it for the same event. */
export function transcriptionMessage({ type, data, timestamp, id }: StoredEvent): { [name: string]: Json } | null {
  if (type !== 'transcription') return null;
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
  const text = isObject ? data['text'] : data;
  return typeof text === 'string' ? { type, text, timestamp, id } : null;
}

function templatesOf(till: Till, signal: AbortSignal): TemplateSource {
  const orOwn = async (path: string, own: () => Promise<unknown>): Promise<unknown> => {
    const answer = await till.getJson(path, signal);
    return answer.outcome === 'json' ? answer.json : own();
  };
  return {
    list: () => orOwn('/api/templates', ownTemplates.list),
    find: (name) => orOwn(`/api/templates/${encodeURIComponent(name)}`, () => ownTemplates.find(name)),
  };
}

async function fetchFromTill(till: Till, path: string, signal: AbortSignal): Promise<Json> {
  const answer = await till.getJson(path, signal);
  if (answer.outcome === 'json') return answer.json;
  const [status, code] = answer.outcome === 'missing' ? ([404, 'not-found'] as const) : ([502, 'till-failed'] as const);
  throw new HttpError(status, code, answer.why);
}
