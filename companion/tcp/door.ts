import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Logger } from '../../src/log.ts';
import type { ShopEvent } from '../../src/schema/events.ts';
import type { EventStore } from '../events/event-store.ts';
import { HttpError } from '../http-error.ts';
import type { Limits } from '../limits.ts';
import { describeUnknownTemplate, type TemplateSource } from '../templates.ts';
import { createJsonFramer, MessageError } from './framer.ts';
import { type Birth, readMessage } from './messages.ts';

export interface JsonDoorDeps {
  /** Null: this companion keeps no events. */
  events: Pick<EventStore, 'add'> | null;
  templates: TemplateSource;
  log: Logger;
  limits: Limits;
  birth?: Birth;
}

export interface JsonDoor {
  accept(socket: Socket): void;
  /** Ends the connections; resolves when all that came by them is kept. */
  close(): Promise<void>;
}

/** Bytes of messages that wait for the disk before a connection is read no further. */
const maxWaitingBytes = 2_000_000;
const worldBirth: Birth = { newId: randomUUID, nowSeconds: () => Date.now() / 1000 };

/**
 * Speaks JSON over bare sockets with the shop's older programs. An event gets no answer, for the old clients read none;
 * a request for a template gets one line; a bad message gets one line that says why, and ends the connection. What came
 * whole is kept, whether the client closes, resets or goes silent after it.
 */
export function openJsonDoor(deps: JsonDoorDeps): JsonDoor {
  const { limits, log } = deps;
  const conversations = new Map<Socket, Promise<void>>();
  return {
    accept(socket) {
      if (conversations.size >= limits.maxJsonConnections) {
        log.warn(`a JSON connection was turned away: there are ${conversations.size}`);
        endWith(socket, errorLine('too-many-connections', 'too many connections: try again later'), limits.lingerMs);
        socket.resume();
        return;
      }
      const conversation = converse(socket, deps).finally(() => conversations.delete(socket));
      conversations.set(socket, conversation);
    },
    async close() {
      for (const socket of conversations.keys()) socket.destroy();
      await Promise.all(conversations.values());
    },
  };
}

/** Settles when the connection is closed and all that came by it is dealt with. Never rejects. */
async function converse(socket: Socket, deps: JsonDoorDeps): Promise<void> {
  const { limits } = deps;
  const framer = createJsonFramer({ maxMessageBytes: limits.maxJsonBytes, maxDepth: limits.maxJsonDepth });
  let work = Promise.resolve();
  let waitingBytes = 0;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let messageEndsAt = 0;

  const finish = (line?: string): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    endWith(socket, line, limits.lingerMs);
  };
  const refuse = (error: unknown): void => finish(describeFailure(error, deps.log));
  const expire = (): void => {
    if (framer.isInside()) refuse(new MessageError('cut-message', 'the message took too long to come'));
    else finish();
  };
  const watchTime = (): void => {
    clearTimeout(timer);
    if (isOver) return;
    if (!framer.isInside()) messageEndsAt = 0;
    else if (messageEndsAt === 0) messageEndsAt = performance.now() + limits.messageMs;
    const restMs = messageEndsAt === 0 ? limits.betweenMessagesMs : messageEndsAt - performance.now();
    timer = setTimeout(expire, Math.max(0, restMs));
  };
  /** Deals with messages in the order in which they came; what follows a bad one is not looked at. */
  const queue = (values: readonly unknown[], error: MessageError | null, bytes: number): void => {
    waitingBytes += bytes;
    if (waitingBytes > maxWaitingBytes) socket.pause();
    work = work
      .then(async () => {
        if (isOver) return;
        await answer(values, socket, deps);
        if (error) refuse(error);
      })
      .catch(refuse)
      .finally(() => {
        waitingBytes -= bytes;
        if (waitingBytes <= maxWaitingBytes) socket.resume();
      });
  };

  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('data', (chunk: Buffer) => {
    if (isOver) return;
    const { values, error } = framer.push(chunk);
    watchTime();
    if (values.length > 0 || error) queue(values, error, chunk.length);
  });
  socket.on('end', () => {
    queue([], framer.end(), 0);
    work = work.then(() => finish());
  });
  watchTime();
  await closed;
  clearTimeout(timer);
  await work;
}

/** Keeps the events among these messages, and answers the others. Throws what is wrong with the first bad one. */
async function answer(values: readonly unknown[], socket: Socket, deps: JsonDoorDeps): Promise<void> {
  let events: ShopEvent[] = [];
  const keep = async (): Promise<void> => {
    if (events.length === 0) return;
    if (!deps.events) throw new HttpError(503, 'no-folder', 'this companion has no folder to keep events in');
    const batch = events;
    events = [];
    await deps.events.add(batch);
  };
  for (const value of values.flat()) {
    let message: ReturnType<typeof readMessage>;
    try {
      message = readMessage(value, deps.birth ?? worldBirth);
    } catch (error) {
      await keep();
      throw error;
    }
    if (message.kind === 'event') {
      events.push(message.event);
      continue;
    }
    await keep();
    const template = await deps.templates.find(message.template);
    if (template === null) {
      throw new HttpError(404, 'unknown-template', describeUnknownTemplate(message.template));
    }
    await say(socket, `${JSON.stringify({ type: 'print_template', template })}\n`);
  }
  await keep();
}

/** Resolves when the peer has taken enough for more to be said, or is gone. */
async function say(socket: Socket, line: string): Promise<void> {
  if (socket.destroyed || socket.write(line)) return;
  const gone = new AbortController();
  await Promise.race([
    once(socket, 'drain', { signal: gone.signal }),
    once(socket, 'close', { signal: gone.signal }),
  ]).catch(() => undefined);
  gone.abort();
}

/** Ends our side with a last line; a peer that does not end its own within `lingerMs` is cut off. */
function endWith(socket: Socket, line: string | undefined, lingerMs: number): void {
  if (socket.destroyed) return;
  socket.end(line ?? '');
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
}

function describeFailure(error: unknown, log: Logger): string {
  if (error instanceof MessageError || error instanceof HttpError) {
    log.warn(`a JSON connection was refused: ${error.code}`);
    return errorLine(error.code, error.message);
  }
  log.error('a JSON message could not be dealt with', error);
  return errorLine('internal', 'the message was not kept; the log has the details');
}

function errorLine(code: string, message: string): string {
  return `${JSON.stringify({ error: { code, message } })}\n`;
}
