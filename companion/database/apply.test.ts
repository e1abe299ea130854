import { expect, test } from 'vitest';
import { createLogger, silentLogger } from '../../src/log.ts';
import { applyEntries } from './apply.ts';
import type { Queries } from './connection.ts';
import type { Entry } from './journal-entries.ts';

const entries = ['a', 'b'].map((id, index): Entry => {
  return { table: 'events', row: { id, type: 't', data: null, timestamp: 1, source: 's', sequence: index + 1 } };
});

/** A database that fails at everything, as PostgreSQL words it. */
function failing(code: string): Queries {
  const transaction = async (): Promise<never> => {
    throw Object.assign(new Error('as PostgreSQL says'), { severity: 'ERROR', code });
  };
  // Nothing but this is asked of it.
  return { transaction } as unknown as Queries;
}

test.each(['23505', '22021'])(
  'rows that a database refuses (%s) are left out, each with a line in the log',
  async (code) => {
    const said: string[] = [];
    await applyEntries(
      failing(code),
      entries,
      createLogger(({ message }) => said.push(message)),
    );
    expect(said).toHaveLength(2);
  },
);

test.each(['53100', '57P01', 'XX001'])('rows that a database cannot take now (%s) are not left out', async (code) => {
  await expect(applyEntries(failing(code), entries, silentLogger)).rejects.toMatchObject({ code });
});
