import * as v from 'valibot';
import { isErrorCode, LaGraceError, toLaGraceError } from '../errors.ts';

/** Either end of a message channel: a worker, the worker's own scope, a MessagePort. */
export interface Endpoint {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  start?(): void;
}

/** What a method gets beside its arguments. */
export interface CallContext {
  /** Aborts when the caller cancels. `aborted` also reads shared memory: a loop that blocks the thread sees it. */
  signal: AbortSignal;
  /** Sends the caller something before the result. */
  emit: (event: unknown) => void;
}
export type Method = (argument: never, context: CallContext) => Promise<unknown>;
export type Methods = Record<string, Method>;

const callSchema = v.object({
  kind: v.literal('call'),
  id: v.number(),
  method: v.string(),
  argument: v.unknown(),
  flag: v.nullable(v.instance(Int32Array)),
});
const cancelSchema = v.object({ kind: v.literal('cancel'), id: v.number() });
const requestSchema = v.variant('kind', [callSchema, cancelSchema]);
const replySchema = v.variant('kind', [
  v.object({ kind: v.literal('event'), id: v.number(), event: v.unknown() }),
  v.object({ kind: v.literal('done'), id: v.number(), value: v.unknown() }),
  v.object({
    kind: v.literal('failed'),
    id: v.number(),
    error: v.object({ name: v.string(), code: v.string(), message: v.string(), stack: v.optional(v.string()) }),
  }),
]);
type Reply = v.InferOutput<typeof replySchema>;

const transfers = new WeakMap<object, Transferable[]>();

/** Marks buffers of `value` to be moved to the other thread rather than copied. */
export function transfer<T extends object>(value: T, buffers: Transferable[]): T {
  transfers.set(value, buffers);
  return value;
}

function buffersOf(value: unknown): Transferable[] {
  return (typeof value === 'object' && value !== null && transfers.get(value)) || [];
}

/** Answers calls that come through `endpoint` with `methods`. */
export function serve(endpoint: Endpoint, methods: Methods): void {
  const running = new Map<number, AbortController>();
  const answer = async (call: v.InferOutput<typeof callSchema>): Promise<void> => {
    const controller = new AbortController();
    running.set(call.id, controller);
    try {
      const method = Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
      if (!method) throw new LaGraceError('internal', `no method ${call.method} in this worker`);
      const value = await method(call.argument as never /* checked by the caller's types */, {
        signal: call.flag ? watchFlag(controller.signal, call.flag) : controller.signal,
        emit: (event) => endpoint.postMessage({ kind: 'event', id: call.id, event } satisfies Reply, buffersOf(event)),
      });
      endpoint.postMessage({ kind: 'done', id: call.id, value } satisfies Reply, buffersOf(value));
    } catch (thrown) {
      endpoint.postMessage({ kind: 'failed', id: call.id, error: serialiseError(thrown) } satisfies Reply, []);
    } finally {
      running.delete(call.id);
    }
  };
  endpoint.addEventListener('message', ({ data }) => {
    const request = v.safeParse(requestSchema, data);
    if (!request.success) return;
    if (request.output.kind === 'call') void answer(request.output);
    else running.get(request.output.id)?.abort();
  });
  endpoint.start?.();
}

function serialiseError(thrown: unknown): Extract<Reply, { kind: 'failed' }>['error'] {
  const abort = thrown instanceof DOMException && thrown.name === 'AbortError';
  const error = toLaGraceError(thrown);
  return {
    name: abort ? 'AbortError' : error.name,
    code: error.code,
    message: error.message,
    ...(error.stack ? { stack: error.stack } : {}),
  };
}

function reviveError(error: Extract<Reply, { kind: 'failed' }>['error']): Error {
  if (error.name === 'AbortError') return new DOMException(error.message, 'AbortError');
  const revived = new LaGraceError(isErrorCode(error.code) ? error.code : 'internal', error.message);
  if (error.stack) revived.stack = error.stack;
  return revived;
}

