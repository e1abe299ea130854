import * as v from 'valibot';
import type { Logger } from '../log.ts';
import { type Settings, settingsSchema } from '../schema.ts';
import { openDatabase } from './database.ts';

/** What the owner chose. Settings that cannot be read are set aside with a line in the log: the app starts all the same. */
export async function readSettings(log: Logger): Promise<Settings> {
  try {
    const database = await openDatabase();
    try {
      const parsed = v.safeParse(settingsSchema, (await database.get('settings', 'settings')) ?? {});
      if (parsed.success) return parsed.output;
      log.warn(
        `saved settings are not valid and were set aside: ${parsed.issues.map((issue) => issue.message).join('; ')}`,
      );
    } finally {
      database.close();
    }
  } catch (thrown) {
    log.warn('saved settings could not be read', thrown);
  }
  return {};
}

/** Replaces what was saved. */
export async function writeSettings(settings: Settings): Promise<void> {
  const database = await openDatabase();
  try {
    await database.put('settings', v.parse(settingsSchema, settings), 'settings');
  } finally {
    database.close();
  }
}
