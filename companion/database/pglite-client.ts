import { Worker } from 'node:worker_threads';
import type { Answer, Call, QueryResult } from './pglite-messages.ts';

/** The part of PGlite that Drizzle asks for, by a database in a thread of its own: PGlite answers nobody else while it works. */
export interface PgliteClient {
  query(sql: string, params?: unknown[], options?: { rowMode?: 'array' | 'object' }): Promise<QueryResult>;
  /** Runs `work` while nobody else asks, and commits what it did; takes it back when it rejects. */
  transaction<T>(work: (inside: Pick<PgliteClient, 'query'>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
  /** Ends the thread as it is. */
  abandon(): Promise<void>;
}

type Ask = Omit<Call & { kind: 'query' }, 'id'> | { kind: 'open' } | { kind: 'close' };

/** Opens the database that lies in `folder`, made when it is empty. Rejects with what PGlite says, or the thread's own failure. */
export async function openPgliteThread(folder: string): Promise<PgliteClient> {
  const { ask, end } = startThread(folder);
  try {
    await ask({ kind: 'open' });
  } catch (error) {
    await end();
    throw error;
  }
  const query: PgliteClient['query'] = async (sql, params = [], { rowMode = 'object' } = {}) => {
    const result = await ask({ kind: 'query', sql, params, rowMode });
    if (!result) throw new Error('the database gave no result');
    return result;
  };
  const inTurn = createTurns();
  const transaction = async <T>(work: (inside: Pick<PgliteClient, 'query'>) => Promise<T>): Promise<T> => {
    await query('begin');
    try {
      const result = await work({ query });
      await query('commit');
      return result;
    } catch (error) {
      await query('rollback').catch(() => undefined);
      throw error;
    }
  };
  return {
    query: (...asked) => inTurn(() => query(...asked)),
    transaction: (work) => inTurn(() => transaction(work)),
    close: () =>
      inTurn(async () => {
        try {
          await ask({ kind: 'close' });
        } finally {
          await end();
        }
      }),
    abandon: end,
  };
}

function startThread(folder: string) {
  // What this process was started with may not be meant for a file of its own.
  const options = { workerData: { folder }, execArgv: [] };
  const worker = new Worker(new URL('./pglite-thread.mjs', import.meta.url), options);
  const waiting = new Map<number, { resolve: (result: QueryResult | null) => void; reject: (error: Error) => void }>();
  let ended: Error | null = null;
  let lastId = 0;
  const fail = (why: unknown): void => {
    ended ??= new Error(`PGlite is closed: its thread has ended (${String(why)})`);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
    hold();
  };
  /** A companion with nothing else to do may end; one that waits for an answer may not. */
  const hold = (): void => {
    if (waiting.size > 0) worker.ref();
    else worker.unref();
  };
  worker.on('message', (answer: Answer) => {
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    hold();
    if ('result' in answer) call?.resolve(answer.result);
    else call?.reject(toError(answer.failure));
  });
  worker.on('error', fail);
  worker.on('exit', fail);
  const ask = (asked: Ask): Promise<QueryResult | null> =>
    new Promise((resolve, reject) => {
      if (ended) {
        reject(ended);
        return;
      }
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      hold();
      worker.postMessage({ id: lastId, ...asked });
    });
  const end = async (): Promise<void> => {
    await worker.terminate();
  };
  return { ask, end };
}

function toError({ name, message, fields }: Extract<Answer, { failure: unknown }>['failure']): Error {
  return Object.assign(new Error(message), fields, { name });
}

/** One after the other: what comes while a transaction is open must not become part of it. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
