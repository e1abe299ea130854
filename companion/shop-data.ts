import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '../src/log.ts';
import { type Backups, createBackups } from './backup/backups.ts';
import { restoreNewest } from './backup/restore.ts';
import type { Queries } from './database/connection.ts';
import { createShopDatabase, type Open, type ShopDatabase } from './database/shop-database.ts';
import { type CounterStore, createCounterStore } from './documents/counter-store.ts';
import { createDocumentStore, type DocumentStore } from './documents/document-store.ts';
import { registerDocuments } from './documents/routes.ts';
import { createEventStore } from './events/database-event-store.ts';
import type { EventStore } from './events/event-store.ts';
import { registerEvents } from './events/routes.ts';

export interface ShopDataOptions {
  /** The shop's folder. */
  root: string;
  databaseUrl?: string | undefined;
  log: Logger;
}

/** What the shop's database is for. */
export interface ShopData {
  database: ShopDatabase;
  events: EventStore;
  documents: DocumentStore;
  counters: CounterStore;
  backups: Backups;
  register(server: FastifyInstance): void;
  /** Opens the database once the first page has had its time. */
  openSoon(): void;
  close(): Promise<void>;
}

/** How long the app's page is given before the database wants the processor too. */
const firstPageMs = 1000;

/** Puts the database and what lives in it together. Nothing is opened before it is needed, so that the app's page comes first. */
export function createShopData({ root, databaseUrl, log }: ShopDataOptions): ShopData {
  const database = createShopDatabase(openLater(root, databaseUrl, log), log);
  const events = createEventStore(database);
  const documents = createDocumentStore(database);
  const counters = createCounterStore(database);
  const backups = createBackups({ root, database, log });
  backups.start();
  let opening: NodeJS.Timeout | undefined;
  return {
    database,
    events,
    documents,
    counters,
    backups,
    register: (server) => {
      registerEvents(server, events);
      registerDocuments(server, documents, counters);
    },
    openSoon: () => {
      // A failure is in the log, and whoever asks next is told.
      opening = setTimeout(() => void database.use(async () => undefined).catch(() => undefined), firstPageMs).unref();
    },
    close: async () => {
      clearTimeout(opening);
      await backups.close();
      await events.close();
      await database.close();
    },
  };
}

/** The databases' programs are large: they are not even read before they are needed. */
function openLater(root: string, databaseUrl: string | undefined, log: Logger): Open {
  let open: Open | undefined;
  return async (isDamaged) => {
    if (databaseUrl) {
      const { openServerDatabase } = await import('./database/server-database.ts');
      open ??= openServerDatabase(databaseUrl, log);
    } else {
      const { openLocalDatabase } = await import('./database/local-database.ts');
      const restore = (queries: Queries): Promise<number> => restoreNewest(root, queries, log);
      open ??= openLocalDatabase({ folder: join(root, 'database'), restoreNewest: restore, log });
    }
    return open(isDamaged);
  };
}
