import { describe, expect, it } from 'vitest';
import { isWav, parseWav, utteranceFromWav, writeWav } from './wav.ts';

const limits = { maxSeconds: 60 };

interface WavParts {
  format: number;
  bits: number;
  channels?: number;
  sampleRate?: number;
  data: Uint8Array;
  dataSize?: number;
  extensible?: boolean;
  chunksBefore?: { id: string; body: Uint8Array }[];
}

function makeWav(parts: WavParts): Uint8Array {
  const { format, bits, channels = 1, sampleRate = 16_000, data } = parts;
  const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
  const little = (value: number, bytes: number): number[] =>
    Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) % 256);
  const blockAlign = (channels * bits) / 8;
  const fmt = [
    ...little(parts.extensible ? 0xfffe : format, 2),
    ...little(channels, 2),
    ...little(sampleRate, 4),
    ...little(sampleRate * blockAlign, 4),
    ...little(blockAlign, 2),
    ...little(bits, 2),
  ];
  if (parts.extensible) {
    const guidTail = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];
    fmt.push(...little(22, 2), ...little(bits, 2), ...little(0, 4), ...little(format, 2), ...guidTail);
  }
  const before = (parts.chunksBefore ?? []).flatMap(({ id, body }) => [
    ...ascii(id),
    ...little(body.length, 4),
    ...body,
    ...(body.length % 2 ? [0] : []),
  ]);
  const head = [
    ...ascii('RIFF'),
    ...little(36 + data.length, 4),
    ...ascii('WAVE'),
    ...before,
    ...ascii('fmt '),
    ...little(fmt.length, 4),
    ...fmt,
    ...ascii('data'),
    ...little(parts.dataSize ?? data.length, 4),
  ];
  const wav = new Uint8Array(head.length + data.length);
  wav.set(head);
  wav.set(data, head.length);
  return wav;
}

/** Samples written by `write` at `bytes` each. */
function encode(samples: number[], bytes: number, write: (view: DataView, at: number, sample: number) => void) {
  const data = new Uint8Array(samples.length * bytes);
  const view = new DataView(data.buffer);
  for (const [index, sample] of samples.entries()) write(view, index * bytes, sample);
  return data;
}
const as16 = (samples: number[]): Uint8Array =>
  encode(samples, 2, (view, at, sample) => view.setInt16(at, Math.round(sample * 32_767), true));

const wave = Array.from({ length: 400 }, (_, index) => 0.8 * Math.sin(index / 9));
const encodings = [
  {
    name: '8-bit',
    format: 1,
    bits: 8,
    step: 1 / 128,
    data: encode(wave, 1, (v, at, s) => v.setUint8(at, Math.round(s * 127) + 128)),
  },
  { name: '16-bit', format: 1, bits: 16, step: 1 / 32_768, data: as16(wave) },
  {
    name: '24-bit',
    format: 1,
    bits: 24,
    step: 1 / 8_388_608,
    data: encode(wave, 3, (v, at, s) => {
      const value = Math.round(s * 8_388_607);
      v.setUint16(at, value & 0xffff, true);
      v.setInt8(at + 2, value >> 16);
    }),
  },
  {
    name: '32-bit',
    format: 1,
    bits: 32,
    step: 1e-7,
    data: encode(wave, 4, (v, at, s) => v.setInt32(at, Math.round(s * 2_147_483_647), true)),
  },
  {
    name: '32-bit float',
    format: 3,
    bits: 32,
    step: 1e-7,
    data: encode(wave, 4, (v, at, s) => v.setFloat32(at, s, true)),
  },
  {
    name: '64-bit float',
    format: 3,
    bits: 64,
    step: 1e-7,
    data: encode(wave, 8, (v, at, s) => v.setFloat64(at, s, true)),
  },
];

