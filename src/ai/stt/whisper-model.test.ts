import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createLogger, type LogEntry } from '../../log.ts';
import { manifestSchema, type PackOf } from '../../schema.ts';
import type { RecogniserContext } from '../engines.ts';
import { configureRuntime } from '../runtime.ts';
import { loadWhisperModel, type WhisperModel } from './whisper-model.ts';

const fromRoot = (path: string): URL => new URL(`../../../${path}`, import.meta.url);
const read = (path: string): Buffer<ArrayBuffer> => readFileSync(fromRoot(`public/models/${path}`));
const runtimeFile = (end: string): string =>
  fromRoot(`node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.${end}`).href;
configureRuntime({ files: { mjs: runtimeFile('mjs'), wasm: runtimeFile('wasm') }, threads: 1 });

const { packs } = v.parse(manifestSchema, JSON.parse(read('manifest.json').toString()));
const pack = packs.find((each): each is PackOf<'stt'> => each.task === 'stt');
const signal = new AbortController().signal;
const timeoutMs = 60_000;

/** Loads the starter; `change` may give another content for a file. */
async function load(options: {
  change?: (path: string, content: Buffer<ArrayBuffer>) => BlobPart;
  shortWindow?: boolean;
}): Promise<{ model: WhisperModel; entries: LogEntry[] }> {
  if (!pack) throw new Error('the manifest has no recogniser');
  const { change = (_, content) => content, ...rest } = options;
  const entries: LogEntry[] = [];
  const context: RecogniserContext = {
    pack,
    files: async ({ root }, { path }) => new Blob([change(path, read(`${root}/${path}`))]),
    backend: 'wasm',
    threads: 1,
    log: createLogger((entry) => entries.push(entry)),
    ...rest,
  };
  return { model: await loadWhisperModel(context, 'wasm', { signal }), entries };
}

const silence = new Float32Array(16_000);

describe('the window of a pack', () => {
  it('may be short when its encoder can be edited', { timeout: timeoutMs }, async () => {
    const { model, entries } = await load({});
    expect(model.takesShortWindows).toBe(true);
    expect(entries).toEqual([]);
    await model.transcribeWindow(silence, { signal, windowSamples: 3 * 16_000 });
    await model.dispose();
  });

  it('is the full one, and heard in, when its encoder cannot be edited, and the log says why', {
    timeout: timeoutMs,
  }, async () => {
    const change = (path: string, content: Buffer<ArrayBuffer>): BlobPart =>
      path === 'config.json'
        ? content.toString().replace(/"max_source_positions": \d+/, '"max_source_positions": 7')
        : content;
    const { model, entries } = await load({ change });
    expect(model.takesShortWindows).toBe(false);
    expect(entries.map(({ level, message }) => `${level} ${message}`)).toEqual([
      expect.stringMatching(/^WARN .*keeps its full window.*7 positions/),
    ]);
    expect((await model.transcribeWindow(silence, { signal, windowSamples: 3 * 16_000 })).text).toBe('');
    await model.dispose();
  });

  it('is the full one when short windows are turned off', { timeout: timeoutMs }, async () => {
    const { model, entries } = await load({ shortWindow: false });
    expect(model.takesShortWindows).toBe(false);
    expect(entries).toEqual([]);
    await model.dispose();
  });
});
