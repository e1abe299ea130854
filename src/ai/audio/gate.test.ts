import { describe, expect, it } from 'vitest';
import type { GateEvent, LiveGate } from '../engines.ts';
import { createLiveGate, type SpeechDetector } from './gate.ts';
import { hearUtterance } from './hear.ts';
import { defaultSegmenterOptions } from './segmenter.ts';

const sampleRate = 16_000;
const seconds = (count: number, level: number): Float32Array => new Float32Array(count * sampleRate).fill(level);

/** Each sample is its own place, so that what comes out tells where it was taken from; speech from 1 s to 2 s. */
const ramp = Float32Array.from({ length: 4 * sampleRate }, (_, index) => index);
const speechInRamp: SpeechDetector = {
  frameSamples: 512,
  sampleRate,
  probability: async (frame) => ((frame[0] ?? 0) >= sampleRate && (frame[0] ?? 0) < 2 * sampleRate ? 1 : 0),
};

async function pushAll(gate: LiveGate, samples: Float32Array, chunkSize: number): Promise<GateEvent[]> {
  const events: GateEvent[] = [];
  for (let start = 0; start < samples.length; start += chunkSize) {
    events.push(...(await gate.push(samples.subarray(start, start + chunkSize))));
  }
  return events;
}
const utterancesOf = (events: GateEvent[]) => events.filter((event) => event.type === 'utterance');

describe('a live gate', () => {
  it.each([128, 512, 1000, 16_000])('gives the same utterance from chunks of %i samples', async (chunkSize) => {
    const gate = createLiveGate(speechInRamp, defaultSegmenterOptions);
    const [heard, ...more] = utterancesOf(await pushAll(gate, ramp, chunkSize));
    expect(more).toEqual([]);
    expect(heard?.segment.start).toBeGreaterThan(0.6 * sampleRate);
    expect(heard?.segment.start).toBeLessThan(sampleRate);
    expect(heard?.segment.end).toBeGreaterThan(2 * sampleRate);
    expect(heard?.utterance).toEqual(ramp.slice(heard?.segment.start, heard?.segment.end));
  });

  it('gives a level with every chunk, and its events in the order of the sound', async () => {
    const gate = createLiveGate(speechInRamp, defaultSegmenterOptions);
    const types = (await pushAll(gate, ramp, 512)).map(({ type }) => type);
    expect(types.filter((type) => type === 'level')).toHaveLength(125);
    expect(types.filter((type) => type !== 'level')).toEqual(['speech-start', 'pause', 'utterance']);
  });

  it('has at the pause what is the utterance once nothing follows', async () => {
    const gate = createLiveGate(speechInRamp, defaultSegmenterOptions);
    const events = await pushAll(gate, ramp, 512);
    const pause = events.find((event) => event.type === 'pause');
    expect(pause?.utterance).toEqual(utterancesOf(events)[0]?.utterance);
  });

  it('keeps chunks in order though pushed without waiting', async () => {
    const gate = createLiveGate(speechInRamp, defaultSegmenterOptions);
    const pushes = Array.from({ length: 125 }, (_, index) => gate.push(ramp.subarray(index * 512, (index + 1) * 512)));
    const [heard] = utterancesOf((await Promise.all(pushes)).flat());
    expect(heard?.utterance).toEqual(ramp.slice(heard?.segment.start, heard?.segment.end));
  });

  it('ends an utterance when told that no more will come', async () => {
    const gate = createLiveGate(speechInRamp, defaultSegmenterOptions);
    expect(utterancesOf(await pushAll(gate, ramp.subarray(0, 1.5 * sampleRate), 512))).toEqual([]);
    expect(utterancesOf(await gate.end())).toHaveLength(1);
    expect(await gate.end()).toEqual([]);
  });

  it('goes on after a frame that failed', async () => {
    let failures = 1;
    const flaky: SpeechDetector = {
      ...speechInRamp,
      probability: async (frame) => {
        if (failures-- > 0) throw new Error('once');
        return speechInRamp.probability(frame);
      },
    };
    const gate = createLiveGate(flaky, defaultSegmenterOptions);
    await expect(gate.push(ramp.subarray(0, 512))).rejects.toThrow('once');
    expect(utterancesOf(await pushAll(gate, ramp.subarray(512), 512))).toHaveLength(1);
  });
});

describe('hearing one utterance', () => {
  const loud: SpeechDetector = {
    frameSamples: 512,
    sampleRate,
    probability: async (frame) => (frame[0] === 1 ? 1 : 0),
  };
  async function* chunksOf(...parts: Float32Array[]): AsyncGenerator<Float32Array, undefined> {
    for (const part of parts) for (let at = 0; at < part.length; at += 512) yield part.subarray(at, at + 512);
    return undefined;
  }
  const listen = (chunks: AsyncIterator<Float32Array>, signal = new AbortController().signal) => {
    const events: GateEvent['type'][] = [];
    const gate = createLiveGate(loud, defaultSegmenterOptions);
    const onEvent = ({ type }: GateEvent) => events.push(type);
    return { events, heard: hearUtterance(gate, chunks, { signal, onEvent, patienceMs: 2000, sampleRate }) };
  };

  it('resolves as soon as the speech is over, and leaves what follows unread', async () => {
    const chunks = chunksOf(seconds(1, 0), seconds(1, 1), seconds(5, 0));
    const { heard, events } = listen(chunks);
    expect((await heard)?.length).toBeGreaterThan(sampleRate);
    expect(events.filter((type) => type === 'level').length).toBeLessThan(100);
    expect((await chunks.next()).done).toBe(false);
  });

  it('gives up on silence', async () => {
    const { heard, events } = listen(chunksOf(seconds(9, 0)));
    expect(await heard).toBeNull();
    expect(events).toHaveLength(63);
  });

  it('is as patient after a click as before it', async () => {
    const { heard, events } = listen(chunksOf(seconds(1, 0), seconds(0.05, 1), seconds(9, 0)));
    expect(await heard).toBeNull();
    expect(events).toContain('misfire');
    expect(events.filter((type) => type === 'level').length).toBeGreaterThan(63);
  });

  it('waits through a pause as long as for the end', async () => {
    const { heard, events } = listen(chunksOf(seconds(1, 1), seconds(0.5, 0), seconds(1, 1), seconds(5, 0)));
    expect((await heard)?.length).toBeGreaterThan(2.5 * sampleRate);
    expect(events.filter((type) => type !== 'level')).toEqual([
      'speech-start',
      'pause',
      'resume',
      'pause',
      'utterance',
    ]);
  });

  it('takes what was being said when the sound ends', async () => {
    expect((await listen(chunksOf(seconds(1, 1))).heard)?.length).toBeGreaterThan(0.9 * sampleRate);
    expect(await listen(chunksOf()).heard).toBeNull();
  });

  it('rejects with an AbortError once cancelled', async () => {
    const controller = new AbortController();
    async function* endless(): AsyncGenerator<Float32Array> {
      for (let count = 0; ; count++) {
        if (count === 5) controller.abort();
        yield seconds(0.032, 1);
      }
    }
    await expect(listen(endless(), controller.signal).heard).rejects.toMatchObject({ name: 'AbortError' });
  });
});
