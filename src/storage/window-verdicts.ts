import * as v from 'valibot';
import type { WindowVerdicts } from '../ai/engines.ts';
import { openDatabase } from './database.ts';

const verdictSchema = v.nullable(v.picklist(['same', 'different']));

/** Keeps in the browser what is known of recognisers in short windows. What cannot be understood counts as not known. */
export function createWindowVerdicts(): WindowVerdicts {
  return {
    read: async (encoderSha256) => {
      const database = await openDatabase();
      try {
        const kept = v.safeParse(verdictSchema, (await database.get('settings', keyOf(encoderSha256))) ?? null);
        return kept.success ? kept.output : null;
      } finally {
        database.close();
      }
    },
    write: async (encoderSha256, verdict) => {
      const database = await openDatabase();
      try {
        await database.put('settings', verdict, keyOf(encoderSha256));
      } finally {
        database.close();
      }
    },
  };
}

function keyOf(encoderSha256: string): string {
  return `short window of ${encoderSha256}`;
}
