import { join } from 'node:path';
import { CommandError } from './entry.mjs';
import { ensureInstalled } from './install.mjs';
import { isStale } from './parts.mjs';
import { projectRoot } from './paths.mjs';
import { runNode } from './run.mjs';

/**
 * Installs what is missing and builds what is stale, so that a command can begin. Nothing is written to stdout.
 * @param {readonly import('./parts.mjs').PartName[]} partNames
 * @param {(line: string) => void} note
 */
export async function prepare(partNames, note) {
  await ensureInstalled(note);
  const stale = partNames.filter(isStale);
  if (stale.length === 0) return;
  note('Préparation de l’application…');
  const only = stale.length === 1 ? ['--only', stale.join()] : [];
  const { code, stdout, stderr } = await runNode(join(projectRoot, 'scripts', 'build.mjs'), only);
  if (code === 0) return;
  note(`${stdout}${stderr}`);
  throw new CommandError('La préparation de l’application n’a pas abouti (le détail est au-dessus).');
}
