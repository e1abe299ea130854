import { describe, expect, it, vi } from 'vitest';
import { LaGraceError } from '../errors.ts';
import { hearRecording, type RecordingOptions } from './recording.ts';

const second = 16_000;
const signal = new AbortController().signal;

const load: RecordingOptions['ears']['load'] = async () => ({ packId: 'fake', backend: 'wasm', threads: 1 });

function setUp(changes: Partial<RecordingOptions> = {}): RecordingOptions {
  return {
    ears: {
      load,
      decode: async () => new Float32Array(4 * second),
      segments: async () => [
        { start: second, end: 1.5 * second },
        { start: 2 * second, end: 2.5 * second },
      ],
    },
    decodeOther: () => Promise.reject(new Error('no sound')),
    maxSeconds: 60,
    now: () => 0,
    ...changes,
  };
}

describe('hearing a recording', () => {
  it('takes what lies between its first and last word', async () => {
    const { utterance } = await hearRecording(new ArrayBuffer(8), setUp())({ signal });
    expect(utterance?.length).toBe(1.5 * second);
  });

  it('finds nobody speaking', async () => {
    const ears = { load, decode: async () => new Float32Array(second), segments: async () => [] };
    expect((await hearRecording(new ArrayBuffer(8), setUp({ ears }))({ signal })).utterance).toBeNull();
  });

  it('lets the browser decode what is not WAV', async () => {
    const ears = { ...setUp().ears, decode: () => Promise.reject(new LaGraceError('audio-unreadable', 'not WAV')) };
    const decodeOther = vi.fn(async () => new Float32Array(4 * second));
    const { utterance } = await hearRecording(new ArrayBuffer(8), setUp({ ears, decodeOther }))({ signal });
    expect(utterance).not.toBeNull();
    expect(decodeOther).toHaveBeenCalledOnce();
  });

  it('refuses what is no sound, and keeps the reason when it is a broken WAV file', async () => {
    const refuse = (code: 'audio-unreadable' | 'audio-truncated') =>
      setUp({ ears: { ...setUp().ears, decode: () => Promise.reject(new LaGraceError(code, 'bad')) } });
    await expect(hearRecording(new ArrayBuffer(8), refuse('audio-unreadable'))({ signal })).rejects.toMatchObject({
      code: 'audio-unreadable',
    });
    await expect(hearRecording(new ArrayBuffer(8), refuse('audio-truncated'))({ signal })).rejects.toMatchObject({
      code: 'audio-truncated',
    });
  });

  it('refuses samples that are none, or too many', async () => {
    await expect(hearRecording(new Float32Array(), setUp())({ signal })).rejects.toMatchObject({ code: 'audio-empty' });
    await expect(hearRecording(new Float32Array(61 * second), setUp())({ signal })).rejects.toMatchObject({
      code: 'audio-too-long',
    });
  });
});
