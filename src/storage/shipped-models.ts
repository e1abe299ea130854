import type { Database } from './database.ts';

type Kept = Pick<Database, 'get' | 'put'>;

const keyOf = (sha256: string): string => `shipped ${sha256}`;

/** Which digests this app and earlier ones brought along, kept among the settings. */
export function createShippedModels(use: <T>(work: (database: Kept) => Promise<T>) => Promise<T>): {
  has(sha256: string): Promise<boolean>;
  add(sha256: string): Promise<void>;
} {
  const known = new Set<string>();
  return {
    has: (sha256) => use(async (database) => (await database.get('settings', keyOf(sha256))) === true),
    add: async (sha256) => {
      if (known.has(sha256)) return;
      await use((database) => database.put('settings', true, keyOf(sha256)));
      known.add(sha256);
    },
  };
}
