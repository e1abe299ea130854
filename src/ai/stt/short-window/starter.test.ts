import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { manifestSchema } from '../../../schema.ts';
import { parseWav } from '../../audio/wav.ts';
import { utteranceSampleRate } from '../../engines.ts';
import { configureRuntime } from '../../runtime.ts';
import { loadWhisperModel } from '../whisper-model.ts';
import { chooseWindow } from './window-length.ts';

const fromRoot = (path: string): URL => new URL(`../../../../${path}`, import.meta.url);
const readJson = (path: string): unknown => JSON.parse(readFileSync(fromRoot(path), 'utf8'));
const runtimeFile = (end: string): string =>
  fromRoot(`node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.${end}`).href;
configureRuntime({ files: { mjs: runtimeFile('mjs'), wasm: runtimeFile('wasm') }, threads: 1 });

const { signal } = new AbortController();
const { packs } = v.parse(manifestSchema, readJson('public/models/manifest.json'));
const measured = packs.flatMap((pack) => (pack.task === 'stt' && pack.windowSeconds ? [pack] : []));
const recordings = v.parse(v.array(v.object({ file: v.string(), text: v.string() })), readJson('e2e/audio/index.json'));

function hear(file: string): Float32Array {
  const { samples } = parseWav(readFileSync(fromRoot(`e2e/audio/${file}`)), { maxSeconds: 60 });
  const loud = (sample: number): boolean => Math.abs(sample) > 0.01;
  const pad = 0.2 * utteranceSampleRate;
  return samples.slice(Math.max(0, samples.findIndex(loud) - pad), samples.findLastIndex(loud) + pad);
}

it.each(measured)(
  '$id hears in its short windows every recording that it hears in its full one',
  async (pack) => {
    const model = await loadWhisperModel(
      {
        pack,
        files: async ({ root }, { path }) => new Blob([readFileSync(fromRoot(`public/models/${root}/${path}`))]),
        backend: 'wasm',
        threads: 1,
      },
      'wasm',
      { signal },
    );
    expect(model.takesShortWindows).toBe(true);
    const words = (text: string): string => text.replace(/[\s’'-]+/g, ' ').toLowerCase();
    const choice = {
      seconds: pack.windowSeconds ?? [],
      fullSamples: model.windowSamples,
      sampleRate: utteranceSampleRate,
    };
    let heard = 0;
    for (const { file, text } of recordings) {
      const utterance = hear(file);
      const full = await model.transcribeWindow(utterance, { signal });
      if (words(full.text) !== words(text)) continue;
      const windowSamples = chooseWindow(utterance.length, choice);
      const short = await model.transcribeWindow(utterance, { signal, windowSamples });
      expect(short, file).toMatchObject({ text: full.text, isComplete: true });
      heard++;
    }
    expect(heard).toBeGreaterThan(recordings.length / 2);
    await model.dispose();
  },
  120_000,
);
