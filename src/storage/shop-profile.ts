import * as v from 'valibot';
import type { Logger } from '../log.ts';
import { type ShopProfile, shopProfileSchema } from '../schema/documents.ts';
import type { Database } from './database.ts';

const key = 'shop';

/** The shop as its owner described it; `otherwise` when there is none, or none that can be read. */
export async function readShopProfile(database: Database, otherwise: ShopProfile, log: Logger): Promise<ShopProfile> {
  const kept: unknown = await database.get('settings', key);
  if (kept === undefined) return otherwise;
  const parsed = v.safeParse(shopProfileSchema, kept);
  if (parsed.success) return parsed.output;
  log.warn(`the shop's description cannot be read and is set aside: ${parsed.issues[0].message}`);
  return otherwise;
}

/** Replaces what was kept. */
export async function writeShopProfile(database: Database, profile: ShopProfile): Promise<void> {
  await database.put('settings', v.parse(shopProfileSchema, profile), key);
}