describe('parseWav', () => {
  it.each(encodings)('reads $name, within the step of its encoding', ({ format, bits, step, data }) => {
    for (const extensible of [false, true]) {
      const { samples, sampleRate } = parseWav(makeWav({ format, bits, data, extensible }), limits);
      expect(sampleRate).toBe(16_000);
      expect(samples.length).toBe(wave.length);
      const worst = Math.max(...wave.map((sample, index) => Math.abs(sample - (samples[index] ?? 9))));
      expect(worst).toBeLessThanOrEqual(2 * step);
    }
  });

  it('mixes channels to their mean', () => {
    const interleaved = [0.5, -0.5, 0.5, 0.5, 0.9, 0.3];
    const { samples } = parseWav(makeWav({ format: 1, bits: 16, channels: 2, data: as16(interleaved) }), limits);
    expect([...samples].map((sample) => Math.round(sample * 10) / 10)).toEqual([0, 0.5, 0.6]);
  });

  it('steps over other chunks, odd ones with their padding', () => {
    const chunksBefore = [
      { id: 'LIST', body: new Uint8Array(7) },
      { id: 'fact', body: new Uint8Array(4) },
    ];
    const { samples } = parseWav(makeWav({ format: 1, bits: 16, data: as16(wave), chunksBefore }), limits);
    expect(samples.length).toBe(wave.length);
  });

  it.each([0, 0x7fff_f000, 0xffff_ffff])('takes what is there when the length was streamed as %i', (dataSize) => {
    const { samples } = parseWav(makeWav({ format: 1, bits: 16, data: as16(wave), dataSize }), limits);
    expect(samples.length).toBe(wave.length);
  });

  it('forgives a header that announces a few samples too many', () => {
    const { samples } = parseWav(makeWav({ format: 1, bits: 16, data: as16(wave), dataSize: 802 }), limits);
    expect(samples.length).toBe(wave.length);
  });

  it('hears silence where a float is not a number', () => {
    const data = encode([0.5, Number.NaN, Number.POSITIVE_INFINITY, 3], 4, (v, at, s) => v.setFloat32(at, s, true));
    expect([...parseWav(makeWav({ format: 3, bits: 32, data }), limits).samples]).toEqual([0.5, 0, 0, 1]);
  });

  it('reads a file that is a window into a larger buffer', () => {
    const wav = makeWav({ format: 1, bits: 16, data: as16(wave) });
    const larger = new Uint8Array(wav.length + 64);
    larger.set(wav, 33);
    expect(parseWav(larger.subarray(33, 33 + wav.length), limits).samples).toEqual(parseWav(wav, limits).samples);
  });

  it.each([
    ['audio-empty', 'no bytes', new Uint8Array(0)],
    ['audio-empty', 'a header alone', makeWav({ format: 1, bits: 16, data: new Uint8Array(0) })],
    [
      'audio-empty',
      'a header whose sound is missing',
      makeWav({ format: 1, bits: 16, data: as16(wave) }).subarray(0, 44),
    ],
    ['audio-unreadable', 'a web page', new TextEncoder().encode('<!doctype html><title>404</title>')],
    ['audio-unreadable', 'one byte', Uint8Array.of(82)],
    ['audio-unreadable', 'a compressed WAV', makeWav({ format: 17, bits: 16, data: as16(wave) })],
    ['audio-unreadable', 'no channel', makeWav({ format: 1, bits: 16, channels: 0, data: as16(wave) })],
    ['audio-unreadable', 'no rate', makeWav({ format: 1, bits: 16, sampleRate: 0, data: as16(wave) })],
    ['audio-unreadable', 'a 40-bit WAV', makeWav({ format: 1, bits: 40, data: as16(wave) })],
    ['audio-truncated', 'half of the sound', makeWav({ format: 1, bits: 16, data: as16(wave), dataSize: 64_000 })],
    ['audio-truncated', 'half of a header', makeWav({ format: 1, bits: 16, data: as16(wave) }).subarray(0, 30)],
    ['audio-truncated', 'no sound chunk', makeWav({ format: 1, bits: 16, data: as16(wave) }).subarray(0, 36)],
  ])('refuses with %s: %s', (code, _, bytes) => {
    expect(() => parseWav(bytes, limits)).toThrowError(expect.objectContaining({ code }));
  });

  it('refuses twenty minutes by the header, whether the sound is there or not', () => {
    const twentyMinutes = 20 * 60 * 16_000 * 2;
    const announced = makeWav({ format: 1, bits: 16, data: as16(wave), dataSize: twentyMinutes });
    expect(() => parseWav(announced, limits)).toThrowError(expect.objectContaining({ code: 'audio-too-long' }));
    const streamed = makeWav({ format: 1, bits: 8, sampleRate: 8000, data: new Uint8Array(8000 * 61), dataSize: 0 });
    expect(() => parseWav(streamed, limits)).toThrowError(expect.objectContaining({ code: 'audio-too-long' }));
  });

  it('refuses or reads any damaged file, and never hangs', () => {
    const wav = makeWav({ format: 1, bits: 16, channels: 2, data: as16(wave), extensible: true });
    const codes = new Set<unknown>();
    for (let at = 0; at < 80; at++) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const damaged = wav.slice();
        damaged[at] = value;
        try {
          for (const sample of parseWav(damaged, limits).samples) expect(Math.abs(sample)).toBeLessThanOrEqual(1);
        } catch (error) {
          codes.add(Reflect.get(Object(error), 'code'));
        }
      }
    }
    expect([...codes].sort()).toEqual(['audio-too-long', 'audio-truncated', 'audio-unreadable']);
  });
});

describe('writeWav', () => {
  it('gives back what was written, within 16 bits', () => {
    const written = writeWav(Float32Array.from(wave), 22_050);
    expect(isWav(written)).toBe(true);
    const { samples, sampleRate } = parseWav(written, limits);
    expect(sampleRate).toBe(22_050);
    expect(Math.max(...wave.map((sample, index) => Math.abs(sample - (samples[index] ?? 9))))).toBeLessThan(1 / 16_000);
  });

  it('clips what is too loud', () => {
    const { samples } = parseWav(writeWav(Float32Array.of(4, -4), 16_000), limits);
    expect([...samples].map(Math.round)).toEqual([1, -1]);
  });
});

it('utteranceFromWav gives 16 kHz whatever the rate, and the same duration', () => {
  for (const sampleRate of [8000, 22_050, 44_100, 96_000]) {
    const data = as16(Array.from({ length: sampleRate / 2 }, () => 0.1));
    expect(utteranceFromWav(makeWav({ format: 1, bits: 16, sampleRate, data }), limits).length).toBe(8000);
  }
});
