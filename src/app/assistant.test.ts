import { describe, expect, it, vi } from 'vitest';
import type { Loaded } from '../ai/engines.ts';
import { silentLogger } from '../log.ts';
import type { Task, Understanding } from '../schema.ts';
import { type AssistantParts, createAssistant } from './assistant.ts';
import type { AssistantEvent } from './assistant-port.ts';
import { createFailedHost, createHost, joinSentences } from './host.ts';
import { levelOf } from './microphone-ear.ts';

const loaded: Loaded = { packId: 'whisper-fake', backend: 'wasm', threads: 1 };
const greeting: Understanding = { intent: 'greeting', confidence: 1, by: 'template', slots: {} };
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

function setUp(changes: Partial<AssistantParts> = {}) {
  const stop = vi.fn();
  const { port1 } = new MessageChannel();
  port1.close();
  let turns = 0;
  const parts: AssistantParts = {
    ears: {
      load: vi.fn(async () => loaded),
      hear: async () => ({ utterance: new Float32Array(16_000), decodeMs: 1, vadMs: 1 }),
      listen: async (_, { onEvent }) => {
        onEvent({ type: 'level', rmsDb: -12, peakDb: -6, speechProbability: 1 });
        return new Float32Array(16_000);
      },
      stop: vi.fn(async () => undefined),
    },
    stt: {
      load: vi.fn(async () => loaded),
      transcribe: async () => ({ text: 'bonjour', confidence: -0.1, backend: 'wasm' }),
    },
    intents: { load: vi.fn(async () => loaded), understand: async () => greeting },
    tts: {
      load: vi.fn(async () => loaded),
      speak: async () => ({ samples: new Float32Array(100), sampleRate: 22_050 }),
    },
    models: [{ packId: 'whisper-fake', task: 'stt', name: 'Essai', trial: true }],
    respond: async ({ understanding }) => ({ understanding, answer: 'Bonjour!' }),
    splitSentences: (answer) => [answer],
    play: async (_, { onStart }) => onStart(),
    speaker: 0,
    openMicrophone: async () => ({ port: port1, lost: never(), watchMuted: () => undefined, stop }),
    isAskingPermission: async () => false,
    hearRecording: () => async () => ({ utterance: new Float32Array(16_000), decodeMs: 1, vadMs: 1, endedAt: 0 }),
    log: silentLogger,
    now: () => performance.now(),
    newId: () => `turn-${++turns}`,
    ...changes,
  };
  const assistant = createAssistant(parts);
  const events: AssistantEvent[] = [];
  assistant.subscribe((event) => events.push(event));
  const ended = () =>
    vi.waitFor(() => {
      const end = events.find((event) => event.type === 'turn' && event.event.type === 'turn-end');
      if (end?.type !== 'turn' || end.event.type !== 'turn-end') throw new Error('no turn ended');
      return end.event.turn;
    });
  return { assistant, parts, events, stop, ended };
}

