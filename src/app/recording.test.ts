import { describe, expect, it, vi } from 'vitest';
import { LaGraceError } from '../errors.ts';
import { hearRecording, type RecordingOptions } from './recording.ts';

const second = 16_000;
const signal = new AbortController().signal;

const load: RecordingOptions['ears']['load'] = async () => ({ packId: 'fake', backend: 'wasm', threads: 1 });

function setUp(changes: Partial<RecordingOptions> = {}) {
  const hear = vi.fn<RecordingOptions['ears']['hear']>(async () => ({
    utterance: new Float32Array(second),
    decodeMs: 5,
    vadMs: 20,
  }));
  const decodeOther = vi.fn(async () => new Float32Array(4 * second));
  const clock = [100, 130];
  const options: RecordingOptions = { ears: { load, hear }, decodeOther, now: () => clock.shift() ?? 130, ...changes };
  return { options, hear, decodeOther };
}

describe('hearing a recording', () => {
  it('takes what the ear cut out of it; what did not go into finding the speech went into reading', async () => {
    const { options } = setUp();
    const heard = await hearRecording(new ArrayBuffer(8), options)({ signal });
    expect(heard).toEqual({ utterance: new Float32Array(second), decodeMs: 10, vadMs: 20, endedAt: 100 });
  });

  it('says that it listens once the ear is loaded', async () => {
    const { options, hear } = setUp();
    const onListening = vi.fn(() => expect(hear).not.toHaveBeenCalled());
    const loading: RecordingOptions['ears']['load'] = async (loadOptions) => {
      expect(onListening).not.toHaveBeenCalled();
      return load(loadOptions);
    };
    const ears = { ...options.ears, load: loading };
    await hearRecording(new ArrayBuffer(8), { ...options, ears })({ signal, onListening });
    expect(onListening).toHaveBeenCalledOnce();
  });

  it('goes to the ear once, whole, and the host keeps it', async () => {
    const { options, hear } = setUp();
    const recording = new ArrayBuffer(8);
    await hearRecording(recording, options)({ signal });
    expect(hear).toHaveBeenCalledOnce();
    expect(hear.mock.calls[0]?.[0]).toBe(recording);
    expect(recording.byteLength).toBe(8);
  });

  it('finds nobody speaking', async () => {
    const { options, hear } = setUp();
    hear.mockResolvedValueOnce({ utterance: null, decodeMs: 1, vadMs: 1 });
    expect((await hearRecording(new ArrayBuffer(8), options)({ signal })).utterance).toBeNull();
  });

  it('lets the browser decode what is not WAV', async () => {
    const { options, hear, decodeOther } = setUp();
    hear.mockRejectedValueOnce(new LaGraceError('audio-unreadable', 'not WAV'));
    const { utterance } = await hearRecording(new ArrayBuffer(8), options)({ signal });
    expect(utterance).not.toBeNull();
    expect(decodeOther).toHaveBeenCalledOnce();
    expect(hear.mock.calls[1]?.[0]).toEqual(new Float32Array(4 * second));
  });

  it('refuses what is no sound, and keeps the reason when it is a broken WAV file', async () => {
    for (const code of ['audio-unreadable', 'audio-truncated', 'audio-too-long'] as const) {
      const { options, hear } = setUp({ decodeOther: () => Promise.reject(new Error('no sound')) });
      hear.mockRejectedValueOnce(new LaGraceError(code, 'bad'));
      await expect(hearRecording(new ArrayBuffer(8), options)({ signal })).rejects.toMatchObject({ code });
    }
  });

  it('does not ask the browser to decode samples', async () => {
    const { options, hear, decodeOther } = setUp();
    hear.mockRejectedValueOnce(new LaGraceError('audio-empty', 'none'));
    await expect(hearRecording(new Float32Array(), options)({ signal })).rejects.toMatchObject({ code: 'audio-empty' });
    expect(decodeOther).not.toHaveBeenCalled();
  });

  it('refuses an ear that answers nonsense', async () => {
    const { options, hear } = setUp();
    hear.mockResolvedValueOnce({ utterance: new Float32Array(4).fill(Number.NaN), decodeMs: 1, vadMs: 1 });
    await expect(hearRecording(new ArrayBuffer(8), options)({ signal })).rejects.toMatchObject({
      code: 'model-failed',
    });
  });
});
