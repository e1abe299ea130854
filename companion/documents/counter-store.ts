import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../database/connection.ts';
import type { ShopDatabase } from '../database/shop-database.ts';
import { counters } from '../database/tables.ts';

export interface Profile {
  profileId: string;
  name: string | null;
}

/** Who issues documents in this shop: `C1`, `C2`… */
export interface CounterStore {
  /** The counter of a browser's profile: always the same one. What is resolved is on the disk. */
  assign(profile: Profile): Promise<{ counter: string; isNew: boolean }>;
}

/** Any number will do, as long as migrations, events and documents have others. */
const countersLock = 716_245_104;

export function createCounterStore(database: ShopDatabase): CounterStore {
  return {
    assign: (profile) =>
      database.use(async ({ queries, journal }) => {
        if (journal.owes()) await journal.flushed();
        const { place, isNew } = await queries.transaction((transaction) => assign(transaction, profile));
        await journal.append(isNew ? [{ table: 'counters', row: { place, ...profile } }] : []);
        return { counter: `C${place}`, isNew };
      }),
  };
}

async function assign(transaction: Transaction, profile: Profile): Promise<{ place: number; isNew: boolean }> {
  await transaction.execute(sql`select pg_advisory_xact_lock(${countersLock})`);
  const [known] = await transaction.select().from(counters).where(eq(counters.profileId, profile.profileId));
  if (known) return { place: known.place, isNew: false };
  // A counter that has issued is taken, even when the list of counters has lost it.
  const { rows } = await transaction.execute<{ last: number }>(sql`
    select greatest(
      coalesce((select max(place) from lagrace.counters), 0),
      coalesce((select max(substring(counter from '^C([0-9]{1,6})$')::integer) from lagrace.documents), 0)
    )::integer as last`);
  const place = (rows[0]?.last ?? 0) + 1;
  await transaction.insert(counters).values({ place, ...profile });
  return { place, isNew: true };
}
