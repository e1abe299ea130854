import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { treePathProblem } from '../schema/tree-path.ts';
import { manifestSchema } from '../schema.ts';
import { modelPath } from './model-paths.ts';

describe('the path of a model’s file in the tree', () => {
  it.each([
    [
      'stt',
      'whisper-small',
      'onnx/encoder_model.onnx',
      'cache/ai/whisper_models/whisper-small/onnx/encoder_model.onnx',
    ],
    ['tts', 'fr_FR-siwis', 'fr/fr_FR-siwis-medium.onnx', 'cache/ai/piper_voices/fr_FR-siwis.onnx'],
    ['tts', 'fr_FR-siwis', 'fr_FR-siwis-medium.onnx.json', 'cache/ai/piper_voices/fr_FR-siwis.onnx.json'],
    ['tts', 'fr_FR-siwis', 'MODEL_CARD', 'cache/ai/piper_voices/fr_FR-siwis.MODEL_CARD'],
    ['intent', 'any', 'intent_model.json', 'cache/ai/intent_models/intent_model.json'],
    ['vad', 'silero-vad', 'silero.onnx', 'cache/ai/models/silero-vad/silero.onnx'],
    ['embed', 'e5', 'onnx/model.onnx', 'cache/ai/models/e5/onnx/model.onnx'],
  ] as const)('%s %s %s', (task, id, path, expected) => {
    expect(modelPath({ task, id }, { path })).toBe(expected);
  });

  it('is a path of the tree, and another one for each file that is shipped', () => {
    const manifest = v.parse(
      manifestSchema,
      JSON.parse(readFileSync(new URL('../../public/models/manifest.json', import.meta.url), 'utf8')),
    );
    const paths = manifest.packs.flatMap((pack) => pack.files.map((file) => modelPath(pack, file)));
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.filter((path) => treePathProblem(path) !== null)).toEqual([]);
  });
});
