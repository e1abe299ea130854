import { describe, expect, it, vi } from 'vitest';
import { LaGraceError } from '../errors.ts';
import { createLogger } from '../log.ts';
import type { Understanding } from '../schema.ts';
import type { Speech } from './engines.ts';
import { createTurns, type Hear, runTurn, type TurnDependencies, type TurnEvent } from './turn.ts';

const greeting: Understanding = { intent: 'greeting', confidence: 1, by: 'template', slots: {} };
const sound: Speech = { samples: new Float32Array(220), sampleRate: 22_050 };
const loaded = async () => ({ packId: 'fake', backend: 'wasm' as const, threads: 1 });
const speech: Hear = async () => ({ utterance: new Float32Array(16_000), decodeMs: 2, vadMs: 3, endedAt: 0 });
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

function setUp(changes: Partial<TurnDependencies> = {}) {
  const events: TurnEvent[] = [];
  let clock = 0;
  let turns = 0;
  const dependencies: TurnDependencies = {
    stt: { load: loaded, transcribe: async () => ({ text: 'bonjour', confidence: -0.1, backend: 'wasm' }) },
    intents: { load: loaded, understand: async () => greeting },
    tts: { load: loaded, speak: async () => sound },
    respond: async ({ understanding }) => ({ understanding, answer: 'Bonjour! Comment puis-je vous aider?' }),
    splitSentences: (answer) => answer.split(/(?<=[!?]) /),
    play: async (_, { onStart }) => onStart(),
    speaker: 0,
    models: () => ({ stt: 'whisper-fake' }),
    emit: (event) => events.push(event),
    log: createLogger(() => undefined),
    now: () => ++clock,
    newId: () => `turn-${++turns}`,
    ...changes,
  };
  return { events, dependencies, types: () => events.map(({ type }) => type) };
}
const signal = () => new AbortController().signal;
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a turn', () => {
  it('tells all that happens in order and reports it at its end', async () => {
    const { dependencies, types } = setUp();
    const turn = await runTurn({ kind: 'speech', hear: speech }, dependencies, signal());
    expect(types()).toEqual([
      'turn-start',
      'stage',
      'stage',
      'transcript',
      'understood',
      'answer',
      'stage',
      'sentence',
      'sentence',
      'turn-end',
    ]);
    expect(turn).toMatchObject({
      outcome: 'answered',
      transcript: 'bonjour',
      transcriptConfidence: -0.1,
      understanding: greeting,
      answer: 'Bonjour! Comment puis-je vous aider?',
      backend: 'wasm',
      models: { stt: 'whisper-fake' },
      error: null,
    });
    for (const ms of Object.values(turn.timings)) expect(ms).toBeGreaterThan(0);
  });

  it('passes partial text on as it comes', async () => {
    const { dependencies, events } = setUp({
      stt: {
        load: loaded,
        transcribe: async (_, { onPartial }) => {
          onPartial?.('bon');
          return { text: 'bonjour', confidence: 0, backend: 'wasm' };
        },
      },
    });
    await runTurn({ kind: 'speech', hear: speech }, dependencies, signal());
    expect(events).toContainEqual({ type: 'partial', turnId: 'turn-1', text: 'bon' });
  });

  it('hears nothing when nobody spoke, and says nothing', async () => {
    const { dependencies, types } = setUp();
    const hear: Hear = async () => ({ utterance: null, decodeMs: 1, vadMs: 1, endedAt: 0 });
    const turn = await runTurn({ kind: 'speech', hear }, dependencies, signal());
    expect(turn).toMatchObject({ outcome: 'nothing-heard', transcript: null, answer: null });
    expect(types()).not.toContain('sentence');
  });

  it('does not understand speech without words, and says so', async () => {
    const understand = vi.fn();
    const { dependencies } = setUp({
      stt: { load: loaded, transcribe: async () => ({ text: '', confidence: 0, backend: 'wasm' }) },
      intents: { load: loaded, understand },
      respond: async ({ understanding }) => ({
        understanding,
        answer: understanding.intent === 'unknown' ? 'Je n’ai pas bien compris.' : 'autre',
      }),
    });
    const turn = await runTurn({ kind: 'speech', hear: speech }, dependencies, signal());
    expect(turn).toMatchObject({ outcome: 'not-understood', answer: 'Je n’ai pas bien compris.' });
    expect(understand).not.toHaveBeenCalled();
  });

  it('does not say that it listens before it hears', async () => {
    const { dependencies, events } = setUp();
    const stages = (): string[] => events.flatMap((event) => (event.type === 'stage' ? [event.stage] : []));
    const hear: Hear = async (options) => {
      expect(stages()).toEqual(['opening']);
      options.onListening?.();
      expect(stages()).toEqual(['opening', 'listening']);
      return speech(options);
    };
    expect(await runTurn({ kind: 'speech', hear }, dependencies, signal())).toMatchObject({ outcome: 'answered' });
    expect(stages()).toEqual(['opening', 'listening', 'thinking', 'speaking']);
  });

  it('takes the words that were recognised at a pause, where the ear then ends', async () => {
    const transcribe = vi.fn(async () => ({ text: 'bonjour', confidence: -0.1, backend: 'wasm' as const }));
    const hear: Hear = async ({ onPause }) => {
      onPause?.(new Float32Array(8000));
      await tick();
      onPause?.(null);
      onPause?.(new Float32Array(16_000));
      await tick();
      expect(transcribe).toHaveBeenCalledTimes(2);
      return { utterance: new Float32Array(16_000), decodeMs: null, vadMs: null, endedAt: 0 };
    };
    const { dependencies, types } = setUp({ stt: { load: loaded, transcribe } });
    expect(await runTurn({ kind: 'speech', hear }, dependencies, signal())).toMatchObject({ outcome: 'answered' });
    expect(transcribe).toHaveBeenCalledTimes(2);
    expect(types().filter((type) => type === 'transcript')).toHaveLength(1);
  });

  it('says a sentence that was made at the pause without making it again', async () => {
    const made: string[] = [];
    const hear: Hear = async ({ onPause }) => {
      onPause?.(new Float32Array(16_000));
      await vi.waitFor(() => expect(made).toEqual(['Bonjour!']));
      return { utterance: new Float32Array(16_000), decodeMs: null, vadMs: null, endedAt: 0 };
    };
    const { dependencies, types } = setUp({
      foresee: async () => 'Bonjour! Comment puis-je vous aider?',
      tts: {
        load: loaded,
        speak: async (sentence) => {
          made.push(sentence);
          return sound;
        },
      },
    });
    expect(await runTurn({ kind: 'speech', hear }, dependencies, signal())).toMatchObject({ outcome: 'answered' });
    expect(made).toEqual(['Bonjour!', 'Comment puis-je vous aider?']);
    expect(types().filter((type) => type === 'sentence')).toHaveLength(2);
  });

  it('leaves no recognition running when the ear fails after a pause', async () => {
    let recognising: AbortSignal | undefined;
    const { dependencies } = setUp({
      stt: {
        load: loaded,
        transcribe: (_, options) => {
          recognising = options.signal;
          return never();
        },
      },
    });
    const hear: Hear = async ({ onPause }) => {
      onPause?.(new Float32Array(8000));
      await tick();
      throw new LaGraceError('microphone-lost', 'unplugged');
    };
    expect(await runTurn({ kind: 'speech', hear }, dependencies, signal())).toMatchObject({ outcome: 'failed' });
    expect(recognising?.aborted).toBe(true);
  });

  it('does not recognise what an ear that is out of order gives for a pause', async () => {
    const transcribe = vi.fn(async () => ({ text: 'bonjour', confidence: -0.1, backend: 'wasm' as const }));
    const hear: Hear = async ({ onPause }) => {
      for (const nonsense of [undefined, 42, [0.1], new Float32Array([Number.NaN])]) onPause?.(nonsense as never);
      return { utterance: null, decodeMs: null, vadMs: null, endedAt: 0 };
    };
    const { dependencies } = setUp({ stt: { load: loaded, transcribe } });
    expect(await runTurn({ kind: 'speech', hear }, dependencies, signal())).toMatchObject({ outcome: 'nothing-heard' });
    expect(transcribe).not.toHaveBeenCalled();
  });

  it('understands typed text without listening', async () => {
    const { dependencies } = setUp();
    const turn = await runTurn({ kind: 'text', text: '  bonjour ' }, dependencies, signal());
    expect(turn).toMatchObject({
      outcome: 'answered',
      transcript: 'bonjour',
      backend: null,
      transcriptConfidence: null,
    });
  });

  it.each<[string, Partial<TurnDependencies>]>([
    ['the speech gate', {}],
    ['the recogniser', { stt: { load: loaded, transcribe: () => Promise.reject(new Error('boom')) } }],
    ['the intent model', { intents: { load: loaded, understand: () => Promise.reject(new Error('boom')) } }],
    [
      'the answer',
      {
        respond: () => {
          throw new Error('boom');
        },
      },
    ],
  ])('fails with a French sentence when %s throws, and ends once', async (name, changes) => {
    const { dependencies, events } = setUp(changes);
    const hear: Hear =
      name === 'the speech gate' ? () => Promise.reject(new LaGraceError('audio-empty', 'no')) : speech;
    const turn = await runTurn({ kind: 'speech', hear }, dependencies, signal());
    expect(turn.outcome).toBe('failed');
    expect(turn.error?.message).toMatch(/^[A-ZÀ-Ü].*[.!]$/);
    expect(events.filter(({ type }) => type === 'turn-end')).toHaveLength(1);
  });

  it.each<[string, Partial<TurnDependencies>]>([
    ['cannot speak', { tts: { load: loaded, speak: () => Promise.reject(new Error('boom')) } }],
    ['cannot be played', { play: () => Promise.reject(new Error('no loudspeaker')) }],
  ])('is still answered on screen when the voice %s', async (_, changes) => {
    const { dependencies } = setUp(changes);
    const turn = await runTurn({ kind: 'text', text: 'bonjour' }, dependencies, signal());
    expect(turn).toMatchObject({ outcome: 'answered', answer: 'Bonjour! Comment puis-je vous aider?' });
    expect(turn.error).not.toBeNull();
  });

  it('goes on when a listener throws', async () => {
    const { dependencies } = setUp({
      emit: () => {
        throw new Error('a broken screen');
      },
    });
    expect(await runTurn({ kind: 'text', text: 'bonjour' }, dependencies, signal())).toMatchObject({
      outcome: 'answered',
    });
  });

  it('makes the second sentence while the first is heard', async () => {
    const order: string[] = [];
    let finishPlaying = (): void => undefined;
    const { dependencies } = setUp({
      tts: {
        load: loaded,
        speak: async (sentence) => {
          order.push(`made ${sentence}`);
          return sound;
        },
      },
      play: (_, { onStart }) => {
        onStart();
        order.push('plays');
        return new Promise((resolve) => {
          finishPlaying = resolve;
        });
      },
    });
    const running = runTurn({ kind: 'text', text: 'bonjour' }, dependencies, signal());
    await tick();
    expect(order.toSorted()).toEqual(['made Bonjour!', 'made Comment puis-je vous aider?', 'plays']);
    finishPlaying();
    await tick();
    finishPlaying();
    expect(await running).toMatchObject({ outcome: 'answered' });
    expect(order.at(-1)).toBe('plays');
  });
});

