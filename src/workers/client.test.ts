import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFaults, type FaultKind } from '../ai/faults.ts';
import { silentLogger } from '../log.ts';
import type { PackOf } from '../schema.ts';
import { connectIntentModel, defaultWorkerLimits } from './client.ts';
import { withWorkerFaults } from './faulty-worker.ts';
import type { NluWorker, ServedMethods } from './protocol.ts';
import type { WorkerLike } from './remote.ts';
import { type Endpoint, type Methods, serve } from './rpc.ts';

const pack: PackOf<'intent'> = {
  id: 'tiny',
  task: 'intent',
  engine: 'ngram',
  name: 'Petit',
  trial: true,
  licence: 'GPL-3.0-or-later',
  source: 'here',
  root: 'starter/tiny',
  files: [{ path: 'intent_model.onnx', bytes: 1, sha256: '0'.repeat(64) }],
};
const setup = { modelsUrl: 'http://localhost/models/', runtime: { mjs: 'a.mjs', wasm: 'a.wasm' }, threads: 1 };

/** A worker in the same thread: its methods are served on the other end of a channel. */
class FakeWorker implements WorkerLike {
  readonly #events = new EventTarget();
  readonly #ours: MessagePort;
  readonly #theirs: MessagePort;
  terminated = false;
  constructor(methods: ServedMethods<NluWorker>) {
    const { port1, port2 } = new MessageChannel();
    this.#theirs = port1;
    this.#ours = port2;
    serve(port1 as Endpoint, methods as unknown as Methods);
    port2.addEventListener('message', ({ data }) => this.#events.dispatchEvent(new MessageEvent('message', { data })));
    port2.start();
  }
  addEventListener(type: string, listener: (event: MessageEvent<unknown>) => void): void {
    this.#events.addEventListener(type, (event) => listener(event as MessageEvent<unknown>));
  }
  postMessage(message: unknown, transfer: Transferable[]): void {
    if (!this.terminated) this.#ours.postMessage(message, transfer);
  }
  break(): void {
    this.#events.dispatchEvent(new Event('error'));
  }
  terminate(): void {
    this.terminated = true;
    this.#ours.close();
    this.#theirs.close();
  }
}

const spawned: FakeWorker[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const worker of spawned.splice(0)) worker.terminate();
});

function setUp(methods: Partial<ServedMethods<NluWorker>> = {}, rules = '') {
  const faults = createFaults(rules, { seed: 1, lateMs: 1 });
  const onLost = vi.fn();
  const load = vi.fn<ServedMethods<NluWorker>['load']>(async () => ({ packId: 'tiny', backend: 'wasm', threads: 1 }));
  const understand = vi.fn<ServedMethods<NluWorker>['understand']>(async () => ({
    intent: 'greeting',
    confidence: 1,
    by: 'template',
    slots: {},
  }));
  const served = { load, understand, ...methods };
  const spawn = (): WorkerLike => {
    const worker = new FakeWorker(served);
    spawned.push(worker);
    return withWorkerFaults(worker, 'nlu', () => faults);
  };
  const money = { franc: 'CDF', cfa: 'XOF' } as const;
  const model = connectIntentModel({ spawn, setup, log: silentLogger, pack, money, onLost });
  return { model, load, understand, onLost };
}
const signal = () => new AbortController().signal;

