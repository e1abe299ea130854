import { describe, expect, it } from 'vitest';
import {
  advanceSegmenter,
  endSegment,
  initialSegmenterState,
  type SegmenterEvent,
  type SegmenterOptions,
} from './segmenter.ts';

const frameMs = 10;
const options: SegmenterOptions = {
  speechThreshold: 0.5,
  silenceThreshold: 0.3,
  silenceMs: 50,
  minSpeechMs: 30,
  prePadMs: 20,
  postPadMs: 20,
  maxSpeechMs: 1000,
};

/** Runs probabilities through, and ends; `S` speech, `.` silence, `?` in between. */
function run(frames: string, changes: Partial<SegmenterOptions> = {}): SegmenterEvent[] {
  const events: SegmenterEvent[] = [];
  let state = initialSegmenterState;
  for (const letter of frames) {
    const probability = { S: 0.9, '.': 0.1, '?': 0.4 }[letter] ?? 0;
    const [next, event] = advanceSegmenter(state, probability, { ...options, ...changes }, frameMs);
    state = next;
    if (event) events.push(event);
  }
  const [, last] = endSegment(state, { ...options, ...changes }, frameMs);
  return last ? [...events, last] : events;
}
const ends = (events: SegmenterEvent[]) => events.filter((event) => event.type === 'speech-end');

describe('the segmenter', () => {
  it('hears nothing in silence', () => {
    expect(run('..........')).toEqual([]);
  });

  it('takes a little before and after the speech', () => {
    expect(run('.....SSSS..........')).toEqual([
      { type: 'speech-start', start: 3 },
      { type: 'speech-end', start: 3, end: 11 },
    ]);
  });

  it('does not begin before the recording does', () => {
    expect(run('SSSS..........')[0]).toEqual({ type: 'speech-start', start: 0 });
  });

  it('lets a short pause pass', () => {
    expect(ends(run('..SSSS....SSSS.......'))).toHaveLength(1);
    expect(ends(run('..SSSS.....SSSS......'))).toHaveLength(2);
  });

  it('a doubtful frame neither starts speech nor counts as silence', () => {
    expect(run('?????')).toEqual([]);
    expect(ends(run('SSS??????????S'))).toEqual([{ type: 'speech-end', start: 0, end: 14 }]);
  });

  it('calls a click a misfire', () => {
    expect(run('....S.........')).toEqual([{ type: 'speech-start', start: 2 }, { type: 'misfire' }]);
  });

  it('counts the speech, not the time, against the least there must be', () => {
    expect(run('S....S....S......').at(-1)).toMatchObject({ type: 'speech-end' });
    expect(run('S....S.........').at(-1)).toEqual({ type: 'misfire' });
  });

  it('ends what is being said when nothing more comes', () => {
    expect(run('..SSSS')).toEqual([
      { type: 'speech-start', start: 0 },
      { type: 'speech-end', start: 0, end: 6 },
    ]);
  });

  it('cuts speech that does not end, and loses nothing of it', () => {
    const cut = ends(run('S'.repeat(47), { maxSpeechMs: 100 }));
    expect(cut.map(({ start }) => start)).toEqual([0, 10, 20, 30, 40]);
    expect(cut.map(({ end }) => end)).toEqual([10, 20, 30, 40, 47]);
  });

  it('gives segments in order that never overlap, and every event has its pair, whatever comes', () => {
    let seed = 7;
    const random = (): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let round = 0; round < 300; round++) {
      const stickiness = random();
      let letter = '.';
      const frames = Array.from({ length: 200 }, () => {
        if (random() > stickiness) letter = 'S.?'[Math.floor(random() * 3)] ?? '.';
        return letter;
      }).join('');
      const events = run(frames, { maxSpeechMs: 300 });
      expect(events.length % 2).toBe(0);
      let last = 0;
      for (const [index, event] of events.entries()) {
        expect(event.type === 'speech-start').toBe(index % 2 === 0);
        if (event.type !== 'speech-end') continue;
        expect(event.start).toBeGreaterThanOrEqual(last);
        expect(event.end).toBeGreaterThan(event.start);
        expect(event.end - event.start).toBeLessThanOrEqual(30);
        last = event.end;
      }
      expect(last).toBeLessThanOrEqual(200);
    }
  });
});
