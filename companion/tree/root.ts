import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Lock, type LockOptions, takeLock } from './lock.ts';
import { writeWhole } from './write-whole.ts';

export { RootLockedError } from './lock.ts';

/** The folders that the shop's programs expect. */
export const ownFolders = [
  '.glowflix',
  'cache/ai/whisper_models',
  'cache/ai/piper_voices',
  'cache/ai/intent_models',
  'cache/ai/models',
  'cache/ai/embeddings',
  'cache/ai/tmp',
  'logs',
  'settings',
  'papers',
];
const markerSchema = v.object({ rootId: v.pipe(v.string(), v.minLength(1)) });

/** The shop's folder, ours alone until `release`. */
export interface Root {
  /** Absolute, with no link in it. */
  path: string;
  /** Made with the folder; stays with it when the drive moves. */
  rootId: string;
  /** Whether the folder was made, or lost its marker, just now. */
  isNew: boolean;
  /** Where the companion keeps what is its own. */
  own(name: string): string;
  /** Whether the folder is still there, the same one, and ours: not an unplugged drive, not an emptied folder, not another companion's. */
  isThere(): boolean;
  release(): void;
}

/**
 * Makes the shop's folder when it is missing, and keeps every other companion off it. Rejects with RootLockedError when
 * another one is at work there, and with the disk's own error when it cannot be written.
 */
export async function openRoot(folder: string, lockOptions: LockOptions): Promise<Root> {
  for (const name of ownFolders) mkdirSync(join(folder, name), { recursive: true });
  const path = realpathSync.native(folder);
  const own = (name: string): string => join(path, '.glowflix', name);
  let isOurs = true;
  const onLost = (): void => {
    isOurs = false;
    lockOptions.onLost();
  };
  const lock: Lock = await takeLock(own('companion.lock'), { ...lockOptions, onLost });
  try {
    const known = readMarker(own('root.json'));
    const rootId = known ?? randomUUID();
    if (!known) writeWhole(own('root.json'), `${JSON.stringify({ rootId })}\n`);
    return {
      path,
      rootId,
      isNew: known === null,
      own,
      isThere: () => {
        const marker = lstatSync(own('root.json'), { throwIfNoEntry: false });
        return isOurs && marker?.isFile() === true && readMarker(own('root.json')) === rootId;
      },
      release: lock.release,
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function readMarker(path: string): string | null {
  try {
    const parsed = v.safeParse(markerSchema, JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.output.rootId : null;
  } catch {
    return null;
  }
}
