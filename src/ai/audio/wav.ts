import { LaGraceError } from '../../errors.ts';
import { type Utterance, utteranceSampleRate } from '../engines.ts';
import { resample } from './resample.ts';

/** One channel of sound, -1 to 1. */
export interface MonoSound {
  samples: Float32Array;
  sampleRate: number;
}

interface WavFormat {
  encoding: 'integer' | 'float';
  channels: number;
  sampleRate: number;
  bytesPerSample: number;
}
interface WavLayout {
  format: WavFormat;
  dataStart: number;
  dataBytes: number;
}

/** A file that lost less than this is read to where it ends: some recorders round the length they announce. */
const forgivenMissingSeconds = 0.1;

/** True when the bytes begin as a WAV file does, whether or not the rest is sound. */
export function isWav(bytes: Uint8Array): boolean {
  const start = tag(bytes, 0);
  return (start === 'RIFF' || start === 'RF64') && tag(bytes, 8) === 'WAVE';
}

/**
 * A whole WAV file as an utterance: mono, 16 kHz. Rejects like `parseWav`.
 */
export function utteranceFromWav(bytes: Uint8Array, limits: { maxSeconds: number }): Utterance {
  const { samples, sampleRate } = parseWav(bytes, limits);
  return resample(samples, sampleRate, utteranceSampleRate);
}

/**
 * Reads a WAV file: integers of 8, 16, 24 or 32 bits or floats of 32 or 64, any rate, any number of channels mixed to one.
 * Throws audio-empty, audio-unreadable, audio-truncated, or audio-too-long, which the header alone decides.
 */
export function parseWav(bytes: Uint8Array, limits: { maxSeconds: number }): MonoSound {
  if (bytes.length === 0) throw new LaGraceError('audio-empty', 'The file has no bytes.');
  if (!isWav(bytes)) throw new LaGraceError('audio-unreadable', 'The file does not begin as a WAV file.');
  const { format, dataStart, dataBytes } = findLayout(bytes);
  const frameBytes = format.channels * format.bytesPerSample;
  const available = bytes.length - dataStart;
  const announced = isStreamLength(dataBytes, available) ? available : dataBytes;
  const announcedSeconds = announced / frameBytes / format.sampleRate;
  if (announcedSeconds > limits.maxSeconds) {
    throw new LaGraceError(
      'audio-too-long',
      `The WAV lasts ${announcedSeconds} s; the limit is ${limits.maxSeconds} s.`,
    );
  }
  const frames = Math.floor(Math.min(announced, available) / frameBytes);
  if (frames === 0) throw new LaGraceError('audio-empty', 'The WAV holds no sample.');
  const missingSeconds = (announced - available) / frameBytes / format.sampleRate;
  if (missingSeconds > forgivenMissingSeconds) {
    throw new LaGraceError('audio-truncated', `The WAV announces ${announced} bytes of sound and holds ${available}.`);
  }
  return { samples: mixToMono(bytes, dataStart, frames, format), sampleRate: format.sampleRate };
}

/** Sound as a 16-bit mono WAV file; what is beyond -1 to 1 is clipped. */
export function writeWav(samples: Float32Array, sampleRate: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const writeTag = (offset: number, text: string): void => {
    for (let index = 0; index < text.length; index++) view.setUint8(offset + index, text.charCodeAt(index));
  };
  writeTag(0, 'RIFF');
  view.setUint32(4, 36 + samples.length * 2, true);
  writeTag(8, 'WAVE');
  writeTag(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  writeTag(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  for (let index = 0; index < samples.length; index++) {
    const clipped = Math.max(-1, Math.min(1, samples[index] ?? 0));
    view.setInt16(44 + index * 2, Math.round(clipped * (clipped < 0 ? 32_768 : 32_767)), true);
  }
  return bytes;
}

/** Programs that write to a pipe cannot go back to the header: they leave 0 there, or some number close to the largest (sox, espeak-ng). */
function isStreamLength(dataBytes: number, available: number): boolean {
  return dataBytes >= 0x7fff_f000 || (dataBytes === 0 && available > 0);
}

/** Walks the chunks up to the sound; each is padded to an even length. */
function findLayout(bytes: Uint8Array): WavLayout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: WavFormat | undefined;
  for (let offset = 12; offset + 8 <= bytes.length; ) {
    const id = tag(bytes, offset);
    const size = view.getUint32(offset + 4, true);
    const start = offset + 8;
    if (id === 'fmt ') format = readFormat(view, start, size);
    if (id === 'data') {
      if (!format) throw new LaGraceError('audio-unreadable', 'The WAV has its sound before its format.');
      return { format, dataStart: start, dataBytes: size };
    }
    offset = start + size + (size % 2);
  }
  throw new LaGraceError('audio-truncated', 'The WAV ends before its sound begins.');
}

function readFormat(view: DataView, start: number, size: number): WavFormat {
  if (start + Math.max(16, size) > view.byteLength) {
    throw new LaGraceError('audio-truncated', 'The WAV ends inside its format.');
  }
  const extensible = 0xfffe;
  let code = view.getUint16(start, true);
  if (code === extensible && size >= 40) code = view.getUint16(start + 24, true);
  const channels = view.getUint16(start + 2, true);
  const sampleRate = view.getUint32(start + 4, true);
  const bytesPerSample = view.getUint16(start + 12, true) / channels;
  const encoding = code === 1 ? 'integer' : code === 3 ? 'float' : undefined;
  const widths = encoding === 'float' ? [4, 8] : [1, 2, 3, 4];
  if (!encoding || !widths.includes(bytesPerSample) || sampleRate < 1000 || sampleRate > 768_000) {
    throw new LaGraceError(
      'audio-unreadable',
      `The WAV has format ${code}, ${channels} channels, ${bytesPerSample} bytes a sample at ${sampleRate} Hz, which is not read here.`,
    );
  }
  return { encoding, channels, sampleRate, bytesPerSample };
}

function mixToMono(bytes: Uint8Array, start: number, frames: number, format: WavFormat): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = sampleReader(view, format);
  const mono = new Float32Array(frames);
  let offset = start;
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0;
    for (let channel = 0; channel < format.channels; channel++) {
      sum += read(offset);
      offset += format.bytesPerSample;
    }
    const mixed = sum / format.channels;
    mono[frame] = Number.isFinite(mixed) ? Math.max(-1, Math.min(1, mixed)) : 0;
  }
  return mono;
}

function sampleReader(view: DataView, format: WavFormat): (offset: number) => number {
  if (format.encoding === 'float') {
    return format.bytesPerSample === 4
      ? (offset) => view.getFloat32(offset, true)
      : (offset) => view.getFloat64(offset, true);
  }
  switch (format.bytesPerSample) {
    case 1:
      return (offset) => (view.getUint8(offset) - 128) / 128;
    case 2:
      return (offset) => view.getInt16(offset, true) / 32_768;
    case 3:
      return (offset) => (view.getUint16(offset, true) + view.getInt8(offset + 2) * 65_536) / 8_388_608;
    default:
      return (offset) => view.getInt32(offset, true) / 2_147_483_648;
  }
}

function tag(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}
