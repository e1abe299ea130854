import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silenceDb } from '../ai/audio/level.ts';
import type { Utterance } from '../ai/engines.ts';
import { createFaults, faultKinds, withFaults } from '../ai/faults.ts';
import { LaGraceError } from '../errors.ts';
import type { LiveEvent } from '../workers/protocol.ts';
import { createMicrophoneEar, type MicrophoneEarParts, type OpenMicrophone } from './microphone-ear.ts';

const spoken = new Float32Array(16_000).fill(0.1);
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
const level = (peakDb: number): LiveEvent => ({ type: 'level', rmsDb: peakDb, peakDb, speechProbability: 0 });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp(changes: Partial<MicrophoneEarParts> = {}) {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  const closed = vi.fn();
  let mute = (_muted: boolean): void => undefined;
  let unplug = (): void => undefined;
  let hear = (_event: LiveEvent): void => undefined;
  let finish = (_utterance: Utterance | null): void => undefined;
  const troubles: (string | null)[] = [];
  const listened = new AbortController();
  const parts: MicrophoneEarParts = {
    ears: {
      load: async () => ({ packId: 'fake', backend: 'wasm', threads: 1 }),
      listen: (_, { signal, onEvent }) => {
        hear = onEvent;
        signal.addEventListener('abort', () => listened.abort());
        return new Promise((resolve) => {
          finish = resolve;
        });
      },
      stop: async () => finish(null),
    },
    openMicrophone: async (): Promise<OpenMicrophone> => ({
      port: port1,
      lost: new Promise((_, reject) => {
        unplug = () => reject(new LaGraceError('microphone-lost', 'unplugged'));
      }),
      watchMuted: (listener) => {
        mute = listener;
      },
      stop: closed,
    }),
    isAskingPermission: async () => false,
    now: () => performance.now(),
    onLevel: () => undefined,
    onTrouble: (trouble) => troubles.push(trouble?.code ?? null),
    ...changes,
  };
  const ear = createMicrophoneEar(parts);
  const turn = new AbortController();
  const pauses: (Utterance | null)[] = [];
  const onListening = vi.fn();
  const hearing = ear.hear({ signal: turn.signal, onListening, onPause: (utterance) => pauses.push(utterance) });
  hearing.catch(() => undefined);
  const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
  return {
    ear,
    turn,
    hearing,
    settle,
    closed,
    troubles,
    pauses,
    onListening,
    listened: listened.signal,
    mute: (muted: boolean) => mute(muted),
    unplug: () => unplug(),
    hear: (event: LiveEvent) => hear(event),
    finish: (utterance: Utterance | null) => finish(utterance),
  };
}

