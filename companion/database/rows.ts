import * as v from 'valibot';
import { type ShopEvent, type StoredEvent, storedEventSchema } from '../../src/schema/events.ts';
import { type DocumentRow, documentRowSchema } from './journal-entries.ts';
import type { documents, events } from './tables.ts';

type EventColumns = typeof events.$inferSelect;
type DocumentColumns = typeof documents.$inferSelect;

export function toEventColumns<Event extends ShopEvent>(event: Event): Omit<Event, 'data'> & { data: string } {
  return { ...event, data: JSON.stringify(event.data) };
}

/** Throws when what is in the database is no event. */
export function fromEventColumns(columns: EventColumns): StoredEvent {
  return v.parse(storedEventSchema, { ...columns, data: JSON.parse(columns.data) });
}

export function toDocumentColumns(row: DocumentRow): DocumentColumns {
  return { ...row, body: JSON.stringify(row.body) };
}

/** Throws when what is in the database is no document's row. */
export function fromDocumentColumns(columns: DocumentColumns): DocumentRow {
  return v.parse(documentRowSchema, { ...columns, body: JSON.parse(columns.body) });
}
