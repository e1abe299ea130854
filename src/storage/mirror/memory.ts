import * as v from 'valibot';
import { sha256Schema, treePathSchema } from '../../schema/tree.ts';
import type { Database } from '../database.ts';

const agreedSchema = v.object({ path: treePathSchema, mine: sha256Schema, theirs: sha256Schema });
export type Agreed = v.InferOutput<typeof agreedSchema>;

/** Keys that no file can have, since a path holds no colon. */
const aboutKey = ':about';
const logKey = ':log';
const uploadKey = (path: string): string => `:upload:${path}`;
/** Among the settings: it outlives the folder that was mirrored. */
const profileKey = 'mirror-profile';
const aboutSchema = v.object({ rootId: v.string() });
const logSchema = v.object({ common: v.string() });
const uploadSchema = v.object({ sha256: sha256Schema, url: v.string() });

/** What this browser remembers of the companion between two visits. What cannot be read counts as not remembered. */
export interface MirrorMemory {
  /** This browser, as the companion tells it from others; made when it is first asked for. */
  profileId(): Promise<string>;
  /** All that both sides last agreed on, by path; nothing when that was with another folder, which is forgotten. */
  open(rootId: string): Promise<Map<string, Agreed>>;
  agree(agreed: readonly Agreed[]): Promise<void>;
  forget(path: string): Promise<void>;
  /** The log's entries that both sides had after they were last merged; null when that is not known for sure. */
  commonLog(): Promise<string | null>;
  setCommonLog(common: string | null): Promise<void>;
  /** Where the upload of a file was begun; null when nothing of this content was. */
  uploadUrl(path: string, sha256: string): Promise<string | null>;
  setUploadUrl(path: string, upload: { sha256: string; url: string } | null): Promise<void>;
}

/** The memory in IndexedDB; what no longer passes its schema counts as not known. */
export function createMirrorMemory(database: Database): MirrorMemory {
  const read = async <T>(schema: v.GenericSchema<unknown, T>, key: string): Promise<T | null> => {
    const kept = v.safeParse(schema, await database.get('mirror', key));
    return kept.success ? kept.output : null;
  };
  return {
    async profileId() {
      const transaction = database.transaction('settings', 'readwrite');
      const kept: unknown = await transaction.store.get(profileKey);
      const profileId = typeof kept === 'string' ? kept : crypto.randomUUID();
      await transaction.store.put(profileId, profileKey);
      await transaction.done;
      return profileId;
    },
    async open(rootId) {
      const transaction = database.transaction('mirror', 'readwrite');
      const { store } = transaction;
      const about = v.safeParse(aboutSchema, await store.get(aboutKey));
      if (!about.success || about.output.rootId !== rootId) {
        await store.clear();
        await store.put({ path: aboutKey, rootId });
      }
      const kept = await store.getAll();
      await transaction.done;
      return new Map(kept.filter((one): one is Agreed => v.is(agreedSchema, one)).map((one) => [one.path, one]));
    },
    async agree(agreed) {
      const transaction = database.transaction('mirror', 'readwrite');
      await Promise.all([...agreed.map((one) => transaction.store.put(one)), transaction.done]);
    },
    forget: (path) => database.delete('mirror', path),
    commonLog: async () => (await read(logSchema, logKey))?.common ?? null,
    async setCommonLog(common) {
      if (common === null) await database.delete('mirror', logKey);
      else await database.put('mirror', { path: logKey, common });
    },
    async uploadUrl(path, sha256) {
      const upload = await read(uploadSchema, uploadKey(path));
      return upload?.sha256 === sha256 ? upload.url : null;
    },
    async setUploadUrl(path, upload) {
      if (upload === null) await database.delete('mirror', uploadKey(path));
      else await database.put('mirror', { path: uploadKey(path), ...upload });
    },
  };
}
