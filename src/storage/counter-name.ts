import * as v from 'valibot';
import type { Database } from './database.ts';

const identitySchema = v.object({ counter: v.pipe(v.string(), v.minLength(1)) });

/** This counter as files and events bear it: `comptoir-2` for the companion's second; `comptoir` while it has no name. */
export async function readCounterName(database: Pick<Database, 'get'>): Promise<string> {
  const parsed = v.safeParse(identitySchema, await database.get('numbering', 'profile'));
  return parsed.success ? `comptoir-${parsed.output.counter.replace(/^C(?=\d)/, '')}` : 'comptoir';
}
