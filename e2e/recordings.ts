import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { IntentName, Slots } from '../src/schema.ts';

/** A recording that comes with the tests: what is said in it, and what it means. */
export interface SpokenRequest {
  path: string;
  text: string;
  intent: IntentName;
  slots: Slots;
}

const folder = new URL('./audio/', import.meta.url);

export function recordingPath(name: string): string {
  return fileURLToPath(new URL(name, folder));
}

/** Every spoken request of `e2e/audio`. */
export function spokenRequests(): SpokenRequest[] {
  const index: { file: string; text: string; intent: IntentName; slots?: Slots }[] = JSON.parse(
    readFileSync(new URL('index.json', folder), 'utf8'),
  );
  return index.map(({ file, text, intent, slots = {} }) => ({ path: recordingPath(file), text, intent, slots }));
}

/** Two 16-bit WAV files of one format as one, of which the first lacks its last seconds and the second its first. */
export function joinRecordings(first: Buffer, dropLast: number, second: Buffer, dropFirst: number): Buffer {
  const headerBytes = first.indexOf('data', 12, 'latin1') + 8;
  const bytesOf = (seconds: number): number => 2 * Math.round((seconds * first.readUInt32LE(28)) / 2);
  const sound = Buffer.concat([
    first.subarray(headerBytes, first.length - bytesOf(dropLast)),
    second.subarray(second.indexOf('data', 12, 'latin1') + 8 + bytesOf(dropFirst)),
  ]);
  const joined = Buffer.concat([first.subarray(0, headerBytes), sound]);
  joined.writeUInt32LE(joined.length - 8, 4);
  joined.writeUInt32LE(sound.length, headerBytes - 4);
  return joined;
}
