import { migrate } from '../companion/database/migrations.ts';
import { openPglite } from '../companion/database/pglite.ts';
import { toEventColumns } from '../companion/database/rows.ts';
import { events } from '../companion/database/tables.ts';
import type { ShopEvent } from '../src/schema/events.ts';

export interface BenchDatabase {
  insert(rows: ShopEvent[]): Promise<unknown>;
  close(): Promise<void>;
}

/** The companion's own database in a new folder, with nothing around it: what inserting alone costs. */
export async function openBenchDatabase(folder: string): Promise<BenchDatabase> {
  const { queries, close } = await openPglite(folder);
  await migrate(queries);
  return { insert: async (rows) => queries.insert(events).values(rows.map(toEventColumns)), close };
}
