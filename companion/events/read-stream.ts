import * as v from 'valibot';
import { type StoredEvent, storedEventSchema } from '../../src/schema/events.ts';

/** A reader of `GET /api/ai/events/stream`, for tests. */
export interface StreamReader extends AsyncDisposable {
  /** The next so many events. */
  take(count: number): Promise<StoredEvent[]>;
  /** Resolves when the companion ends the stream; rejects when it is cut. */
  end(): Promise<void>;
}

/** Resolves once the stream has begun. */
export async function openStream(url: string, init: RequestInit = {}): Promise<StreamReader> {
  const abort = new AbortController();
  const response = await fetch(url, { ...init, signal: abort.signal });
  if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
    throw new Error(`no stream: ${response.status} ${await response.text()}`);
  }
  const blocks = readBlocks(response.body);
  const first = await blocks.next();
  if (first.done || !first.value.startsWith('retry:')) throw new Error('the stream does not begin as it should');
  return {
    take: async (count) => {
      const events: StoredEvent[] = [];
      while (events.length < count) {
        const { value, done } = await blocks.next();
        if (done) throw new Error('the stream ended');
        const event = parseBlock(value);
        if (event) events.push(event);
      }
      return events;
    },
    end: async () => {
      while (!(await blocks.next()).done);
    },
    [Symbol.asyncDispose]: async () => abort.abort(),
  };
}

/** What lies between empty lines. */
async function* readBlocks(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    yield* blocks;
  }
}

function parseBlock(block: string): StoredEvent | null {
  const data = /^data: (.*)$/m.exec(block)?.[1];
  if (data === undefined) return null;
  const event = v.parse(storedEventSchema, JSON.parse(data));
  if (!block.startsWith(`id: ${event.sequence}\n`)) throw new Error(`the event has another id: ${block}`);
  return event;
}
