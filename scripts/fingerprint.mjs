import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * Every file at or below `paths` (relative to `root`), sorted, with forward slashes; what does not exist is left out.
 * @param {string} root
 * @param {readonly string[]} paths
 * @returns {string[]}
 */
export function listFiles(root, paths) {
  const files = paths.flatMap((path) => walk(join(root, path)));
  return [...new Set(files.map((file) => relative(root, file).split(sep).join('/')))].sort();
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function walk(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => walk(join(path, name)));
}

/**
 * One SHA-256 over the names and contents of all these files: dates mean nothing after a checkout.
 * @param {string} root
 * @param {readonly string[]} paths files or folders, relative to `root`
 * @param {(path: string) => boolean} [counts] leaves files out
 */
export function fingerprint(root, paths, counts = () => true) {
  const total = createHash('sha256');
  for (const file of listFiles(root, paths).filter(counts)) {
    const digest = createHash('sha256')
      .update(readFileSync(join(root, file)))
      .digest('hex');
    total.update(`${file}\0${digest}\n`);
  }
  return total.digest('hex');
}
