import * as v from 'valibot';
import { LaGraceError } from '../errors.ts';
import { type Logger, type LogSink, logLevels } from '../log.ts';
import type { Protocol } from './protocol.ts';
import { type Connection, connect, type Endpoint } from './rpc.ts';

/** What a worker is to its owner: an endpoint that can be ended and that can break. */
export interface WorkerLike extends Endpoint {
  terminate(): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: Event) => void): void;
}

export interface RemoteCallOptions<Event> {
  signal?: AbortSignal | undefined;
  transfer?: Transferable[];
  onEvent?: (event: Event) => void;
}
/** A worker behind its protocol. It is spawned when first called, and again after it broke or hung. */
export interface Remote<P extends Protocol<P>> {
  call<M extends keyof P & string>(
    method: M,
    argument: P[M]['argument'],
    options?: RemoteCallOptions<P[M]['event']>,
  ): Promise<P[M]['result']>;
  /** Resolves once the worker is known to listen: at once, unless it has yet to answer a cancellation or to be replaced for it. */
  settled(): Promise<void>;
  /** Ends the worker: calls under way are told, the next call spawns another. */
  replace(reason: string): void;
}

export interface RemoteOptions {
  name: string;
  spawn: () => WorkerLike;
  log: Logger;
  /** How long a cancelled call may stay unanswered before the worker is replaced. */
  graceMs?: number;
  /** Called when a worker is gone, so that its model can be loaded again. */
  onLost?: () => void;
  /** Gets what the worker logs, which the worker has written to the console. */
  onLog?: LogSink;
}

const loggedSchema = v.object({
  kind: v.literal('log'),
  entry: v.object({
    time: v.date(),
    level: v.picklist(logLevels),
    message: v.string(),
    stack: v.exactOptional(v.string()),
  }),
});

/** Keeps one worker alive behind `call`. A worker that throws outside a call, or hangs after a cancellation, is replaced. */
export function createRemote<P extends Protocol<P>>(options: RemoteOptions): Remote<P> {
  const { name, spawn, log, graceMs = 3000 } = options;
  let alive: { worker: WorkerLike; connection: Connection } | null = null;

  const replace = (reason: string): void => {
    if (!alive) return;
    const { worker, connection } = alive;
    alive = null;
    log.warn(`the ${name} worker is replaced: ${reason}`);
    worker.terminate();
    connection.fail(new LaGraceError('worker-lost', `the ${name} worker is gone: ${reason}; call again`));
    options.onLost?.();
  };
  const connectWorker = (): Connection => {
    if (alive) return alive.connection;
    const worker = spawn();
    const connection = connect(worker, {
      graceMs,
      onHung: () => replace(`no answer ${graceMs} ms after a cancellation`),
    });
    worker.addEventListener('error', (event) =>
      replace('message' in event ? String(event.message) : 'it could not start'),
    );
    worker.addEventListener('message', ({ data }) => {
      const logged = v.safeParse(loggedSchema, data);
      if (logged.success) options.onLog?.(logged.output.entry);
    });
    worker.addEventListener('messageerror', () => replace('a message could not be read'));
    alive = { worker, connection };
    return connection;
  };

  return {
    replace,
    settled: async () => alive?.connection.settled(),
    call: (method, argument, callOptions = {}) =>
      // The other side serves the same protocol type (ServedMethods<P>): results and events are what it says.
      connectWorker().call(method, argument, callOptions as { onEvent?: (event: unknown) => void }) as Promise<never>,
  };
}
