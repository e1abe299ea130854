import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { packs } from '../../../scripts/packs.mjs';
import { type PackOf, packSchema } from '../../schema.ts';
import { configureRuntime } from '../runtime.ts';
import { type ContractCase, describeSpeechGate } from './contract.ts';
import { speechGateEngines } from './engines.ts';
import { createFakeSpeechGate } from './fake.ts';
import { parseWav } from './wav.ts';

const fromRoot = (path: string): URL => new URL(`../../../${path}`, import.meta.url);
configureRuntime({ threads: 1 });

const sampleRate = 16_000;

/** The pack of an engine, from its declaration, and where the files that its package ships lie. */
function packOf(engine: PackOf<'vad'>['engine']): { pack: PackOf<'vad'>; read: (path: string) => Buffer<ArrayBuffer> } {
  const declared = packs.find((pack) => pack.task === 'vad' && pack.engine === engine);
  const read = (path: string) => {
    const from = declared?.files.find((file) => file.path === path)?.from;
    if (from === undefined) throw new Error(`no package ships ${path}`);
    return readFileSync(fromRoot(from));
  };
  const files = declared?.files.map(({ path }) => ({ path, bytes: read(path).length, sha256: '0'.repeat(64) }));
  const pack = v.parse(packSchema, { ...declared, files });
  if (pack.task !== 'vad') throw new Error(`${pack.id} is no speech gate`);
  return { pack, read };
}

/** A recording with silence on both sides; where it is louder than -40 dB of its peak is where someone speaks. */
function spoken(file: string, gain = 1): ContractCase['speech'][number] {
  const recorded = parseWav(readFileSync(fromRoot(`e2e/audio/${file}`)), { maxSeconds: 60 }).samples;
  const samples = new Float32Array(recorded.length + sampleRate);
  samples.set(
    recorded.map((sample) => sample * gain),
    sampleRate / 2,
  );
  const isLoud = (sample: number): boolean => Math.abs(sample) > 0.005 * gain;
  const name = gain === 1 ? file : `${file} at ${gain} of its level`;
  return {
    name,
    samples,
    start: samples.findIndex(isLoud) / sampleRate,
    end: samples.findLastIndex(isLoud) / sampleRate,
  };
}

let seed = 11;
function random(): number {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
}
const threeSeconds = (make: (index: number) => number): Float32Array =>
  Float32Array.from({ length: 3 * sampleRate }, (_, index) => make(index));

/** Two notes of 70 ms, as the page plays them when it begins to listen. */
function note(index: number): number {
  const second = index / sampleRate;
  const hertz = second < 0.07 ? 523.25 : 783.99;
  return second < 0.14 ? 0.5 * Math.sin(2 * Math.PI * hertz * second) : 0;
}

/** Every engine of the registry has its case here: the type sees to it. */
const cases: Record<PackOf<'vad'>['engine'], ContractCase> = {
  silero: {
    create: async ({ failures } = { failures: 0 }) => {
      const { pack, read } = packOf('silero');
      const createGate = await speechGateEngines.silero();
      let failuresLeft = failures;
      return createGate({
        pack,
        backend: 'wasm',
        threads: 1,
        files: async (_, { path, bytes }, { onBytes } = {}) => {
          if (failuresLeft-- > 0) throw new Error(`${path} is not there yet`);
          onBytes?.(bytes);
          return new Blob([read(path)]);
        },
      });
    },
    speech: [spoken('invoice-250-dollars.wav'), spoken('invoice-250-dollars.wav', 0.03), spoken('question.wav')],
    noise: [
      { name: 'silence', samples: new Float32Array(3 * sampleRate) },
      { name: 'white noise', samples: threeSeconds(() => 0.2 * (random() - 0.5)) },
      { name: 'a hum', samples: threeSeconds((index) => 0.3 * Math.sin((2 * Math.PI * 100 * index) / sampleRate)) },
      { name: 'a knock each second', samples: threeSeconds((index) => (index % sampleRate < 40 ? 0.9 : 0)) },
      {
        name: 'the two notes that say that it listens, from a loud loudspeaker beside it',
        samples: threeSeconds(note),
      },
    ],
  },
};

for (const [engine, contractCase] of Object.entries(cases)) describeSpeechGate(engine, contractCase);

describeSpeechGate('the fake', {
  create: ({ failures } = { failures: 0 }) => {
    let failuresLeft = failures;
    return createFakeSpeechGate({
      beforeLoad: async () => {
        if (failuresLeft-- > 0) throw new Error('not there yet');
      },
    });
  },
  speech: [
    {
      name: 'something loud',
      samples: threeSeconds((index) => (index > sampleRate && index < 2 * sampleRate ? 0.5 : 0)),
      start: 1,
      end: 2,
    },
  ],
  noise: [{ name: 'something quiet', samples: threeSeconds(() => 0.001) }],
});
