import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger, type LogEntry } from '../log.ts';
import type { Understanding } from '../schema.ts';
import { createFaults, type FaultKind, faultKinds, withFaults } from './faults.ts';
import { createFakeIntentModel } from './nlu/fake.ts';
import { createFakeSpeechToText } from './stt/fake.ts';
import { createFakeTextToSpeech } from './tts/fake.ts';
import { createTurns, type Hear, type Play, type TurnEvent } from './turn.ts';

const greeting: Understanding = { intent: 'greeting', confidence: 1, by: 'template', slots: {} };
const never = new AbortController().signal;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Turns over fakes whose every call may fail by `rules`. */
async function setUp(rules: string, seed = 1) {
  const faults = createFaults(rules, { seed });
  const lost: string[] = [];
  const effects = { loseGpu: () => lost.push('gpu'), loseWorker: (port: string) => lost.push(port) };
  const stt = createFakeSpeechToText();
  const intents = createFakeIntentModel({ understood: { 'bonjour madame': greeting } });
  const tts = createFakeTextToSpeech();
  for (const engine of [stt, intents, tts]) await engine.load({ signal: never });
  const events: TurnEvent[] = [];
  const entries: LogEntry[] = [];
  const ear: { hear: Hear } = {
    hear: async () => ({ utterance: new Float32Array(16_000).fill(0.5), decodeMs: null, vadMs: null, endedAt: 0 }),
  };
  const loudspeaker: { play: Play } = { play: async (_, { onStart }) => onStart() };
  const wrap = <P extends object>(port: P, name: string): P => withFaults(port, name, faults, effects);
  let ids = 0;
  const turns = createTurns({
    stt: wrap(stt, 'stt'),
    intents: wrap(intents, 'nlu'),
    tts: wrap(tts, 'tts'),
    play: wrap(loudspeaker, 'loudspeaker').play,
    respond: async ({ understanding }) => ({ understanding, answer: 'Bonjour. Que puis-je faire?' }),
    splitSentences: (answer) => answer.split(/(?<=\.) /),
    speaker: 0,
    models: () => ({}),
    emit: (event) => events.push(event),
    log: createLogger((entry) => entries.push(entry)),
    now: () => performance.now(),
    newId: () => `turn-${++ids}`,
  });
  const { hear } = wrap(ear, 'ear');
  /** A spoken turn, with ten minutes for it to give up whatever hangs. */
  const speak = async () => {
    const running = turns.start({ kind: 'speech', hear });
    await vi.advanceTimersByTimeAsync(600_000);
    return running;
  };
  return { faults, lost, events, speak };
}

const places = ['stt.transcribe', 'nlu.understand', 'tts.speak', 'loudspeaker.play'] as const;
const cases = places.flatMap((place) => faultKinds.map((kind): [string, FaultKind] => [place, kind]));

describe('a turn', () => {
  it.each(cases)('whose %s meets %s ends once, and the next is answered in full', async (place, kind) => {
    const { faults, events, speak } = await setUp(`${place}:${kind}@1`);
    const first = await speak();
    expect(faults.drawn.get(`${place} ${kind}`)).toBe(1);
    expect(events.filter(({ type }) => type === 'turn-end')).toHaveLength(1);
    const harmless = kind === 'late' || kind === 'gpu-lost' || (kind === 'garbage' && place === 'loudspeaker.play');
    const onlySound = place === 'tts.speak' || place === 'loudspeaker.play';
    expect(first.outcome).toBe(harmless || onlySound ? 'answered' : 'failed');
    if (harmless) expect(first.error).toBeNull();
    else expect(first.error?.message).toMatch(/^[A-ZÀ-Ü].*[.!]$/);
    expect(await speak()).toMatchObject({ outcome: 'answered', transcript: 'bonjour madame', error: null });
  });

  it('never shows what an engine answered out of its mind', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      for (const place of ['ear.hear', 'stt.transcribe', 'nlu.understand', 'tts.speak']) {
        const { events, speak } = await setUp(`${place}:garbage`, seed);
        const turn = await speak();
        expect(turn.error, `${place} with seed ${seed}`).toMatchObject({ code: 'model-failed' });
        const told = events.filter(({ type }) => type !== 'turn-start' && type !== 'turn-end' && type !== 'stage');
        const wellFormed = told.every(
          (event) =>
            (event.type === 'partial' && 'bonjour madame'.startsWith(event.text)) ||
            (event.type === 'transcript' && event.text === 'bonjour madame') ||
            (event.type === 'understood' && event.understanding.intent === 'greeting') ||
            event.type === 'answer',
        );
        expect(wellFormed, `${place} with seed ${seed}`).toBe(true);
      }
    }
  });

  it('gives a hung recogniser 10 s and 3 s more for each second of speech', async () => {
    const { speak } = await setUp('stt.transcribe:hang');
    const { timings } = await speak();
    expect(timings.stt).toBeGreaterThanOrEqual(12_999);
    expect(timings.stt).toBeLessThan(13_100);
  });

  // An ear bounds its own hearing: see microphone-ear.test.ts.
  it('survives any faults anywhere, turn after turn', async () => {
    const turns = process.env['LAWS'] === 'long' ? 5000 : 300;
    const { events, faults, speak } = await setUp(
      'stt.*:any%10,nlu.*:any%10,tts.*:any%10,loudspeaker.*:any%10,ear.*:throw%5',
      7,
    );
    const outcomes = new Set<string>();
    for (let turn = 0; turn < turns; turn++) outcomes.add((await speak()).outcome);
    expect(events.filter(({ type }) => type === 'turn-start')).toHaveLength(turns);
    expect(events.filter(({ type }) => type === 'turn-end')).toHaveLength(turns);
    expect([...outcomes].toSorted()).toEqual(['answered', 'failed']);
    for (const kind of faultKinds) expect([...faults.drawn.keys()].some((name) => name.endsWith(kind))).toBe(true);
  });
});

describe('faults', () => {
  it('are the same for the same seed and calls', () => {
    const draw = (seed: number): (FaultKind | null)[] => {
      const faults = createFaults('*:any%30', { seed });
      return Array.from({ length: 200 }, () => faults.draw('stt.transcribe'));
    };
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });

  it('strike about as often as they are told to, every kind', () => {
    const faults = createFaults('*:any%5', { seed: 1 });
    const drawn = Array.from({ length: 20_000 }, () => faults.draw('a.b')).filter((kind) => kind !== null);
    expect(drawn.length).toBeGreaterThan(900);
    expect(drawn.length).toBeLessThan(1100);
    for (const kind of faultKinds) expect(drawn.filter((one) => one === kind).length).toBeGreaterThan(120);
  });

  it('strike only where they are wanted, and when', () => {
    const faults = createFaults('tts.*:throw@2,stt.transcribe:hang', { seed: 1 });
    expect(['tts.load', 'tts.speak', 'tts.speak', 'nlu.load', 'stt.transcribe'].map(faults.draw)).toEqual([
      null,
      'throw',
      null,
      null,
      'hang',
    ]);
  });

  it.each(['nonsense', 'stt.transcribe:explode', ':throw'])('refuse %j, which says nothing', (rules) => {
    expect(() => createFaults(rules, { seed: 1 })).toThrow(RangeError);
  });
});
