import * as v from 'valibot';
import { randomCounter, type Series, seriesKey } from '../documents/numbers.ts';
import type { Logger } from '../log.ts';
import { type CounterNumbering, counterIdSchema } from '../schema/documents.ts';
import type { Database } from './database.ts';

/** What the companion knows of counters. Both throw when it cannot be reached. */
export interface CounterRegistry {
  /** The counter of this profile: always the same one for the same profile. */
  assign(profileId: string, options: { signal: AbortSignal }): Promise<string>;
  numbering(counter: string, options: { signal: AbortSignal }): Promise<CounterNumbering>;
}

/** Where a profile's id outlives its database: evicting or deleting the one may leave the other. */
export interface ProfileIdKeeper {
  read(): string | null;
  write(profileId: string): void;
}

export interface NumberingDependencies {
  database: Database;
  registry: CounterRegistry;
  profileIds: ProfileIdKeeper;
  newId: () => string;
  randomBytes: (length: number) => Uint8Array;
  log: Logger;
}

const identitySchema = v.object({
  profileId: v.string(),
  counter: v.nullable(counterIdSchema),
  /** False for a name that this browser gave itself. */
  assigned: v.boolean(),
});
type Identity = v.InferOutput<typeof identitySchema>;
const lastSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A transaction of idb's that may write the numbering, whatever else it writes. */
export interface NumberingTransaction {
  objectStore(name: 'numbering'): {
    get(key: string): Promise<unknown>;
    put(value: unknown, key: string): Promise<string>;
  };
}

export interface Numbering {
  /**
   * Makes sure that this profile has a counter and knows the last number of each of its series: from the companion where it can be
   * reached before `signal` aborts, else under a name of its own, which gives way to the companion's when that is known.
   */
  prepare(options: { signal: AbortSignal }): Promise<void>;
  /** Asks the companion which counter this is, unless it has said so. Nothing changes where it cannot be reached. */
  ask(options: { signal: AbortSignal }): Promise<void>;
  /** True once a number can be made. */
  isPrepared(): Promise<boolean>;
}

const identityKey = 'profile';

/** The next number of a series, taken within the caller's transaction: a number whose transaction fails was never taken. */
export async function takeNumber(
  transaction: NumberingTransaction,
  { kind, year }: Pick<Series, 'kind' | 'year'>,
): Promise<{ counter: string; sequence: number }> {
  const store = transaction.objectStore('numbering');
  const counter = v.parse(identitySchema, await store.get(identityKey)).counter;
  if (counter === null) throw new Error('this profile has no counter yet: prepare the numbering before a document');
  const key = seriesKey({ kind, counter, year });
  const sequence = v.parse(lastSchema, (await store.get(key)) ?? 0) + 1;
  await store.put(sequence, key);
  return { counter, sequence };
}

/** The numbers of this profile, which the companion names when it can be reached. */
export function createNumbering(dependencies: NumberingDependencies): Numbering {
  const { database, registry, profileIds, newId, randomBytes, log } = dependencies;
  const readIdentity = async (): Promise<Identity | null> => {
    const kept = v.safeParse(identitySchema, await database.get('numbering', identityKey));
    return kept.success ? kept.output : null;
  };

  /** Writes what `change` makes of the identity, unless another window was faster; gives what is kept then. */
  const updateIdentity = async (change: (kept: Identity | null) => Identity): Promise<Identity> => {
    const transaction = database.transaction('numbering', 'readwrite', { durability: 'strict' });
    const kept = v.safeParse(identitySchema, await transaction.store.get(identityKey));
    const identity = change(kept.success ? kept.output : null);
    await transaction.store.put(identity, identityKey);
    await transaction.done;
    return identity;
  };

  const knowProfile = async (): Promise<Identity> => {
    const found = await readIdentity();
    const profileId = found?.profileId ?? profileIds.read() ?? newId();
    const identity = found ?? (await updateIdentity((kept) => kept ?? { profileId, counter: null, assigned: false }));
    profileIds.write(identity.profileId);
    return identity;
  };

  /** Numbers that the companion has seen are never given again, even where this browser has forgotten them. */
  const learn = async (profileId: string, signal: AbortSignal): Promise<void> => {
    const counter = await registry.assign(profileId, { signal });
    const { last } = await registry.numbering(counter, { signal });
    const transaction = database.transaction('numbering', 'readwrite', { durability: 'strict' });
    for (const { kind, year, sequence } of last) {
      const key = seriesKey({ kind, counter, year });
      const known = v.safeParse(lastSchema, await transaction.store.get(key));
      await transaction.store.put(Math.max(sequence, known.success ? known.output : 0), key);
    }
    await transaction.store.put({ profileId, counter, assigned: true } satisfies Identity, identityKey);
    await transaction.done;
    log.info(`this profile is counter ${counter}`);
  };

  const ask = async ({ signal }: { signal: AbortSignal }): Promise<Identity> => {
    const identity = await knowProfile();
    if (identity.assigned) return identity;
    try {
      await learn(identity.profileId, signal);
    } catch (thrown) {
      log.info(`the companion has not said which counter this is: ${String(thrown)}`);
    }
    return (await readIdentity()) ?? identity;
  };

  return {
    async isPrepared() {
      return (await readIdentity())?.counter != null;
    },
    async prepare(options) {
      const identity = await ask(options);
      if (identity.counter !== null) return;
      const own = randomCounter(randomBytes(5));
      await updateIdentity((kept) => ({ ...(kept ?? identity), counter: kept?.counter ?? own }));
    },
    async ask(options) {
      await ask(options);
    },
  };
}