describe('an engine behind a worker', () => {
  it('loads once, whoever asks first and however often', async () => {
    const { model, load } = setUp();
    await Promise.all([model.load({ signal: signal() }), model.understand('bonjour', { signal: signal() })]);
    await model.understand('bonjour', { signal: signal() });
    expect(load).toHaveBeenCalledTimes(1);
    expect(load.mock.calls[0]?.[0]).toMatchObject({ pack, franc: 'CDF', threads: 1 });
  });

  it('retries a load that failed', async () => {
    const { model, load } = setUp();
    load.mockRejectedValueOnce(new Error('no network'));
    await expect(model.load({ signal: signal() })).rejects.toThrow('no network');
    await expect(model.understand('bonjour', { signal: signal() })).resolves.toMatchObject({ intent: 'greeting' });
  });

  it('tells its callers when the worker breaks, and answers the next call with a new worker and its model', async () => {
    const { model, load, understand } = setUp();
    await model.load({ signal: signal() });
    understand.mockImplementationOnce(() => new Promise(() => undefined));
    const lost = model.understand('bonjour', { signal: signal() });
    await vi.waitFor(() => expect(understand).toHaveBeenCalled());
    spawned[0]?.break();
    await expect(lost).rejects.toMatchObject({ code: 'worker-lost' });
    await expect(model.understand('bonjour', { signal: signal() })).resolves.toMatchObject({ intent: 'greeting' });
    expect(spawned).toHaveLength(2);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('is replaced when it does not answer a cancellation', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { model, understand } = setUp();
    await model.load({ signal: signal() });
    understand.mockImplementationOnce(() => new Promise(() => undefined));
    const controller = new AbortController();
    const cancelled = model.understand('bonjour', { signal: controller.signal });
    await vi.waitFor(() => expect(understand).toHaveBeenCalled());
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    vi.advanceTimersByTime(3000);
    expect(spawned[0]?.terminated).toBe(true);
    await expect(model.understand('bonjour', { signal: signal() })).resolves.toMatchObject({ intent: 'greeting' });
  });

  it('goes on loading when one caller stops waiting', async () => {
    const { model, load } = setUp();
    const controller = new AbortController();
    const impatient = model.load({ signal: controller.signal });
    controller.abort();
    await expect(impatient).rejects.toMatchObject({ name: 'AbortError' });
    await model.load({ signal: signal() });
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('keeps a call for the worker that takes the place of a hung one', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { model, onLost } = setUp({}, 'nlu.understand:hang@1');
    const controller = new AbortController();
    const hung = model.understand('bonjour', { signal: controller.signal });
    await model.load({ signal: signal() });
    await vi.advanceTimersByTimeAsync(0);
    controller.abort();
    await expect(hung).rejects.toMatchObject({ name: 'AbortError' });
    const next = model.understand('bonjour', { signal: signal() });
    await vi.advanceTimersByTimeAsync(defaultWorkerLimits.graceMs);
    expect(onLost).toHaveBeenCalledOnce();
    await expect(next).resolves.toMatchObject({ intent: 'greeting' });
  });

  it('gives up a load that makes no progress for 30 s, and loads again at the next call', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { model, load, onLost } = setUp();
    load.mockImplementationOnce((_, { emit }) => {
      setTimeout(() => emit({ packId: 'tiny', loadedBytes: 1, totalBytes: 9 }), 29_000);
      return new Promise(() => undefined);
    });
    const loading = model.load({ signal: signal() });
    loading.catch(() => undefined);
    await vi.waitFor(() => expect(load).toHaveBeenCalled());
    const progressed = vi.fn();
    void model.load({ signal: signal(), onProgress: progressed }).catch(() => undefined);
    vi.advanceTimersByTime(29_500);
    await vi.waitFor(() => expect(progressed).toHaveBeenCalled());
    vi.advanceTimersByTime(29_000);
    expect(onLost).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(onLost).toHaveBeenCalledOnce();
    await expect(loading).rejects.toMatchObject({ code: 'worker-lost' });
    await expect(model.understand('bonjour', { signal: signal() })).resolves.toMatchObject({ intent: 'greeting' });
    expect(load).toHaveBeenCalledTimes(2);
  });

  it.each<FaultKind>(['throw', 'garbage', 'worker-lost'])('forgets a load that met %s', async (kind) => {
    const { model } = setUp({}, `nlu.load:${kind}@1`);
    await expect(model.load({ signal: signal() })).rejects.toBeInstanceOf(Error);
    await expect(model.load({ signal: signal() })).resolves.toMatchObject({ packId: 'tiny' });
  });

  it.each<FaultKind>(['throw', 'worker-lost'])('answers the call after one that met %s', async (kind) => {
    const { model, onLost } = setUp({}, `nlu.understand:${kind}@1`);
    await expect(model.understand('bonjour', { signal: signal() })).rejects.toBeInstanceOf(Error);
    await expect(model.understand('bonjour', { signal: signal() })).resolves.toMatchObject({ intent: 'greeting' });
    expect(onLost).toHaveBeenCalledTimes(kind === 'worker-lost' ? 1 : 0);
  });

  it('answers late when it is late, and notices a lost GPU or not by itself', async () => {
    const { model } = setUp({}, 'nlu.understand:late@1,nlu.understand:gpu-lost@1');
    await expect(model.understand('bonjour', { signal: signal() })).resolves.toMatchObject({ intent: 'greeting' });
    await expect(model.understand('bonjour', { signal: signal() })).resolves.toMatchObject({ intent: 'greeting' });
  });
});
