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
  pauseMs: 30,
  minSpeechMs: 30,
  prePadMs: 20,
  postPadMs: 20,
  maxSpeechMs: 1000,
};

/** Runs probabilities through, and ends; `S` speech, `.` silence, `?` in between. Pauses are left out. */
function run(frames: string, changes: Partial<SegmenterOptions> = {}): SegmenterEvent[] {
  return runWithPauses(frames, changes).filter(({ type }) => type !== 'pause' && type !== 'resume');
}
function runWithPauses(frames: string, changes: Partial<SegmenterOptions> = {}): SegmenterEvent[] {
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

/** 300 times 200 frames, of long and of short stretches. */
function randomFrames(firstSeed: number): string[] {
  let seed = firstSeed;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  return Array.from({ length: 300 }, () => {
    const stickiness = random();
    let letter = '.';
    return Array.from({ length: 200 }, () => {
      if (random() > stickiness) letter = 'S.?'[Math.floor(random() * 3)] ?? '.';
      return letter;
    }).join('');
  });
}

/** Each end with the pause before it, where no speech came between; a pause and a resume take turns. */
function endsAfterPause(events: readonly SegmenterEvent[]) {
  const pairs: { pause: SegmenterEvent; end: Extract<SegmenterEvent, { type: 'speech-end' }> }[] = [];
  let pause: SegmenterEvent | null = null;
  for (const event of events) {
    expect(pause === null).toBe(event.type !== 'resume' && !(event.type === 'speech-end' && pause));
    if (event.type === 'speech-end' && pause) pairs.push({ pause, end: event });
    pause = event.type === 'pause' ? event : null;
  }
  return pairs;
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

  it('tells of a pause before it can be the end, with what was said up to it', () => {
    expect(runWithPauses('..SSSS..')).not.toContainEqual(expect.objectContaining({ type: 'pause' }));
    expect(runWithPauses('..SSSS.....')).toEqual([
      { type: 'speech-start', start: 0 },
      { type: 'pause', start: 0, end: 8 },
      { type: 'speech-end', start: 0, end: 8 },
    ]);
    expect(runWithPauses('..SSSS...S...?S.....').map(({ type }) => type)).toEqual([
      'speech-start',
      'pause',
      'resume',
      'pause',
      'resume',
      'pause',
      'speech-end',
    ]);
  });

  it('tells of no pause after a click, which is no speech', () => {
    expect(runWithPauses('....S....').map(({ type }) => type)).toEqual(['speech-start', 'misfire']);
  });

  it('ends what was said at a pause that nothing follows, whatever came before', () => {
    const ended = randomFrames(11).flatMap((frames) => endsAfterPause(runWithPauses(frames, { maxSpeechMs: 300 })));
    expect(ended.length).toBeGreaterThan(100);
    for (const { pause, end } of ended) {
      // Speech that goes on just when it is cut is longer than it was at its pause.
      if (end.end - end.start < 30) expect(end).toEqual({ ...pause, type: 'speech-end' });
    }
  });

  it('gives segments in order that never overlap, and every event has its pair, whatever comes', () => {
    for (const frames of randomFrames(7)) {
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
