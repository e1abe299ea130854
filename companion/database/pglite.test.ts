import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyEmptyDatabase, patienceMs } from '../test-shop.ts';
import { sqlState } from './failures.ts';
import { openPglite } from './pglite.ts';
import { openPgliteThread, type PgliteClient } from './pglite-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'lagrace-pglite-'));
let client: PgliteClient;
let openedInMs = 0;
let longestPauseMs = 0;
beforeAll(async () => {
  await copyEmptyDatabase(folder);
  let last = performance.now();
  const watch = setInterval(() => {
    longestPauseMs = Math.max(longestPauseMs, performance.now() - last);
    last = performance.now();
  }, 5);
  const from = performance.now();
  client = await openPgliteThread(join(folder, 'pglite'));
  openedInMs = performance.now() - from;
  longestPauseMs = Math.max(longestPauseMs, performance.now() - last);
  clearInterval(watch);
}, patienceMs);
afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true });
}, patienceMs);

test('a database that opens leaves the thread of the companion free', () => {
  expect(longestPauseMs).toBeLessThan(openedInMs / 2);
});

test('what is asked during a transaction waits for its end', async () => {
  await client.query('create table sums (value integer)');
  const inside = client.transaction(async ({ query }) => {
    await query('insert into sums values (1)');
    await query('select pg_sleep(0.05)');
    await query('insert into sums values (2)');
  });
  const outside = client.query('select count(*)::integer as count from sums');
  await inside;
  expect((await outside).rows).toEqual([{ count: 2 }]);
});

test('a transaction that fails leaves nothing, and the next one goes on', async () => {
  await client.query('create table kept (id integer primary key)');
  const failing = client.transaction(async ({ query }) => {
    await query('insert into kept values (1)');
    await query('insert into kept values (1)');
  });
  const failure: unknown = await failing.catch((error: unknown) => error);
  expect(sqlState(failure)).toBe('23505');
  await client.transaction(({ query }) => query('insert into kept values ($1)', [3]));
  expect((await client.query('select id from kept', [], { rowMode: 'array' })).rows).toEqual([[3]]);
});

test(
  'a new database is a copy of the empty one beside the program, and an old one stays as it is',
  async () => {
    const template = join(folder, 'template');
    await copyEmptyDatabase(template);
    const emptyDatabase = join(template, 'pglite');
    const inTemplate = await openPgliteThread(emptyDatabase);
    await inTemplate.query('create table marks (value integer)');
    await inTemplate.close();

    const made = join(folder, 'made');
    const countMarks = async (change: string): Promise<unknown> => {
      const { queries, close } = await openPglite(made, emptyDatabase);
      try {
        await queries.execute(change);
        return (await queries.execute('select count(*)::integer as count from marks')).rows;
      } finally {
        await close();
      }
    };
    expect(await countMarks('insert into marks values (1)')).toEqual([{ count: 1 }]);
    expect(await countMarks('insert into marks values (2)')).toEqual([{ count: 2 }]);
  },
  patienceMs,
);
