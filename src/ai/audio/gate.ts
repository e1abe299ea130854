import type { GateEvent, LiveGate, Segment } from '../engines.ts';
import { measureLevel } from './level.ts';
import {
  advanceSegmenter,
  endSegment,
  initialSegmenterState,
  type SegmenterEvent,
  type SegmenterOptions,
  type SegmenterState,
} from './segmenter.ts';

/** Says how likely each frame is speech; frames come in order, all of `frameSamples`, and earlier ones may count. */
export interface SpeechDetector {
  readonly frameSamples: number;
  readonly sampleRate: number;
  probability(frame: Float32Array): Promise<number>;
}

/** The stretches of speech in `samples`; the last frame is filled up with silence. Rejects with an AbortError. */
export async function findSegments(
  detector: SpeechDetector,
  samples: Float32Array,
  options: SegmenterOptions,
  signal: AbortSignal,
): Promise<Segment[]> {
  const { frameSamples, sampleRate } = detector;
  const frameMs = (frameSamples / sampleRate) * 1000;
  const segments: Segment[] = [];
  const take = (event: SegmenterEvent | null): void => {
    if (event?.type !== 'speech-end') return;
    segments.push({ start: event.start * frameSamples, end: Math.min(samples.length, event.end * frameSamples) });
  };
  let state = initialSegmenterState;
  for (let start = 0; start < samples.length; start += frameSamples) {
    if (signal.aborted) throw new DOMException('The search for speech was cancelled.', 'AbortError');
    const frame = new Float32Array(frameSamples);
    frame.set(samples.subarray(start, start + frameSamples));
    const [next, event] = advanceSegmenter(state, await detector.probability(frame), options, frameMs);
    state = next;
    take(event);
  }
  take(endSegment(state, options, frameMs)[1]);
  return segments;
}

/** An ear over `detector`. It remembers the speech going on, and before it no more than the padding in front. */
export function createLiveGate(detector: SpeechDetector, options: SegmenterOptions): LiveGate {
  const { frameSamples, sampleRate } = detector;
  const frameMs = (frameSamples / sampleRate) * 1000;
  const memory = createSampleMemory();
  let state: SegmenterState = initialSegmenterState;
  let speechProbability = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const translate = (event: SegmenterEvent): GateEvent => {
    if (event.type !== 'speech-end' && event.type !== 'pause') return { type: event.type };
    const segment = { start: event.start * frameSamples, end: event.end * frameSamples };
    if (event.type === 'pause') return { type: 'pause', utterance: memory.read(segment) };
    return { type: 'utterance', utterance: memory.read(segment), segment };
  };
  const hearFrame = async (): Promise<GateEvent | null> => {
    const start = state.frame * frameSamples;
    speechProbability = await detector.probability(memory.read({ start, end: start + frameSamples }));
    const [next, event] = advanceSegmenter(state, speechProbability, options, frameMs);
    state = next;
    return event && translate(event);
  };
  const push = async (chunk: Float32Array): Promise<GateEvent[]> => {
    memory.append(chunk);
    const events: GateEvent[] = [];
    while ((state.frame + 1) * frameSamples <= memory.end()) {
      const event = await hearFrame();
      if (event) events.push(event);
    }
    const padFrames = Math.round(options.prePadMs / frameMs);
    memory.forgetBefore((state.speaking?.start ?? Math.max(0, state.frame - padFrames)) * frameSamples);
    return [{ type: 'level', ...measureLevel(chunk), speechProbability }, ...events];
  };
  const end = async (): Promise<GateEvent[]> => {
    const [next, event] = endSegment(state, options, frameMs);
    state = next;
    return event ? [translate(event)] : [];
  };
  /** One at a time: a frame's probability depends on the frame before it. */
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  return { push: (chunk) => inOrder(() => push(chunk)), end: () => inOrder(end) };
}

/** The latest samples of an endless sound, by their place from its start. */
function createSampleMemory(): {
  append(chunk: Float32Array): void;
  end(): number;
  read(segment: Segment): Float32Array;
  forgetBefore(place: number): void;
} {
  let chunks: Float32Array[] = [];
  let first = 0;
  let last = 0;
  return {
    append: (chunk) => {
      chunks.push(chunk);
      last += chunk.length;
    },
    end: () => last,
    read: ({ start, end }) => {
      const samples = new Float32Array(end - start);
      let place = first;
      for (const chunk of chunks) {
        const from = Math.max(0, start - place);
        const to = Math.min(chunk.length, end - place);
        if (from < to) samples.set(chunk.subarray(from, to), place + from - start);
        place += chunk.length;
      }
      return samples;
    },
    forgetBefore: (place) => {
      let kept = 0;
      for (const chunk of chunks) {
        if (first + chunk.length > place) break;
        first += chunk.length;
        kept++;
      }
      if (kept > 0) chunks = chunks.slice(kept);
    },
  };
}