describe('the assistant', () => {
  it('is ready before the voice is loaded', async () => {
    const { assistant, events } = setUp({ tts: { load: never, speak: never } });
    expect(await assistant.ready()).toEqual(loaded);
    expect(events.map(({ type }) => type)).toEqual(['models', 'loading', 'ready']);
  });

  it('has sentences rendered ahead once the voice is there, and after each turn', async () => {
    const renderAhead = vi.fn(async () => undefined);
    const { assistant, ended } = setUp({ renderAhead });
    await assistant.ready();
    await vi.waitFor(() => expect(renderAhead).toHaveBeenCalledTimes(1));
    assistant.say('bonjour');
    await ended();
    expect(renderAhead).toHaveBeenCalledTimes(2);
  });

  it('says which model could not be loaded, and loads it at the next try', async () => {
    const { assistant, parts, events } = setUp();
    vi.mocked(parts.stt.load).mockRejectedValueOnce(new Error('no network'));
    await expect(assistant.ready()).rejects.toThrow('no network');
    expect(events.at(-1)).toMatchObject({ type: 'failed', notice: { code: 'model-failed', message: 'no network' } });
    assistant.retry();
    await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ type: 'ready' }));
  });

  it('loads anew at the next try, whatever becomes of the rest of the failed one', async () => {
    const { assistant, parts, events } = setUp();
    let failLate = (_error: Error): void => undefined;
    const late = new Promise<Loaded>((_, reject) => {
      failLate = (error) => {
        vi.mocked(parts.intents.load).mockResolvedValue(loaded);
        reject(error);
      };
    });
    vi.mocked(parts.stt.load).mockRejectedValueOnce(new Error('no network'));
    // Whoever asks while a load is under way gets that one.
    vi.mocked(parts.intents.load).mockReturnValue(late);
    await expect(assistant.ready()).rejects.toThrow('no network');
    assistant.retry();
    await Promise.resolve();
    expect(events.at(-1)).toMatchObject({ type: 'loading' });
    failLate(new Error('no network'));
    await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ type: 'ready' }));
    expect(events.filter(({ type }) => type === 'failed')).toHaveLength(1);
  });

  it('loads the model of a lost worker at once, again when that fails, and says so', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let lose = (_task: Task): void => undefined;
    const onWorkerLost: AssistantParts['onWorkerLost'] = (listener) => {
      lose = listener;
    };
    const { assistant, parts, events } = setUp({ onWorkerLost });
    await assistant.ready();
    events.length = 0;
    vi.mocked(parts.stt.load).mockRejectedValueOnce(new Error('no network'));
    lose('stt');
    lose('stt');
    await vi.advanceTimersByTimeAsync(5000);
    expect(events).toEqual([
      { type: 'reloading', task: 'stt' },
      { type: 'reloaded', task: 'stt' },
    ]);
    expect(parts.stt.load).toHaveBeenCalledTimes(3);
    vi.useRealTimers();
  });

  it('fails when a lost worker cannot be replaced, and can be told to try again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let lose = (_task: Task): void => undefined;
    const onWorkerLost: AssistantParts['onWorkerLost'] = (listener) => {
      lose = listener;
    };
    const { assistant, parts, events } = setUp({ onWorkerLost });
    await assistant.ready();
    for (let time = 0; time < 3; time++) {
      vi.mocked(parts.intents.load).mockRejectedValueOnce(new Error('no network'));
    }
    lose('intent');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(events.map(({ type }) => type).slice(-2)).toEqual(['failed', 'reloaded']);
    assistant.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(events.at(-1)).toMatchObject({ type: 'ready' });
    vi.useRealTimers();
  });

  it('ends a turn with an outcome even when its model cannot be loaded', async () => {
    const load = () => Promise.reject(new Error('no network'));
    const { assistant } = setUp({ stt: { load, transcribe: never } });
    const { turn } = await assistant.process({ recording: new Float32Array(16_000) });
    expect(turn).toMatchObject({ outcome: 'failed', answer: null });
  });

  it('hears the microphone for one utterance and closes it', async () => {
    const { assistant, events, stop, ended } = setUp();
    assistant.startListening();
    expect((await ended()).outcome).toBe('answered');
    expect(stop).toHaveBeenCalledOnce();
    const levels = events.flatMap((event) => (event.type === 'level' ? [event.level] : []));
    expect(levels).toEqual([1, 0]);
  });

  it('ends the turn when the microphone is unplugged, and closes it', async () => {
    const { port1 } = new MessageChannel();
    port1.close();
    const stop = vi.fn();
    const { assistant, ended } = setUp({
      ears: { ...setUp().parts.ears, listen: never },
      openMicrophone: async () => ({
        port: port1,
        lost: Promise.reject(new Error('unplugged')),
        watchMuted: () => undefined,
        stop,
      }),
    });
    assistant.startListening();
    expect((await ended()).outcome).toBe('failed');
    expect(stop).toHaveBeenCalledOnce();
  });

  it('closes the microphone when the turn is cancelled', async () => {
    const { assistant, stop, ended, parts } = setUp();
    const listen = vi.fn<AssistantParts['ears']['listen']>(
      (_, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    parts.ears.listen = listen;
    assistant.startListening();
    await vi.waitFor(() => expect(listen).toHaveBeenCalled());
    assistant.cancel();
    expect((await ended()).outcome).toBe('cancelled');
    await vi.waitFor(() => expect(stop).toHaveBeenCalledOnce());
  });
});

describe('window.lagrace', () => {
  it('gives the turn and the answer as a WAV file, without playing it', async () => {
    const play = vi.fn();
    const { assistant } = setUp({ play });
    const host = createHost(assistant);
    const { turn, audio } = await host.processText('bonjour');
    expect(turn).toMatchObject({ outcome: 'answered', answer: 'Bonjour!' });
    expect(new TextDecoder().decode(audio?.slice(0, 4))).toBe('RIFF');
    expect(play).not.toHaveBeenCalled();
    expect((await host.processAudio(new ArrayBuffer(4))).turn.transcript).toBe('bonjour');
  });

  it('tells the reason when the page could not start', async () => {
    const host = createFailedHost(new Error('no manifest'));
    await expect(host.ready).rejects.toThrow('no manifest');
    await expect(host.processText('bonjour')).rejects.toThrow('no manifest');
  });

  it('gives no sound when nothing was said', () => {
    expect(joinSentences([])).toBeNull();
  });

  it('puts a pause between sentences', () => {
    const speech = { samples: new Float32Array(1000), sampleRate: 1000 };
    expect(joinSentences([speech, speech])?.byteLength).toBe(44 + 2 * (1000 + 150 + 1000));
  });
});

it('shows a quiet room as 0 and a close voice as 1', () => {
  expect(levelOf(-90)).toBe(0);
  expect(levelOf(-36)).toBeCloseTo(0.5);
  expect(levelOf(0)).toBe(1);
});
