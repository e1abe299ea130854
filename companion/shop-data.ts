import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '../src/log.ts';
import { createShopDatabase, type Open } from './database/shop-database.ts';
import { createCounterStore } from './documents/counter-store.ts';
import { createDocumentStore } from './documents/document-store.ts';
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
  events: EventStore;
  register(server: FastifyInstance): void;
  close(): Promise<void>;
}

/** Puts the database and what lives in it together. Nothing is opened before it is needed, so that the app's page comes first. */
export function createShopData({ root, databaseUrl, log }: ShopDataOptions): ShopData {
  const database = createShopDatabase(openLater(root, databaseUrl, log), log);
  const events = createEventStore(database);
  return {
    events,
    register: (server) => {
      registerEvents(server, events);
      registerDocuments(server, createDocumentStore(database), createCounterStore(database));
    },
    close: async () => {
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
      open ??= openLocalDatabase({ folder: join(root, 'database'), restoreNewest: async () => 1, log });
    }
    return open(isDamaged);
  };
}
