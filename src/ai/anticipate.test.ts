import { describe, expect, it } from 'vitest';
import { LaGraceError } from '../errors.ts';
import type { Understanding } from '../schema.ts';
import { anticipate, recogniseWith } from './anticipate.ts';
import type { Transcript, Utterance } from './engines.ts';

const greeting: Understanding = { intent: 'greeting', confidence: 1, by: 'template', slots: {} };
const loaded = async () => ({ packId: 'fake', backend: 'wasm' as const, threads: 1 });

/** One call of the recogniser, which a test answers. */
interface Call {
  utterance: Utterance;
  signal: AbortSignal;
  onPartial: ((text: string) => void) | undefined;
  answer: (text: string) => void;
  fail: (error: Error) => void;
}

function setUp() {
  const calls: Call[] = [];
  const understood: string[] = [];
  const partials: string[] = [];
  const turn = new AbortController();
  const spoken: { sentence: string; signal: AbortSignal }[] = [];
  const recognise = recogniseWith(
    {
      load: loaded,
      transcribe: (utterance, { signal, onPartial }) =>
        new Promise<Transcript>((resolve, reject) => {
          const answer = (text: string): void => resolve({ text, confidence: -0.1, backend: 'wasm' });
          calls.push({ utterance, signal, onPartial, answer, fail: reject });
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    },
    {
      load: loaded,
      understand: async (text) => {
        understood.push(text);
        return greeting;
      },
    },
  );
  const anticipation = anticipate(
    {
      recognise,
      foresee: async ({ text }) => (text === 'oui' ? null : `Vous dites ${text}.`),
      speak: async (sentence, { signal }) => {
        spoken.push({ sentence, signal });
        return { samples: new Float32Array(3), sampleRate: 22_050 };
      },
    },
    turn.signal,
  );
  const finish = (samples: number) =>
    anticipation.recognise(sound(samples), { signal: turn.signal, onPartial: (text) => partials.push(text) });
  return { anticipation, calls, understood, partials, spoken, turn, finish };
}
const sound = (samples: number): Utterance => new Float32Array(samples);

describe('recognition that begins at a pause', () => {
  it('is the utterance’s, words and meaning, where nothing more was said', async () => {
    const { anticipation, calls, understood, finish } = setUp();
    anticipation.onPause(sound(300));
    calls[0]?.answer('bonjour');
    await expect.poll(() => understood).toEqual(['bonjour']);
    const { transcript, understanding } = finish(300);
    expect(await transcript).toMatchObject({ text: 'bonjour' });
    expect(await understanding).toEqual(greeting);
    expect(calls).toHaveLength(1);
    expect(understood).toEqual(['bonjour']);
  });

  it('is given up where the speech goes on, and the whole utterance is heard', async () => {
    const { anticipation, calls, finish } = setUp();
    anticipation.onPause(sound(300));
    anticipation.onPause(null);
    expect(calls[0]?.signal.aborted).toBe(true);
    const { transcript } = finish(500);
    expect(calls[1]?.utterance).toHaveLength(500);
    calls[1]?.answer('bonjour madame');
    expect(await transcript).toMatchObject({ text: 'bonjour madame' });
  });

  it('is not taken for an utterance that is longer, though nobody said that the speech went on', async () => {
    const { anticipation, calls, finish } = setUp();
    anticipation.onPause(sound(300));
    const { transcript } = finish(301);
    expect(calls[0]?.signal.aborted).toBe(true);
    calls[1]?.answer('bonjour');
    expect(await transcript).toMatchObject({ text: 'bonjour' });
  });

  it('begins anew at a second pause', async () => {
    const { anticipation, calls, finish } = setUp();
    for (const samples of [300, 400]) anticipation.onPause(sound(samples));
    expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    const { transcript } = finish(400);
    calls[1]?.answer('bonjour');
    expect(await transcript).toMatchObject({ text: 'bonjour' });
    expect(calls).toHaveLength(2);
  });

  it('shows no word before the end is known, then all there are, then each as it comes', () => {
    const { anticipation, calls, partials, finish } = setUp();
    anticipation.onPause(sound(300));
    calls[0]?.onPartial?.('une');
    calls[0]?.onPartial?.('une facture');
    expect(partials).toEqual([]);
    finish(300);
    calls[0]?.onPartial?.('une facture de');
    expect(partials).toEqual(['une facture', 'une facture de']);
  });

  it('that failed fails the utterance, once it is asked for', async () => {
    const { anticipation, calls, finish } = setUp();
    anticipation.onPause(sound(300));
    calls[0]?.fail(new LaGraceError('model-failed', 'boom'));
    const { transcript, understanding } = finish(300);
    await expect(transcript).rejects.toMatchObject({ code: 'model-failed' });
    await expect(understanding).rejects.toMatchObject({ code: 'model-failed' });
  });

  it('understands nothing where there are no words', async () => {
    const { anticipation, calls, understood, finish } = setUp();
    anticipation.onPause(sound(300));
    calls[0]?.answer('');
    expect(await finish(300).understanding).toMatchObject({ intent: 'unknown' });
    expect(understood).toEqual([]);
  });

  it('makes the sound of the sentence that the answer would begin with', async () => {
    const { anticipation, calls, spoken, finish } = setUp();
    anticipation.onPause(sound(300));
    calls[0]?.answer('bonjour');
    await expect.poll(() => spoken.map(({ sentence }) => sentence)).toEqual(['Vous dites bonjour.']);
    finish(300);
    expect(await anticipation.speechOf('Vous dites bonjour.')).toMatchObject({ sampleRate: 22_050 });
    expect(anticipation.speechOf('Vous dites autre chose.')).toBeNull();
  });

  it('makes no sound where the answer is not known before something is done', async () => {
    const { anticipation, calls, spoken, understood } = setUp();
    anticipation.onPause(sound(300));
    calls[0]?.answer('oui');
    await expect.poll(() => understood).toEqual(['oui']);
    await new Promise((resolve) => setImmediate(resolve));
    expect(spoken).toEqual([]);
  });

  it('makes no sound once the speech has ended: the answer itself is made then', async () => {
    const { anticipation, calls, spoken, finish } = setUp();
    anticipation.onPause(sound(300));
    const { understanding } = finish(300);
    calls[0]?.answer('bonjour');
    await understanding;
    await new Promise((resolve) => setImmediate(resolve));
    expect(spoken).toEqual([]);
    expect(anticipation.speechOf('Vous dites bonjour.')).toBeNull();
  });

  it('gives a sound up where the speech goes on', async () => {
    const { anticipation, calls, spoken } = setUp();
    anticipation.onPause(sound(300));
    calls[0]?.answer('bonjour');
    await expect.poll(() => spoken.length).toBe(1);
    anticipation.onPause(null);
    expect(spoken[0]?.signal.aborted).toBe(true);
    expect(anticipation.speechOf('Vous dites bonjour.')).toBeNull();
  });

  it('ends with the turn, and with whoever needs it no more', () => {
    const ended = setUp();
    ended.anticipation.onPause(sound(300));
    ended.anticipation.end();
    expect(ended.calls[0]?.signal.aborted).toBe(true);
    const cancelled = setUp();
    cancelled.anticipation.onPause(sound(300));
    cancelled.turn.abort();
    expect(cancelled.calls[0]?.signal.aborted).toBe(true);
    cancelled.anticipation.onPause(sound(400));
    expect(cancelled.calls).toHaveLength(1);
  });
});
