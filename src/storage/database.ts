import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** Values are `unknown` on purpose: each is parsed with its schema where it is read. */
export interface LaGraceDatabase extends DBSchema {
  /** What the owner chose, under 'settings'; what the app found out about a file, under its digest. */
  settings: { key: string; value: unknown };
  /** What waits to be sent to the companion, in order; `id` is the kind and the id of an event or a document. */
  outbox: { key: number; value: unknown; indexes: { id: string } };
  /** Invoices, receipts, quotes, by id. `issuedAt` is absent from drafts. */
  documents: { key: string; value: unknown; indexes: { number: string; issuedAt: number } };
  /** The last number issued for each kind and year, and who this counter is. */
  numbering: { key: string; value: unknown };
  /** What is known of each file of the tree besides its content, by path. */
  tree: { key: string; value: unknown };
  /** The state that this browser and the companion last had in common, by path. */
  mirror: { key: string; value: unknown };
}
export type Database = IDBPDatabase<LaGraceDatabase>;

const upgrades: readonly ((database: Database) => void)[] = [
  (database) => {
    database.createObjectStore('settings');
  },
  (database) => {
    const outbox = database.createObjectStore('outbox', { keyPath: 'sequence', autoIncrement: true });
    outbox.createIndex('id', 'id', { unique: true });
    const documents = database.createObjectStore('documents', { keyPath: 'id' });
    documents.createIndex('number', 'number', { unique: true });
    documents.createIndex('issuedAt', 'issuedAt');
    database.createObjectStore('numbering');
    database.createObjectStore('tree', { keyPath: 'path' });
    database.createObjectStore('mirror', { keyPath: 'path' });
  },
];

/** The browser's database, brought up to date. Whoever opens it closes it, or lets a newer page do so. */
export async function openDatabase(): Promise<Database> {
  const database = await openDB<LaGraceDatabase>('lagrace', upgrades.length, {
    upgrade: (opened, oldVersion) => {
      for (const upgrade of upgrades.slice(oldVersion)) upgrade(opened);
    },
    blocking: (_current, _blocked, event) => {
      // A newer version of the app waits in another window: an old one must not keep it from starting.
      if (event.target instanceof IDBDatabase) event.target.close();
    },
  });
  return database;
}
