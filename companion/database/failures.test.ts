import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createLogger, formatLogEntry } from '../../src/log.ts';
import { HttpError } from '../http-error.ts';
import { explainFailure } from './failures.ts';
import { noJournal } from './journal.ts';
import { createShopDatabase } from './shop-database.ts';

const said = 'une facture pour Madame Mbuyi';
const failing = (own: Error): DrizzleQueryError =>
  new DrizzleQueryError('insert into lagrace.events values ($1)', [said], own);
const full = Object.assign(new Error('could not extend file'), { severity: 'ERROR', code: '53100' });
const gone = new Error('PGlite is closed: its thread has ended');

/** All that a log would make of an error. */
function logged(error: unknown): string {
  const lines: string[] = [];
  const log = createLogger((entry) => lines.push(formatLogEntry(entry)));
  log.error('it failed', error);
  if (error instanceof Error && error.cause !== undefined) log.error('because', error.cause);
  return lines.join('\n');
}

test.each([
  ['a full disk', full, 507],
  ['a server that is not there', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 503],
])('%s is explained without a word of what was asked', (_what, own, status) => {
  const explained = explainFailure(failing(own));
  expect(explained).toBeInstanceOf(HttpError);
  expect(explained).toMatchObject({ statusCode: status });
  expect(logged(explained)).not.toContain(said);
});

test.each([new Error('unforeseen'), gone])('so is what nobody foresaw: %s', (own) =>
  expect(logged(explainFailure(failing(own)))).not.toContain(said),
);

test('a database that breaks twice under a question says so, and nothing of the question', async () => {
  const lines: string[] = [];
  const nothing = async (): Promise<void> => undefined;
  const open = async () => ({
    // Nobody asks it anything: it breaks first.
    queries: undefined as never,
    journal: noJournal,
    isShared: false,
    checkpoint: async () => 1,
    close: nothing,
    abandon: nothing,
  });
  const database = createShopDatabase(
    open,
    createLogger((entry) => lines.push(formatLogEntry(entry))),
  );
  const broken = database.use(() => Promise.reject(failing(gone)));
  await expect(broken).rejects.toMatchObject({ statusCode: 503, code: 'database-unavailable' });
  expect(lines).toHaveLength(2);
  expect(lines.join()).not.toContain(said);
});