describe('a microphone', () => {
  it('gives its utterance and is closed', async () => {
    const { hearing, settle, finish, closed, troubles } = setUp();
    await settle();
    finish(spoken);
    expect((await hearing).utterance).toBe(spoken);
    expect(closed).toHaveBeenCalledOnce();
    expect(troubles).toEqual([]);
  });

  it('listens once its sound reaches the ear, and not when it is only open', async () => {
    const { settle, hear, onListening } = setUp();
    await settle();
    expect(onListening).not.toHaveBeenCalled();
    hear(level(silenceDb));
    hear(level(-30));
    expect(onListening).toHaveBeenCalledOnce();
  });

  it('passes on what was said up to a pause, and that it was none', async () => {
    const { settle, hear, pauses } = setUp();
    await settle();
    hear({ type: 'speech-start' });
    hear({ type: 'pause', utterance: spoken });
    hear({ type: 'resume' });
    expect(pauses).toEqual([spoken, null]);
  });

  it('that is muted is named at once, and no longer once it is not', async () => {
    const { settle, mute, troubles, hearing, finish } = setUp();
    await settle();
    mute(true);
    expect(troubles).toEqual(['microphone-muted']);
    mute(false);
    expect(troubles).toEqual(['microphone-muted', null]);
    finish(spoken);
    expect((await hearing).utterance).toBe(spoken);
  });

  it('that gives zeros for more than 1.5 s is named, and no longer once it sounds', async () => {
    const { settle, hear, troubles } = setUp();
    await settle();
    for (let ms = 0; ms < 1500; ms += 100) {
      hear(level(silenceDb));
      await settle(100);
    }
    expect(troubles).toEqual([]);
    await settle(100);
    hear(level(silenceDb));
    expect(troubles).toEqual(['microphone-silent']);
    hear(level(-70));
    expect(troubles).toEqual(['microphone-silent', null]);
  });

  it('in a quiet room, or between two words, is not called silent', async () => {
    const { settle, hear, troubles } = setUp();
    await settle();
    for (let ms = 0; ms < 6000; ms += 100) {
      hear(level(ms % 1000 === 0 ? -88 : silenceDb));
      await settle(100);
    }
    expect(troubles).toEqual([]);
  });

  it('that is unplugged ends the turn, and the worker is told to stop', async () => {
    const { settle, unplug, hearing, closed, listened } = setUp();
    await settle();
    unplug();
    await expect(hearing).rejects.toMatchObject({ code: 'microphone-lost' });
    expect(closed).toHaveBeenCalledOnce();
    expect(listened.aborted).toBe(true);
  });

  it('that does not open is given up after 10 s', async () => {
    const { settle, hearing } = setUp({ openMicrophone: never });
    let ended = false;
    hearing.catch(() => {
      ended = true;
    });
    await settle(9999);
    expect(ended).toBe(false);
    await settle(1);
    await expect(hearing).rejects.toMatchObject({ code: 'microphone-stuck' });
  });

  it('waits a minute for a person to allow it', async () => {
    const { settle, hearing } = setUp({ openMicrophone: never, isAskingPermission: async () => true });
    let ended = false;
    hearing.catch(() => {
      ended = true;
    });
    await settle(59_999);
    expect(ended).toBe(false);
    await settle(1);
    await expect(hearing).rejects.toMatchObject({ code: 'microphone-denied' });
  });

  it('can be cancelled while a person is asked to allow it', async () => {
    const { settle, hearing, turn } = setUp({ openMicrophone: never, isAskingPermission: async () => true });
    await settle(30_000);
    turn.abort();
    await expect(hearing).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('that opens for a turn that is over is closed', async () => {
    let open = (_microphone: OpenMicrophone): void => undefined;
    const { settle, hearing, turn } = setUp({
      openMicrophone: () =>
        new Promise((resolve) => {
          open = resolve;
        }),
    });
    await settle();
    turn.abort();
    await expect(hearing).rejects.toMatchObject({ name: 'AbortError' });
    const stop = vi.fn();
    const { port1 } = new MessageChannel();
    open({ port: port1, lost: never(), watchMuted: () => undefined, stop });
    await settle();
    expect(stop).toHaveBeenCalledOnce();
    port1.close();
  });

  it('is nothing heard when the button is pressed again before it is open', async () => {
    const { settle, hearing, ear } = setUp({ openMicrophone: never });
    await settle();
    ear.stop();
    expect((await hearing).utterance).toBeNull();
  });

  it.each(faultKinds)('whose opening meets %s ends the turn, and the next one hears', async (kind) => {
    const { port1, port2 } = new MessageChannel();
    port2.close();
    const open = async (): Promise<OpenMicrophone> => ({
      port: port1,
      lost: never(),
      watchMuted: () => undefined,
      stop: () => undefined,
    });
    const effects = { loseGpu: () => undefined, loseWorker: () => undefined };
    const faulty = withFaults({ open }, 'microphone', createFaults(`microphone.open:${kind}@1`, { seed: 2 }), effects);
    const { ear, hearing, settle, finish } = setUp({ openMicrophone: faulty.open });
    const harmless = kind === 'gpu-lost' || kind === 'late';
    await settle(harmless ? 1000 : 11_000);
    finish(spoken);
    if (harmless) expect((await hearing).utterance).toBe(spoken);
    else await expect(hearing).rejects.toBeInstanceOf(Error);
    const next = ear.hear({ signal: new AbortController().signal });
    await settle();
    finish(spoken);
    expect((await next).utterance).toBe(spoken);
    port1.close();
  });
});

describe('an ear', () => {
  it('that notices nothing for 5 s is deaf: the turn fails and its worker is told', async () => {
    const { settle, hear, hearing, listened } = setUp();
    await settle();
    await settle(4000);
    hear(level(-50));
    await settle(4999);
    expect(listened.aborted).toBe(false);
    await settle(1);
    await expect(hearing).rejects.toMatchObject({ code: 'model-failed' });
    expect(listened.aborted).toBe(true);
  });

  it('that notices sound for ever without an end has lost it: the turn fails and its worker is told', async () => {
    const { settle, hear, hearing, listened } = setUp();
    hearing.catch(() => undefined);
    await settle();
    for (let second = 0; second < 46; second++) {
      await settle(1000);
      hear(level(-50));
    }
    await expect(hearing).rejects.toMatchObject({ code: 'model-failed' });
    expect(listened.aborted).toBe(true);
  });

  it('says so when it could not keep all that was said', async () => {
    const { settle, finish, hearing, troubles } = setUp();
    await settle();
    finish(new Float32Array(28 * 16_000));
    expect((await hearing).utterance).toHaveLength(28 * 16_000);
    expect(troubles).toEqual(['speech-cut']);
  });

  it('ends the utterance when the button is pressed again', async () => {
    const { settle, ear, hearing } = setUp();
    await settle();
    ear.stop();
    expect((await hearing).utterance).toBeNull();
  });
});
