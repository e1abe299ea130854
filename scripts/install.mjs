import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from './entry.mjs';
import { runNpm } from './npm.mjs';
import { projectRoot } from './paths.mjs';

/** @typedef {{version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[]}} LockedPackage */
/** @typedef {Record<string, LockedPackage>} LockedPackages by folder, `''` is the project itself */

/**
 * Whether what npm says it installed is what the lock file asks for, on this machine.
 * Contents are compared rather than dates, which a checkout changes.
 * @param {LockedPackages} wanted `packages` of package-lock.json
 * @param {LockedPackages} installed `packages` of node_modules/.package-lock.json
 * @param {{platform: string, arch: string}} machine
 */
export function isInstalled(wanted, installed, { platform, arch }) {
  const missing = Object.entries(wanted).some(
    ([folder, entry]) => folder !== '' && !(folder in installed) && !entry.optional,
  );
  if (missing) return false;
  return Object.entries(installed).every(([folder, entry]) => {
    const locked = wanted[folder];
    if (!locked || locked.version !== entry.version || locked.integrity !== entry.integrity) return false;
    return allows(entry.os, platform) && allows(entry.cpu, arch);
  });
}

/**
 * npm's `os` and `cpu` lists: names that fit, or names that do not (`!win32`).
 * @param {string[] | undefined} names
 * @param {string} name
 */
function allows(names, name) {
  if (!names || names.includes('any')) return true;
  if (names.includes(`!${name}`)) return false;
  return names.includes(name) || names.every((each) => each.startsWith('!'));
}

/**
 * @param {string} path
 * @returns {LockedPackages | null}
 */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

/**
 * Installs the dependencies when they are missing or not those of the lock file.
 * @param {(line: string) => void} note
 */
export async function ensureInstalled(note) {
  const wanted = readPackages(join(projectRoot, 'package-lock.json'));
  if (!wanted)
    throw new CommandError(
      'Le fichier package-lock.json manque ou est abîmé. Récupérez-le avec : git checkout package-lock.json',
    );
  const installed = readPackages(join(projectRoot, 'node_modules', '.package-lock.json'));
  if (installed && isInstalled(wanted, installed, process)) return;

  note(
    existsSync(join(projectRoot, 'node_modules')) ? 'Mise à jour des dépendances…' : 'Installation des dépendances…',
  );
  const { code } = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel', 'notice'], {
    cwd: projectRoot,
    output: 'stderr',
  });
  if (code !== 0) {
    throw new CommandError(
      "L'installation des dépendances n'a pas abouti (le détail est au-dessus). Vérifiez la connexion au registre npm, fermez ce qui utilise ce dossier, puis relancez.",
    );
  }
}