describe('cancelling', () => {
  const hangs: [string, Partial<TurnDependencies>, Hear][] = [
    ['listening', {}, never],
    ['transcribing', { stt: { load: loaded, transcribe: never } }, speech],
    ['understanding', { intents: { load: loaded, understand: never } }, speech],
  ];
  const hangsInVoice: [string, Partial<TurnDependencies>][] = [
    ['synthesising', { tts: { load: loaded, speak: never } }],
    ['playing', { play: never }],
  ];
  it.each(hangs)('ends the turn at once while %s, even if nobody listens to the signal', async (_, changes, hear) => {
    const { dependencies, events } = setUp(changes);
    const controller = new AbortController();
    const running = runTurn({ kind: 'speech', hear }, dependencies, controller.signal);
    await tick();
    controller.abort();
    expect(await running).toMatchObject({ outcome: 'cancelled', answer: null });
    expect(events.filter(({ type }) => type === 'turn-end')).toHaveLength(1);
  });

  it.each(hangsInVoice)('ends the turn at once while %s, and reports the answer nobody heard', async (_, changes) => {
    const { dependencies, events } = setUp(changes);
    const controller = new AbortController();
    const running = runTurn({ kind: 'speech', hear: speech }, dependencies, controller.signal);
    await tick();
    controller.abort();
    expect(await running).toMatchObject({ outcome: 'cancelled', understanding: greeting, answer: expect.any(String) });
    expect(events.filter(({ type }) => type === 'turn-end')).toHaveLength(1);
  });

  describe('while something is being done', () => {
    const reply = { understanding: greeting, answer: 'La facture 7 est faite.' };
    async function cancelDuring(respond: TurnDependencies['respond']) {
      const controller = new AbortController();
      const { dependencies, types } = setUp({
        respond: (heard, options) => {
          queueMicrotask(() => controller.abort());
          return respond(heard, options);
        },
      });
      const running = runTurn({ kind: 'text', text: 'oui' }, dependencies, controller.signal);
      await vi.waitFor(() => expect(controller.signal.aborted).toBe(true));
      return { running, types };
    }

    it('reports what was done all the same, and says nothing', async () => {
      let finish: (done: typeof reply) => void = () => undefined;
      const { running, types } = await cancelDuring(
        () =>
          new Promise((resolve) => {
            finish = resolve;
          }),
      );
      finish(reply);
      expect(await running).toMatchObject({ outcome: 'cancelled', ...reply });
      expect(types()).not.toContain('sentence');
    });

    it('reports nothing where the work stopped before anything was done', async () => {
      const { running } = await cancelDuring(
        (_, { signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      );
      expect(await running).toMatchObject({ outcome: 'cancelled', understanding: null, answer: null });
    });

    it('does not wait for ever', async () => {
      vi.useFakeTimers();
      try {
        const { running } = await cancelDuring(never);
        await vi.advanceTimersByTimeAsync(1000);
        expect(await running).toMatchObject({ outcome: 'cancelled', answer: null });
      } finally {
        vi.useRealTimers();
      }
    });
  });

  it('drops a result that comes too late', async () => {
    let answerLate: (value: Understanding) => void = () => undefined;
    const { dependencies, events, types } = setUp({
      intents: {
        load: loaded,
        understand: () =>
          new Promise((resolve) => {
            answerLate = resolve;
          }),
      },
    });
    const controller = new AbortController();
    const running = runTurn({ kind: 'text', text: 'bonjour' }, dependencies, controller.signal);
    await tick();
    controller.abort();
    const turn = await running;
    const told = events.length;
    answerLate(greeting);
    await tick();
    expect(events).toHaveLength(told);
    expect(types().at(-1)).toBe('turn-end');
    expect(turn.understanding).toBeNull();
  });

  it('happens by itself when a new turn starts', async () => {
    const { dependencies } = setUp();
    const turns = createTurns(dependencies);
    const first = turns.start({ kind: 'speech', hear: never });
    const second = turns.start({ kind: 'text', text: 'bonjour' });
    expect((await first).outcome).toBe('cancelled');
    expect((await second).outcome).toBe('answered');
  });

  it('leaves nothing behind: the next turn works', async () => {
    const { dependencies } = setUp();
    const turns = createTurns(dependencies);
    const first = turns.start({ kind: 'speech', hear: never });
    turns.cancel();
    expect((await first).outcome).toBe('cancelled');
    expect((await turns.start({ kind: 'speech', hear: speech })).outcome).toBe('answered');
  });
});
