import type { Config } from '../config.ts';
import { noFiscalDevice } from '../documents/fiscal-device.ts';
import { emptyShopProfile } from '../documents/shop-profile.ts';
import { LaGraceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { ShopProfile } from '../schema/documents.ts';
import { openDatabase } from '../storage/database.ts';
import { createDocuments, type Documents } from '../storage/documents.ts';
import { type CounterRegistry, createNumbering } from '../storage/numbering.ts';
import { readShopProfile, writeShopProfile } from '../storage/shop-profile.ts';
import { createDialogue, type Dialogue } from './counter/dialogue.ts';
import { createDraftHolds } from './counter/draft-holds.ts';

export interface ShopOptions {
  config: Config;
  registry: CounterRegistry;
  log: Logger;
}

/** The shop's papers: its documents, its description, and the dialogue that makes them. */
export interface Shop {
  documents: Documents;
  readProfile: () => Promise<ShopProfile>;
  writeProfile: (profile: ShopProfile) => Promise<void>;
  dialogue: Dialogue;
  /** Asks the companion which counter this is; a name of its own stands until it answers. */
  findCounter: (options: { signal: AbortSignal }) => Promise<void>;
}

/**
 * Opens the shop's papers in this browser's database. Where the browser keeps none, the counter still answers, and whatever needs them
 * rejects with LaGraceError storage-failed.
 */
export async function openShop({ config, registry, log }: ShopOptions): Promise<Shop> {
  const now = Date.now;
  const newId = (): string => crypto.randomUUID();
  const parts = await openParts({ config, registry, log, now, newId });
  const dialogue = createDialogue({
    ...parts,
    holds: createDraftHolds(navigator.locks),
    config: { ...config, idleMs: config.dialogueMinutes * 60_000, doubtBelow: config.doubtBelow },
    now,
    newId,
    after: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    log,
  });
  dialogue.offerKept().catch((thrown: unknown) => log.warn('what was left unfinished cannot be read', thrown));
  return { ...parts, dialogue };
}

type Parts = Omit<Shop, 'dialogue'>;

async function openParts(options: ShopOptions & { now: () => number; newId: () => string }): Promise<Parts> {
  const { config, registry, log, now, newId } = options;
  const empty = emptyShopProfile(config.region);
  try {
    const database = await openDatabase();
    const numbering = createNumbering({
      database,
      registry,
      profileIds: profileIdIn(() => localStorage, log),
      newId,
      randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      log,
    });
    return {
      documents: createDocuments({ database, numbering, fiscalDevice: noFiscalDevice, now, newId, log }),
      readProfile: () => readShopProfile(database, empty, log),
      writeProfile: (profile) => writeShopProfile(database, profile),
      findCounter: numbering.ask,
    };
  } catch (thrown) {
    log.error('this browser keeps no documents', thrown);
    return withoutPapers(empty, thrown);
  }
}

const profileIdKey = 'lagrace-profile';

/** A profile's id in a second place, which may be left when the database is gone. */
function profileIdIn(storage: () => Storage, log: Logger) {
  return {
    read: (): string | null => {
      try {
        return storage().getItem(profileIdKey);
      } catch {
        return null;
      }
    },
    write: (profileId: string): void => {
      try {
        storage().setItem(profileIdKey, profileId);
      } catch (thrown) {
        log.warn('the profile’s id is kept in one place only', thrown);
      }
    },
  };
}

function withoutPapers(profile: ShopProfile, cause: unknown): Parts {
  const refuse = (): Promise<never> =>
    Promise.reject(new LaGraceError('storage-failed', 'this browser keeps no documents', { cause }));
  return {
    documents: {
      saveDraft: refuse,
      deleteDraft: refuse,
      get: refuse,
      list: refuse,
      last: refuse,
      issue: refuse,
      cancel: refuse,
    },
    readProfile: async () => profile,
    writeProfile: refuse,
    findCounter: async () => undefined,
  };
}
