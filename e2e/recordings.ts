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
