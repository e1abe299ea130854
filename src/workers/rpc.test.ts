import { afterEach, describe, expect, it, vi } from 'vitest';
import { LaGraceError } from '../errors.ts';
import { type ConnectOptions, connect, type Endpoint, type Methods, serve, transfer } from './rpc.ts';

const open: MessagePort[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const port of open.splice(0)) port.close();
});

function setUp(methods: Methods, hung?: ConnectOptions) {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  serve(port1 as Endpoint, methods);
  return connect(port2 as Endpoint, hung);
}

describe('a call across threads', () => {
  it('gives the result and, before it, the events', async () => {
    const connection = setUp({
      double: async (value: number, { emit }) => {
        emit('halfway');
        return value * 2;
      },
    });
    const onEvent = vi.fn();
    expect(await connection.call('double', 21, { onEvent })).toBe(42);
    expect(onEvent).toHaveBeenCalledExactlyOnceWith('halfway');
  });

  it('keeps an error’s code', async () => {
    const connection = setUp({ load: () => Promise.reject(new LaGraceError('model-corrupt', 'half a file')) });
    const failing = connection.call('load', null);
    await expect(failing).rejects.toBeInstanceOf(LaGraceError);
    await expect(failing).rejects.toMatchObject({ code: 'model-corrupt', message: 'half a file' });
  });

  it('answers an unknown method, even one that every object has, with an error', async () => {
    const connection = setUp({});
    await expect(connection.call('toString', null)).rejects.toMatchObject({ code: 'internal' });
  });

  it('moves buffers that are marked for it', async () => {
    const given: ArrayBuffer[] = [];
    const connection = setUp({
      make: async () => {
        const buffer = new ArrayBuffer(8);
        given.push(buffer);
        return transfer({ buffer }, [buffer]);
      },
    });
    await expect(connection.call('make', null)).resolves.toMatchObject({ buffer: { byteLength: 8 } });
    expect(given[0]?.byteLength).toBe(0);
  });

  it('ignores messages that are not its own', async () => {
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    serve(port1 as Endpoint, { ping: async () => 'pong' });
    const connection = connect(port2 as Endpoint);
    port2.postMessage({ kind: 'call' });
    port2.postMessage('nonsense');
    expect(await connection.call('ping', null)).toBe('pong');
  });
});

describe('a cancelled call', () => {
  it('rejects at once, and the method sees it without receiving a message', async () => {
    const controller = new AbortController();
    const seen = vi.fn();
    const connection = setUp({
      // Blocks the thread's messages as a model's loop does: only shared memory can tell it.
      loop: async (_: null, { signal }) => {
        controller.abort();
        seen(signal.aborted);
        signal.throwIfAborted();
      },
    });
    await expect(connection.call('loop', null, { signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(seen).toHaveBeenCalledExactlyOnceWith(true);
  });

  it('does not start when it was cancelled before', async () => {
    const method = vi.fn();
    const connection = setUp({ method });
    await expect(connection.call('method', null, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(method).not.toHaveBeenCalled();
  });

  it('that stays unanswered is reported after the grace', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const onHung = vi.fn();
    const connection = setUp({ hang: () => new Promise(() => undefined) }, { graceMs: 3000, onHung });
    const controller = new AbortController();
    const call = connection.call('hang', null, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    vi.advanceTimersByTime(2999);
    expect(onHung).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onHung).toHaveBeenCalledOnce();
  });

  it('that is answered in time is not reported', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const onHung = vi.fn();
    const connection = setUp(
      {
        wait: (_: null, { signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
        ping: async () => 'pong',
      },
      { graceMs: 3000, onHung },
    );
    const controller = new AbortController();
    const call = connection.call('wait', null, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect(await connection.call('ping', null)).toBe('pong');
    vi.advanceTimersByTime(10_000);
    expect(onHung).not.toHaveBeenCalled();
  });
});

it('tells every caller when the other side is gone', async () => {
  const connection = setUp({ hang: () => new Promise(() => undefined) });
  const calls = [connection.call('hang', null), connection.call('hang', null)];
  connection.fail(new LaGraceError('worker-lost', 'gone'));
  for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'worker-lost' });
});
