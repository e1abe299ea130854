import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger, type LogEntry } from '../../../log.ts';
import type { RecogniserContext, WindowVerdict, WindowVerdicts } from '../../engines.ts';
import type { SttPack } from '../pack-files.ts';
import type { WhisperModel, WindowTranscript } from '../whisper-model.ts';
import { withShortWindows } from './short-windows.ts';

const never = new AbortController().signal;
const sampleRate = 16_000;
const fullSamples = 30 * sampleRate;
const speech = new Float32Array(3 * sampleRate).fill(0.5);
const encoderSha256 = 'e'.repeat(64);
const dtypes = { encoder_model: 'q8', decoder_model_merged: 'q8' } as const;
const pack: SttPack = {
  id: 'base',
  task: 'stt',
  engine: 'whisper',
  dtypes: { wasm: dtypes, webgpu: dtypes },
  name: 'Base',
  trial: false,
  licence: 'MIT',
  source: 'here',
  root: 'base',
  files: [{ path: 'onnx/encoder_model_quantized.onnx', bytes: 1, sha256: encoderSha256 }],
};

type Hear = (seconds: number) => Partial<WindowTranscript> | Error;

/** A model that hears `hear(seconds of the window)`, and how it is asked. */
function setUp(hear: Hear, options: Partial<RecogniserContext> & { takesShortWindows?: boolean } = {}) {
  const { takesShortWindows = true, ...context } = options;
  const asked: number[] = [];
  const signals: AbortSignal[] = [];
  const entries: LogEntry[] = [];
  const dispose = vi.fn(async () => undefined);
  const model: WhisperModel = {
    backend: 'wasm',
    windowSamples: fullSamples,
    takesShortWindows,
    transcribeWindow: async (_, { signal, windowSamples = fullSamples }) => {
      if (signal.aborted) throw new DOMException('cancelled', 'AbortError');
      const seconds = windowSamples / sampleRate;
      asked.push(seconds);
      signals.push(signal);
      const heard = hear(seconds);
      if (heard instanceof Error) throw heard;
      return { text: 'bonjour', logProbability: -1, tokens: 3, isComplete: true, ...heard };
    },
    dispose,
  };
  const files: RecogniserContext['files'] = async () => new Blob();
  const log = createLogger((entry) => entries.push(entry));
  const ear = withShortWindows(model, { pack, files, backend: 'wasm', threads: 1, log, ...context });
  const listen = async (): Promise<string> => (await ear.transcribeWindow(speech, { signal: never })).text;
  /** Listens, and lets the comparison that may follow come to its end. */
  const listenAndWait = async (): Promise<string> => {
    const text = await listen();
    await vi.runAllTimersAsync();
    return text;
  };
  return { ear, asked, signals, entries, dispose, listen, listenAndWait };
}

function createVerdicts(known: Record<string, WindowVerdict> = {}): WindowVerdicts & { known: typeof known } {
  return {
    known,
    read: async (digest) => known[digest] ?? null,
    write: async (digest, verdict) => {
      known[digest] = verdict;
    },
  };
}
const trusted = (): WindowVerdicts => createVerdicts({ [encoderSha256]: 'same' });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a pack that nobody measured', () => {
  it('is heard in full at first, and in a short window once three utterances were the same in it', async () => {
    const windowVerdicts = createVerdicts();
    const { listenAndWait, asked, entries } = setUp(() => ({}), { windowVerdicts });
    for (let utterance = 0; utterance < 4; utterance++) await listenAndWait();
    expect(asked).toEqual([30, 5, 30, 5, 30, 5, 5]);
    expect(windowVerdicts.known).toEqual({ [encoderSha256]: 'same' });
    expect(entries.map(({ level }) => level)).toEqual(['INFO']);
  });

  it('gives the full window’s transcript while it is compared', async () => {
    const { listen } = setUp((seconds) => ({ text: `en ${seconds} secondes` }));
    expect(await listen()).toBe('en 30 secondes');
  });

  it('keeps its full window for good when one utterance differs, and the log says so without what was said', async () => {
    const windowVerdicts = createVerdicts();
    const hear: Hear = (seconds) => ({ text: seconds < 30 ? 'secret' : 'sucré' });
    const { listenAndWait, asked, entries } = setUp(hear, { windowVerdicts });
    for (let utterance = 0; utterance < 3; utterance++) await listenAndWait();
    expect(asked).toEqual([30, 5, 30, 30]);
    expect(windowVerdicts.known).toEqual({ [encoderSha256]: 'different' });
    expect(entries.map(({ level }) => level)).toEqual(['WARN']);
    expect(entries[0]?.message).not.toMatch(/secret|sucré/);
  });

  it('is the same whatever the capitals and the punctuation', async () => {
    const { listenAndWait, asked } = setUp((seconds) => ({
      text: seconds < 30 ? 'bonjour madame' : 'Bonjour, madame.',
    }));
    for (let utterance = 0; utterance < 4; utterance++) await listenAndWait();
    expect(asked.at(-1)).toBe(5);
  });

  it.each<[string, Partial<WindowTranscript>]>([
    ['nothing', { text: '' }],
    ['an invention', { text: 'Sous-titres réalisés par la communauté d’Amara.org' }],
    ['something without an end', { isComplete: false }],
  ])('is not judged by %s', async (_, heard) => {
    const { listenAndWait, asked } = setUp(() => heard);
    await listenAndWait();
    expect(asked).toEqual([30]);
  });

  it('lets the next utterance go before a comparison', async () => {
    const { listen, asked, signals } = setUp(() => ({}));
    await listen();
    await listen();
    await vi.runAllTimersAsync();
    expect(asked).toEqual([30, 30, 5]);
    await listen();
    expect(signals[2]?.aborted).toBe(true);
  });

  it('is compared anew when its encoder’s file is another', async () => {
    const { listen, asked } = setUp(() => ({}), { windowVerdicts: createVerdicts({ ['f'.repeat(64)]: 'same' }) });
    await listen();
    expect(asked).toEqual([30]);
  });
});

