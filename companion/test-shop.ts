import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import * as v from 'valibot';
import { createLogger, formatLogEntry } from '../src/log.ts';
import { openPglite } from './database/pglite.ts';
import { type Companion, createCompanion } from './main.ts';

/** A companion on a folder of its own, for tests: on PGlite, or on the PostgreSQL server that the environment names. */
export interface TestShop {
  root: string;
  databaseUrl: string | undefined;
  log: string[];
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Sends `body` as JSON; tells status and what came back. */
  send(method: string, path: string, body: unknown): Promise<{ status: number; body: unknown }>;
  url(): string;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops, and leaves nothing behind. */
  remove(): Promise<void>;
}

/** How long a busy machine may take to open a database or two. */
export const patienceMs = 180_000;

const packageSchema = v.object({ dependencies: v.object({ '@electric-sql/pglite': v.string() }) });

/** A server for tests: each shop gets a database of its own there. */
export const testServerUrl = process.env['LAGRACE_TEST_POSTGRES'];
export const testDatabaseName = testServerUrl ? 'PostgreSQL' : 'PGlite';

/** A shop's folder and database, both empty. */
export interface TestPlace {
  root: string;
  appFolder: string;
  databaseUrl: string | undefined;
  remove(): Promise<void>;
}

export async function makeTestPlace(): Promise<TestPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'lagrace-shop-'));
  const root = join(folder, 'root');
  const appFolder = join(folder, 'app');
  mkdirSync(root);
  mkdirSync(appFolder);
  writeFileSync(join(appFolder, 'index.html'), '<!doctype html><title>La Grâce</title>');
  const databaseUrl = testServerUrl ? await createDatabase(testServerUrl) : undefined;
  if (!testServerUrl) await copyEmptyDatabase(join(root, 'database'));
  return {
    root,
    appFolder,
    databaseUrl,
    remove: async () => {
      rmSync(folder, { recursive: true, force: true });
      if (testServerUrl && databaseUrl) await dropDatabase(testServerUrl, databaseUrl);
    },
  };
}

export async function openTestShop(): Promise<TestShop> {
  const { root, appFolder, databaseUrl, remove } = await makeTestPlace();
  const log: string[] = [];
  let companion: Companion | null = null;
  const shop: TestShop = {
    root,
    databaseUrl,
    log,
    url: () => companion?.url ?? '',
    fetch: (path, init) => fetch(`${companion?.url}${path}`, init),
    send: async (method, path, body) => {
      const headers = { 'content-type': 'application/json' };
      const response = await shop.fetch(path, { method, headers, body: JSON.stringify(body) });
      return { status: response.status, body: await response.json() };
    },
    start: async () => {
      const logger = createLogger((entry) => log.push(formatLogEntry(entry)));
      companion = await createCompanion({ appFolder, port: 0, root, log: logger, ...(databaseUrl && { databaseUrl }) });
    },
    stop: async () => {
      await companion?.close();
      companion = null;
    },
    remove: async () => {
      await shop.stop();
      await remove();
    },
  };
  await shop.start();
  return shop;
}

/** An empty database takes seconds to make: one is made, and copied for each shop. */
export async function copyEmptyDatabase(folder: string): Promise<void> {
  const { dependencies } = v.parse(
    packageSchema,
    JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')),
  );
  const name = `../build/test-databases/pglite-${dependencies['@electric-sql/pglite']}`;
  const template = fileURLToPath(new URL(name, import.meta.url));
  if (!existsSync(template)) {
    const made = `${template}-${process.pid}`;
    await openPglite(made).then(({ close }) => close());
    // Another test may have been faster.
    await rename(made, template).catch(() => rm(made, { recursive: true }));
  }
  await cp(template, join(folder, 'pglite'), { recursive: true });
}

async function createDatabase(serverUrl: string): Promise<string> {
  const name = `shop_${randomUUID().replaceAll('-', '')}`;
  await ask(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function dropDatabase(serverUrl: string, databaseUrl: string): Promise<void> {
  await ask(serverUrl, `drop database ${new URL(databaseUrl).pathname.slice(1)} with (force)`);
}

async function ask(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
