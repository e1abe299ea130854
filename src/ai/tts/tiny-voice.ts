import type { PackOf } from '../../schema.ts';

/** A voice of a few hundred bytes with Piper's contract, for tests: each phoneme is 256 samples of a soft tone, louder the higher its number. */
export interface TinyVoice {
  model: Uint8Array<ArrayBuffer>;
  config: Record<string, unknown>;
}

export interface TinyVoiceOptions {
  /** With several, the model takes `sid`, and each speaker is half as loud again as the one before. */
  speakers?: number;
  /** Piper gives [1, 1, 1, T]; some exports give [1, T]. */
  outputShape?: readonly number[];
  /** 1 leaves the sound alone; 0 makes it -infinity. */
  noiseScale?: number;
  config?: Record<string, unknown>;
}

const samplesPerPhoneme = 256;
const alphabet = Array.from("_^$ !'(),-.:;?abcdefghijklmnopqrstuvwxyzæçðøħŋœɐɑɔəɛɜɡɪɲʁʃʊʌʒˈˌː\u0303");

/** A model's bytes and what its `.onnx.json` says. */
export function createTinyVoice(options: TinyVoiceOptions = {}): TinyVoice {
  const { speakers = 1, outputShape = [1, 1, 1, -1], noiseScale = 1, config = {} } = options;
  return {
    model: tinyModel(speakers, outputShape),
    config: {
      audio: { sample_rate: 16_000, quality: 'tiny' },
      espeak: { voice: 'fr' },
      inference: { noise_scale: noiseScale, length_scale: 1, noise_w: 0.8 },
      phoneme_id_map: Object.fromEntries(alphabet.map((symbol, id) => [symbol, [id]])),
      num_speakers: speakers,
      speaker_id_map:
        speakers > 1 ? Object.fromEntries(Array.from({ length: speakers }, (_, id) => [`s${id}`, id])) : {},
      ...config,
    },
  };
}

/** The pack of a tiny voice, and its files by path. */
export function tinyPack({ model, config }: TinyVoice): { pack: PackOf<'tts'>; files: Record<string, Blob> } {
  const files = {
    'tiny.onnx': new Blob([model]),
    'tiny.onnx.json': new Blob([JSON.stringify(config)]),
  };
  return {
    files,
    pack: {
      id: 'tiny',
      task: 'tts',
      engine: 'piper',
      name: 'Voix de test',
      trial: true,
      licence: 'GPL-3.0-or-later',
      source: 'test',
      root: 'tiny',
      files: Object.entries(files).map(([path, { size }]) => ({ path, bytes: size, sha256: '0'.repeat(64) })),
    },
  };
}

const float = 1;
const int64 = 7;

function tinyModel(speakers: number, outputShape: readonly number[]): Uint8Array<ArrayBuffer> {
  const tone = Array.from(
    { length: samplesPerPhoneme },
    (_, index) => Math.sin((index * Math.PI) / 16) / (4 * alphabet.length),
  );
  const loudness = speakers > 1 ? [node('Cast', ['sid'], 'speaker', castTo(float))] : [];
  return message(
    number(1, 8),
    field(8, number(2, 13)),
    field(
      7,
      node('Cast', ['input'], 'phonemes', castTo(float)),
      node('Unsqueeze', ['phonemes', 'last'], 'column'),
      node('Mul', ['column', 'tone'], 'sound'),
      node('Gather', ['scales', 'first'], 'noise'),
      node('Log', ['noise'], 'zero'),
      node('Add', ['sound', 'zero'], 'checked'),
      ...loudness,
      node('Mul', [speakers > 1 ? 'speaker' : 'none', 'half'], 'more'),
      node('Add', ['more', 'one'], 'factor'),
      node('Mul', ['checked', 'factor'], 'louder'),
      node('Reshape', ['louder', 'shape'], 'output'),
      text(2, 'tiny'),
      floats('tone', tone),
      floats('half', [0.5]),
      floats('one', [1]),
      ...(speakers > 1 ? [] : [floats('none', [0])]),
      integers('last', [2]),
      integers('first', [0]),
      integers('shape', outputShape),
      declaration(11, 'input', int64, [1, 'phonemes']),
      declaration(11, 'input_lengths', int64, [1]),
      declaration(11, 'scales', float, [3]),
      ...(speakers > 1 ? [declaration(11, 'sid', int64, [1])] : []),
      declaration(
        12,
        'output',
        float,
        outputShape.map((size) => (size < 0 ? 'time' : size)),
      ),
    ),
  );
}

// ONNX's own messages (onnx.proto3), as far as they are needed here; the numbers are its field numbers.

function node(type: string, inputs: readonly string[], output: string, ...attributes: number[][]): number[] {
  return field(1, ...inputs.map((input) => text(1, input)), text(2, output), text(4, type), ...attributes);
}
function castTo(type: number): number[] {
  return field(5, text(1, 'to'), number(3, type), number(20, 2));
}
function floats(name: string, values: readonly number[]): number[] {
  return tensor(name, float, values.length, new Uint8Array(Float32Array.from(values).buffer));
}
function integers(name: string, values: readonly number[]): number[] {
  return tensor(name, int64, values.length, new Uint8Array(BigInt64Array.from(values, BigInt).buffer));
}
function tensor(name: string, type: number, length: number, data: Uint8Array): number[] {
  return field(5, number(1, length), number(2, type), text(8, name), field(9, [...data]));
}
function declaration(role: number, name: string, type: number, shape: readonly (number | string)[]): number[] {
  const sizes = shape.map((size) => field(1, typeof size === 'number' ? number(1, size) : text(2, size)));
  return field(role, text(1, name), field(2, field(1, number(1, type), field(2, ...sizes))));
}

// Protocol Buffers' wire format.

function message(...fields: number[][]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(fields.flat());
}
function field(id: number, ...content: number[][]): number[] {
  const bytes = content.flat();
  return [...varint(id * 8 + 2), ...varint(bytes.length), ...bytes];
}
function text(id: number, value: string): number[] {
  return field(id, [...new TextEncoder().encode(value)]);
}
function number(id: number, value: number): number[] {
  return [...varint(id * 8), ...varint(value)];
}
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
