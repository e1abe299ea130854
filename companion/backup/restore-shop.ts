import { createShopData } from '../shop-data.ts';
import { openRoot } from '../tree/root.ts';
import { type RestoreOptions, restoreFile } from './restore-file.ts';

export { createLogger, formatLogEntry } from '../../src/log.ts';
export { RootLockedError } from '../tree/root.ts';
export { BackupDamagedError } from './backup-file.ts';
export { NotEmptyError } from './restore-file.ts';

/**
 * Restores a backup while it keeps every companion off the folder, and backs up what came of it: from then on that is the
 * newest. Rejects with RootLockedError, BackupDamagedError or NotEmptyError, and has changed nothing then.
 */
export async function restoreShop(options: RestoreOptions): Promise<void> {
  const { root, databaseUrl, log } = options;
  const lock = await openRoot(root, { onLost: () => log.error('another companion has taken over the folder') });
  try {
    await restoreFile(options);
    const shop = createShopData({ root, databaseUrl, log });
    try {
      await shop.backups.make();
    } finally {
      await shop.close();
    }
  } finally {
    lock.release();
  }
}
