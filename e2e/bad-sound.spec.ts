import { readFile } from 'node:fs/promises';
import { parseWav } from '../src/ai/audio/wav.ts';
import { expect, test } from './harness.ts';
import { openPage, processBytes } from './page.ts';
import { spokenRequests } from './recordings.ts';

interface WavShape {
  sampleRate: number;
  channels: number;
  bits: 8 | 16 | 24 | 32;
  float?: boolean;
}

/** `samples` at 16 kHz as a WAV file of another shape; rates are multiples of 16 kHz, each sample repeated. */
function wavOf(samples: Float32Array, { sampleRate, channels, bits, float = false }: WavShape): Buffer {
  const repeat = sampleRate / 16_000;
  const frameBytes = (bits / 8) * channels;
  const bytes = Buffer.alloc(44 + samples.length * repeat * frameBytes);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(float ? 3 : 1, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * frameBytes, 28);
  bytes.writeUInt16LE(frameBytes, 32);
  bytes.writeUInt16LE(bits, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(bytes.length - 44, 40);
  let offset = 44;
  for (const sample of samples) {
    for (let copy = 0; copy < repeat * channels; copy++) {
      if (float) bytes.writeFloatLE(sample, offset);
      else if (bits === 8) bytes.writeUInt8(Math.round(127.5 + sample * 127), offset);
      else bytes.writeIntLE(Math.round(sample * (2 ** (bits - 1) - 1)), offset, bits / 8);
      offset += bits / 8;
    }
  }
  return bytes;
}

async function spoken(): Promise<{ bytes: Buffer; samples: Float32Array; intent: string }> {
  const request = spokenRequests().find(({ intent }) => intent === 'greeting');
  if (!request) throw new Error('no recording of a greeting');
  const bytes = await readFile(request.path);
  return { bytes, intent: request.intent, samples: parseWav(bytes, { maxSeconds: 60 }).samples };
}

const shapes: [string, WavShape][] = [
  ['8-bit', { sampleRate: 16_000, channels: 1, bits: 8 }],
  ['24-bit', { sampleRate: 16_000, channels: 1, bits: 24 }],
  ['stereo', { sampleRate: 16_000, channels: 2, bits: 16 }],
  ['96 kHz', { sampleRate: 96_000, channels: 1, bits: 16 }],
  ['float', { sampleRate: 16_000, channels: 1, bits: 32, float: true }],
];

test('sound of any shape is understood', async ({ page }) => {
  await openPage(page);
  const { samples, intent } = await spoken();
  for (const [name, shape] of shapes) {
    const turn = await processBytes(page, wavOf(samples, shape));
    expect(turn.understanding?.intent, name).toBe(intent);
  }
});

test('what is no sound is refused in French, and the next turn works', async ({ page, watch }) => {
  watch.allowError(/audio-/);
  await openPage(page);
  const { bytes, intent } = await spoken();
  const refused: [string, Uint8Array, string][] = [
    ['an empty file', new Uint8Array(), 'audio-empty'],
    ['a page', Buffer.from('<!doctype html><title>Bonjour</title>'), 'audio-unreadable'],
    ['a WAV file without sound', bytes.subarray(0, 44), 'audio-empty'],
    ['a header cut in the middle', bytes.subarray(0, 30), 'audio-truncated'],
  ];
  for (const [name, file, code] of refused) {
    const turn = await processBytes(page, file);
    expect(turn, name).toMatchObject({ outcome: 'failed', error: { code }, answer: null });
    expect(turn.error?.message, name).toMatch(/^(Cet enregistrement|Je ne peux pas lire)/);
  }
  expect((await processBytes(page, bytes)).understanding?.intent).toBe(intent);
});

test('a recording of 20 minutes is refused at once', async ({ page, watch }) => {
  watch.allowError(/audio-too-long/);
  await openPage(page);
  const long = wavOf(new Float32Array(20 * 60 * 16_000), { sampleRate: 16_000, channels: 1, bits: 8 });
  const turn = await processBytes(page, long);
  expect(turn).toMatchObject({ outcome: 'failed', error: { code: 'audio-too-long' } });
  expect(turn.timings.total).toBeLessThan(2000);
});
