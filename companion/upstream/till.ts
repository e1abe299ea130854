import { connect } from 'node:net';
import type { Json, StoredEvent } from '../../src/schema/events.ts';
import { formatTillAddress, type TillAddress } from './address.ts';

/**
 * What became of something that was sent: `refused` will be refused again, `failed` may pass later. A till `stumbles` when
 * it breaks over what it was sent.
 */
export type Delivery =
  | { outcome: 'taken' }
  | { outcome: 'refused'; why: string }
  | { outcome: 'failed'; why: string; stumbles?: boolean };

/** What the till answered to a question: JSON, no such thing, or nothing of use. */
export type TillAnswer = { outcome: 'json'; json: Json } | { outcome: 'missing' | 'failed'; why: string };

export interface TillTimes {
  /** For a connection and an answer. */
  answerMs: number;
  /** For the till to end a connection that we have ended: some never do, and have heard us all the same. */
  closeMs: number;
}
export const defaultTillTimes: TillTimes = { answerMs: 10_000, closeMs: 2_000 };

/** A till program as its client sees it. Nothing here rejects, but for what `signal` aborts. */
export interface Till {
  /** Sends one JSON object over a bare socket, and ends the connection. */
  sendMessage(message: Json, signal: AbortSignal): Promise<Delivery>;
  postEvent(event: StoredEvent, signal: AbortSignal): Promise<Delivery>;
  /** `path` starts with a slash and may have a query. */
  getJson(path: string, signal: AbortSignal): Promise<TillAnswer>;
}

const maxAnswerBytes = 8 * 1024 * 1024;
const maxComplaintBytes = 4096;
/** What no second try will change. All else may be a till that is starting, stopping or being mended. */
const finalStatuses = new Set([400, 413, 415, 422]);

export function createTill(address: TillAddress, times: TillTimes = defaultTillTimes): Till {
  const base = `http://${formatTillAddress(address)}`;
  const ask = (path: string, init: RequestInit, signal: AbortSignal): Promise<Response> => {
    const url = new URL(`${base}${path}`);
    if (url.origin !== new URL(base).origin) throw new Error(`${path} is not a path of the till`);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(times.answerMs)]);
    return fetch(url, { ...init, redirect: 'error', signal: limit });
  };
  return {
    sendMessage: (message, signal) => sendMessage(address, JSON.stringify(message), times, signal),
    async postEvent({ sequence: _sequence, ...event }, signal) {
      try {
        const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) };
        const response = await ask('/api/ai/event', init, signal);
        await response.body?.cancel();
        // A till that says "conflict" has this id already.
        if (response.ok || response.status === 409) return { outcome: 'taken' };
        const why = `the till answered ${response.status}`;
        if (finalStatuses.has(response.status)) return { outcome: 'refused', why };
        return { outcome: 'failed', why, stumbles: response.status === 500 };
      } catch (error) {
        signal.throwIfAborted();
        return { outcome: 'failed', why: describe(error) };
      }
    },
    async getJson(path, signal) {
      try {
        const response = await ask(path, { headers: { accept: 'application/json' } }, signal);
        if (!response.ok || !/\bjson\b/i.test(response.headers.get('content-type') ?? '')) {
          await response.body?.cancel();
          const outcome = response.status === 404 ? 'missing' : 'failed';
          return { outcome, why: response.ok ? 'the till answered no JSON' : `the till answered ${response.status}` };
        }
        return { outcome: 'json', json: await readJson(response) };
      } catch (error) {
        signal.throwIfAborted();
        return { outcome: 'failed', why: describe(error) };
      }
    },
  };
}

async function readJson(response: Response): Promise<Json> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw new Error(`the till answered more than ${maxAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  // What JSON.parse gives is JSON.
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Json;
}

/** Taken when the till has ended the connection without a complaint, or has left it open for `closeMs`. */
function sendMessage(address: TillAddress, text: string, times: TillTimes, signal: AbortSignal): Promise<Delivery> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address.host.replace(/^\[|\]$/g, ''), port: address.port, noDelay: true });
    let timer = setTimeout(() => settle({ outcome: 'failed', why: 'the till does not answer' }), times.answerMs);
    let complaint = '';
    const leave = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.destroy();
    };
    const settle = (delivery: Delivery): void => {
      leave();
      resolve(delivery);
    };
    const abort = (): void => {
      leave();
      reject(signal.reason);
    };
    const settleByAnswer = (): void => {
      settle(isComplaint(complaint) ? { outcome: 'refused', why: 'the till refused it' } : { outcome: 'taken' });
    };
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    socket.setEncoding('utf8').on('data', (said: string) => {
      if (complaint.length < maxComplaintBytes) complaint += said;
    });
    socket.on('error', (error) => settle({ outcome: 'failed', why: describe(error) }));
    socket.on('end', settleByAnswer);
    socket.on('connect', () => {
      socket.end(text, () => {
        clearTimeout(timer);
        timer = setTimeout(settleByAnswer, times.closeMs);
      });
    });
  });
}

function isComplaint(line: string): boolean {
  try {
    const answer: unknown = JSON.parse(line);
    return typeof answer === 'object' && answer !== null && 'error' in answer;
  } catch {
    return false;
  }
}

function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof Error) return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
  return String(cause);
}
