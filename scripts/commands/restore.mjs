import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readArguments } from '../arguments.mjs';
import { CommandError } from '../entry.mjs';
import { nodeRoot } from '../paths.mjs';
import { prepare } from '../prepare.mjs';
import { shopRoot } from './start.mjs';

/**
 * Makes the shop what a file of `backups/` says, while no companion is open.
 * @param {string[]} argv
 */
export async function main(argv) {
  const { values, positionals } = readArguments(
    argv,
    { root: { type: 'string', value: 'DOSSIER', help: 'le dossier du magasin' } },
    { positionals: true },
  );
  const [named, ...more] = positionals;
  if (named === undefined || more.length > 0) {
    throw new CommandError('Dites quelle sauvegarde remettre : npm run restore -- FICHIER [--root DOSSIER]', 2);
  }
  const file = resolve(named);
  if (!existsSync(file)) throw new CommandError(`Je ne trouve pas la sauvegarde ${file}.`);
  await prepare(['node'], (line) => console.error(line));
  /** @type {typeof import('../../companion/backup/restore-shop.ts')} */
  const restoring = await import(pathToFileURL(join(nodeRoot, 'restore.js')).href);
  const root = shopRoot(values['root'], process.env, process.platform, homedir());
  const databaseUrl = process.env['DATABASE_URL'];
  const log = restoring.createLogger((entry) => console.error(restoring.formatLogEntry(entry)));
  await restoring.restoreShop({ file, root, databaseUrl, log }).catch((/** @type {unknown} */ error) => {
    throw explain(error, { file, root, ...restoring });
  });
  console.log(`La sauvegarde est remise dans « ${root} ». Ce qui y était est gardé à côté.`);
  return 0;
}

/**
 * @param {unknown} error
 * @param {Pick<typeof import('../../companion/backup/restore-shop.ts'), 'RootLockedError' | 'BackupDamagedError' | 'NotEmptyError'> & {file: string, root: string}} context
 */
function explain(error, { file, root, RootLockedError, BackupDamagedError, NotEmptyError }) {
  if (error instanceof RootLockedError) {
    return new CommandError(`LaGrace est ouverte sur « ${root} » : fermez-la, puis relancez.`);
  }
  if (error instanceof BackupDamagedError) {
    return new CommandError(`La sauvegarde ${file} est abîmée ; rien n’a changé. Prenez-en une autre.`);
  }
  if (error instanceof NotEmptyError) {
    return new CommandError('La base PostgreSQL contient déjà des données de la boutique : donnez-m’en une vide.');
  }
  return error;
}