/** An abort signal that is aborted as soon as shared memory says so: no message reaches a thread inside a model's loop. */
function watchFlag(signal: AbortSignal, flag: Int32Array): AbortSignal {
  const isSet = (): boolean => Atomics.load(flag, 0) !== 0;
  const messageAborted = (): boolean => Reflect.get(AbortSignal.prototype, 'aborted', signal) === true;
  Object.defineProperties(signal, {
    aborted: { get: () => isSet() || messageAborted() },
    throwIfAborted: {
      value: () => {
        if (isSet() || messageAborted()) throw new DOMException('the caller cancelled', 'AbortError');
      },
    },
  });
  return signal;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Buffers of the argument to move rather than copy. */
  transfer?: Transferable[];
  onEvent?: (event: unknown) => void;
}
/** Calls a method on the other side. */
export interface Connection {
  call(method: string, argument: unknown, options?: CallOptions): Promise<unknown>;
  /** Resolves once no cancelled call is unanswered, so that the other side is known to listen; at once where none is. */
  settled(): Promise<void>;
  /** Rejects every call under way: the other side is gone. */
  fail(error: Error): void;
}
export interface ConnectOptions {
  /** How long a cancelled call may stay unanswered before `onHung` is called. */
  graceMs: number;
  onHung: () => void;
}

interface PendingCall {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  onEvent: ((event: unknown) => void) | undefined;
}

/** The calling side of `serve`. A cancelled call rejects at once with an AbortError; its late result is dropped. */
export function connect(endpoint: Endpoint, hung?: ConnectOptions): Connection {
  const pending = new Map<number, PendingCall>();
  const abandoned = new Map<number, ReturnType<typeof setTimeout>>();
  let waiting: (() => void)[] = [];
  let lastId = 0;

  const forget = (id?: number): void => {
    for (const [abandonedId, timer] of abandoned) {
      if (id !== undefined && id !== abandonedId) continue;
      clearTimeout(timer);
      abandoned.delete(abandonedId);
    }
    if (abandoned.size > 0) return;
    for (const wake of waiting) wake();
    waiting = [];
  };
  const receive = (reply: Reply): void => {
    if (reply.kind !== 'event') forget(reply.id);
    const call = pending.get(reply.id);
    if (!call) return;
    if (reply.kind === 'event') call.onEvent?.(reply.event);
    else if (reply.kind === 'done') call.resolve(reply.value);
    else call.reject(reviveError(reply.error));
  };
  endpoint.addEventListener('message', ({ data }) => {
    const reply = v.safeParse(replySchema, data);
    if (reply.success) receive(reply.output);
  });
  endpoint.start?.();

  return {
    async call(method, argument, options = {}) {
      const { signal } = options;
      signal?.throwIfAborted();
      const id = ++lastId;
      const flag = sharedFlag();
      const cancel = (): void => {
        if (flag) Atomics.store(flag, 0, 1);
        endpoint.postMessage({ kind: 'cancel', id }, []);
        if (hung) abandoned.set(id, setTimeout(hung.onHung, hung.graceMs));
        pending.get(id)?.reject(new DOMException(`${method} was cancelled`, 'AbortError'));
      };
      try {
        return await new Promise<unknown>((resolve, reject) => {
          pending.set(id, { resolve, reject, onEvent: options.onEvent });
          signal?.addEventListener('abort', cancel, { once: true });
          endpoint.postMessage({ kind: 'call', id, method, argument, flag }, options.transfer ?? []);
        });
      } finally {
        signal?.removeEventListener('abort', cancel);
        pending.delete(id);
      }
    },
    async settled() {
      if (abandoned.size > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    fail(error) {
      forget();
      for (const call of pending.values()) call.reject(error);
    },
  };
}

/** One shared integer for a call's cancellation; null where memory cannot be shared. */
function sharedFlag(): Int32Array | null {
  if (typeof SharedArrayBuffer === 'undefined') return null;
  if (typeof crossOriginIsolated !== 'undefined' && !crossOriginIsolated) return null;
  return new Int32Array(new SharedArrayBuffer(4));
}
