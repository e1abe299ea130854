import { and, asc, gt, lte, max } from 'drizzle-orm';
import type { Queries } from '../database/connection.ts';
import type { Entry } from '../database/journal-entries.ts';
import { fromDocumentColumns, fromEventColumns } from '../database/rows.ts';
import { counters, documents, events } from '../database/tables.ts';

const pageSize = 500;

/** Gives all that is in the database, by the hundreds: counters and documents as of one moment, then the events up to it. */
export async function dump(queries: Queries, write: (entries: readonly Entry[]) => Promise<void>): Promise<void> {
  const newest = await queries.transaction(
    async (transaction) => {
      const profiles = await transaction.select().from(counters).orderBy(counters.place);
      await write(profiles.map((row) => ({ table: 'counters', row })));
      for (let after = ''; ; ) {
        const where = gt(documents.id, after);
        const page = await transaction.select().from(documents).where(where).orderBy(asc(documents.id)).limit(pageSize);
        await write(page.map((row) => ({ table: 'documents', row: fromDocumentColumns(row) })));
        const last = page.at(-1);
        if (!last) break;
        after = last.id;
      }
      const [row] = await transaction.select({ newest: max(events.sequence) }).from(events);
      return row?.newest ?? 0;
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
  for (let after = 0; after < newest; ) {
    const where = and(gt(events.sequence, after), lte(events.sequence, newest));
    const page = await queries.select().from(events).where(where).orderBy(asc(events.sequence)).limit(pageSize);
    await write(page.map((row) => ({ table: 'events', row: fromEventColumns(row) })));
    after = page.at(-1)?.sequence ?? newest;
  }
}

/** True when nothing of the shop is in it. */
export async function isEmpty(queries: Queries): Promise<boolean> {
  for (const table of [events, documents, counters]) {
    if ((await queries.select().from(table).limit(1)).length > 0) return false;
  }
  return true;
}
