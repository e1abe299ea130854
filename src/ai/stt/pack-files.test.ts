import { describe, expect, it } from 'vitest';
import type { LoadProgress } from '../engines.ts';
import { createPackReader, type SttPack, weightsPaths } from './pack-files.ts';

const never = new AbortController().signal;
const contents: Record<string, string> = {
  'config.json': '{"model_type":"whisper"}',
  'broken.json': '<!doctype html>',
  'onnx/encoder_model.onnx': 'encoder',
  'onnx/encoder_model.onnx_data': 'one',
  'onnx/encoder_model.onnx_data_1': 'two',
  'onnx/decoder_model_merged_q4.onnx': 'decoder',
};
const dtypes = { encoder_model: 'fp32', decoder_model_merged: 'q4' } as const;
const pack: SttPack = {
  id: 'tiny',
  task: 'stt',
  engine: 'whisper',
  dtypes: { wasm: { encoder_model: 'q8', decoder_model_merged: 'q8' }, webgpu: dtypes },
  name: 'Petit',
  trial: true,
  licence: 'GPL-3.0-or-later',
  source: 'here',
  root: 'starter/tiny',
  files: Object.entries(contents).map(([path, { length }]) => ({ path, bytes: length, sha256: '0'.repeat(64) })),
};

function createReader(paths: string[], progress: LoadProgress[] = []) {
  const files = async (_: unknown, { path, bytes }: { path: string; bytes: number }, options = {}) => {
    Reflect.get(options, 'onBytes')?.(bytes);
    return new Blob([contents[path] ?? '']);
  };
  const onProgress = (event: LoadProgress) => progress.push(event);
  return createPackReader({ pack, files, backend: 'auto', threads: 1 }, paths, { signal: never, onProgress });
}

describe('a pack’s files', () => {
  it('are those of the number format that the backend wants, with the data beside them', () => {
    expect(weightsPaths(pack, 'encoder_model', 'webgpu')).toEqual({
      model: 'onnx/encoder_model.onnx',
      data: ['onnx/encoder_model.onnx_data', 'onnx/encoder_model.onnx_data_1'],
    });
    expect(weightsPaths(pack, 'decoder_model_merged', 'webgpu').model).toBe('onnx/decoder_model_merged_q4.onnx');
    expect(weightsPaths(pack, 'decoder_model_merged', 'wasm').model).toBe('onnx/decoder_model_merged_quantized.onnx');
  });

  it('are read with a progress that never falls and ends at all of them', async () => {
    const progress: LoadProgress[] = [];
    const paths = ['config.json', 'onnx/encoder_model.onnx'];
    const reader = createReader(paths, progress);
    expect(await reader.json('config.json')).toEqual({ model_type: 'whisper' });
    expect(new TextDecoder().decode(await reader.bytes('onnx/encoder_model.onnx'))).toBe('encoder');
    const loaded = progress.map(({ loadedBytes }) => loadedBytes);
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
    expect(progress.at(-1)?.loadedBytes).toBe(progress.at(-1)?.totalBytes);
  });

  it('that are pages where JSON should be are damaged', async () => {
    await expect(createReader(['broken.json']).json('broken.json')).rejects.toMatchObject({ code: 'model-corrupt' });
  });

  it('that the pack does not list are missing, before anything is read', () => {
    const progress: LoadProgress[] = [];
    expect(() => createReader(['config.json', 'tokenizer.json'], progress)).toThrowError(
      expect.objectContaining({ code: 'model-missing' }),
    );
    expect(progress).toEqual([]);
  });
});
