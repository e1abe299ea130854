import { beforeAll, describe, expect, it, vi } from 'vitest';

/** The processor as its node sees it: what is said to it, what it answers, and sound coming in. */
interface Processor {
  port: { onmessage: (event: { data: unknown }) => void; postMessage: (message: unknown) => void };
  process(inputs: Float32Array[][]): boolean;
}
let Microphone: new () => Processor;

beforeAll(async () => {
  vi.stubGlobal(
    'AudioWorkletProcessor',
    class {
      readonly port = { postMessage: vi.fn() };
    },
  );
  vi.stubGlobal('registerProcessor', (_name: string, processor: new () => Processor) => {
    Microphone = processor;
  });
  await import('./microphone.worklet.ts');
});

function setUp() {
  const processor = new Microphone();
  const received: (Float32Array | null)[] = [];
  const to = { postMessage: (chunk: Float32Array | null) => received.push(chunk) };
  processor.port.onmessage({ data: { to } });
  return { processor, received };
}
const blocks = (count: number): Float32Array[] =>
  Array.from({ length: count }, (_, block) => Float32Array.from({ length: 128 }, (_sample, at) => block * 128 + at));

describe('the microphone’s processor', () => {
  it('sends every sample once and in order, in chunks of 512', () => {
    const { processor, received } = setUp();
    for (const block of blocks(10)) expect(processor.process([[block]])).toBe(true);
    expect(received.map((chunk) => chunk?.length)).toEqual([512, 512]);
    const samples = received.flatMap((chunk) => [...(chunk ?? [])]);
    expect(samples).toEqual(Array.from({ length: 1024 }, (_, index) => index));
  });

  it('takes blocks of any length', () => {
    const { processor, received } = setUp();
    processor.process([[Float32Array.from({ length: 1300 }, (_, index) => index)]]);
    expect(received.map((chunk) => chunk?.[0])).toEqual([0, 512]);
  });

  it('takes the first channel, and nothing when no microphone is connected', () => {
    const { processor, received } = setUp();
    expect(processor.process([])).toBe(true);
    expect(processor.process([[]])).toBe(true);
    for (const block of blocks(4)) processor.process([[block, new Float32Array(128)]]);
    expect(received).toHaveLength(1);
    expect(received[0]?.[511]).toBe(511);
  });

  it('sends what is left and then null when told to stop, says so once, and ends', () => {
    const { processor, received } = setUp();
    for (const block of blocks(5)) processor.process([[block]]);
    processor.port.onmessage({ data: 'stop' });
    processor.port.onmessage({ data: 'stop' });
    expect(processor.process([blocks(8)])).toBe(false);
    expect(received.map((chunk) => chunk?.length)).toEqual([512, 128, undefined]);
    expect(received.at(-1)).toBeNull();
    expect(processor.port.postMessage).toHaveBeenCalledExactlyOnceWith('stopped');
  });
});