describe('what is remembered', () => {
  it.each([
    ['same', 5],
    ['different', 30],
  ] as const)('"%s" makes the window %i s from the first utterance on', async (verdict, seconds) => {
    const { listen, asked } = setUp(() => ({}), { windowVerdicts: createVerdicts({ [encoderSha256]: verdict }) });
    await listen();
    expect(asked).toEqual([seconds]);
  });

  it('may be out of reach without harm', async () => {
    const fails = (): Promise<never> => Promise.reject(new Error('no storage'));
    const { listenAndWait, asked } = setUp(() => ({}), { windowVerdicts: { read: fails, write: fails } });
    for (let utterance = 0; utterance < 4; utterance++) await listenAndWait();
    expect(asked.at(-1)).toBe(5);
  });
});

describe('a pack that is trusted', () => {
  it.each<[string, Partial<WindowTranscript>]>([
    ['is empty', { text: '' }],
    ['has no end', { isComplete: false }],
    ['is an invention', { text: 'Merci d’avoir regardé cette vidéo !' }],
    ['is a loop', { text: 'oui oui oui oui oui oui oui oui' }],
  ])('is heard in full when its short transcript %s', async (_, heard) => {
    const { listen, asked } = setUp((seconds) => (seconds < 30 ? heard : { text: 'bonjour' }), {
      windowVerdicts: trusted(),
    });
    expect(await listen()).toBe('bonjour');
    expect(asked).toEqual([5, 30]);
  });

  it('that fails in a short window is heard in full, then and until it is loaded again', async () => {
    const windowVerdicts = createVerdicts({ [encoderSha256]: 'same' });
    const hear: Hear = (seconds) => (seconds < 30 ? new Error('bad shape') : {});
    const { listen, asked } = setUp(hear, { windowVerdicts });
    expect([await listen(), await listen()]).toEqual(['bonjour', 'bonjour']);
    expect(asked).toEqual([5, 30, 30]);
    expect(windowVerdicts.known).toEqual({ [encoderSha256]: 'same' });
  });

  it('is not heard again for who cancelled', async () => {
    const { ear, asked } = setUp(() => new DOMException('cancelled', 'AbortError'), { windowVerdicts: trusted() });
    await expect(ear.transcribeWindow(speech, { signal: never })).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked).toEqual([5]);
  });

  it('uses its own windows when it names some, without comparing', async () => {
    const { listenAndWait, asked } = setUp(() => ({}), { pack: { ...pack, windowSeconds: [4, 6] } });
    await listenAndWait();
    expect(asked).toEqual([4]);
  });

  it('means it when it hears nothing in one of its own windows, but not when it finds no end', async () => {
    const own = { pack: { ...pack, windowSeconds: [4, 6] } };
    const silent = setUp(() => ({ text: '' }), own);
    expect(await silent.listen()).toBe('');
    expect(silent.asked).toEqual([4]);
    const lost = setUp(() => ({ isComplete: false }), own);
    await lost.listen();
    expect(lost.asked).toEqual([4, 30]);
  });

  it('computes the full window for long speech', async () => {
    const { ear, asked } = setUp(() => ({}), { windowVerdicts: trusted() });
    await ear.transcribeWindow(new Float32Array(25 * sampleRate), { signal: never });
    expect(asked).toEqual([30]);
  });

  it('computes the window that the caller names', async () => {
    const { ear, asked } = setUp(() => ({ text: '' }), { windowVerdicts: trusted() });
    await ear.transcribeWindow(speech, { signal: never, windowSamples: 8 * sampleRate });
    expect(asked).toEqual([8]);
  });
});

it('a model that takes its full window only stays as it is', async () => {
  const { listenAndWait, asked } = setUp(() => ({}), { takesShortWindows: false, windowVerdicts: trusted() });
  await listenAndWait();
  expect(asked).toEqual([30]);
});

it('a model that is let go compares no more', async () => {
  const { ear, listen, asked, dispose } = setUp(() => ({}));
  await listen();
  await ear.dispose();
  await vi.runAllTimersAsync();
  expect(asked).toEqual([30]);
  expect(dispose).toHaveBeenCalledOnce();
});
