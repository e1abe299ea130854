import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments } from '../arguments.mjs';
import { packs } from '../packs.mjs';
import { modelsRoot, projectRoot } from '../paths.mjs';

const manifestPath = join(modelsRoot, 'manifest.json');

/**
 * Writes `public/models/manifest.json` from `scripts/packs.mjs` and the files themselves; `--check` only compares.
 * @param {string[]} argv
 */
export async function main(argv) {
  const { values } = readArguments(argv, { check: { type: 'boolean', help: 'comparer, ne rien écrire' } });
  const { manifest, missing } = makeManifest(packs, locate);
  for (const path of missing) console.error(`manifest: ${path} is missing`);
  if (values['check']) {
    const stale = isManifestStale();
    if (stale) console.error('manifest: public/models/manifest.json is stale; run: node scripts/manifest.mjs');
    return stale || missing.length > 0 ? 1 : 0;
  }
  writeFileSync(manifestPath, format(manifest));
  console.error(`manifest: ${manifest.packs.map(({ id }) => id).join(', ')}`);
  return missing.length > 0 ? 1 : 0;
}

/** Whether the manifest in the sources is not the one that its files would give. */
export function isManifestStale() {
  if (!existsSync(manifestPath)) return true;
  return readFileSync(manifestPath, 'utf8') !== format(makeManifest(packs, locate).manifest);
}

/** @param {unknown} manifest */
function format(manifest) {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/**
 * A file of a pack: shipped by a package, or below `public/models`.
 * @param {string} root the pack's
 * @param {{path: string, from?: string}} file
 */
function locate(root, { path, from }) {
  return from === undefined ? join(modelsRoot, root, path) : join(projectRoot, from);
}

/**
 * The manifest of packs whose files are all there, and the files that are not.
 * @param {import('../packs.mjs').PackDeclaration[]} declarations
 * @param {(root: string, file: {path: string, from?: string}) => string} find
 */
export function makeManifest(declarations, find) {
  const missing = declarations.flatMap(({ root, files }) =>
    files.map((file) => find(root, file)).filter((path) => !existsSync(path)),
  );
  const complete = declarations.filter(({ root, files }) => files.every((file) => existsSync(find(root, file))));
  return {
    missing,
    manifest: {
      version: 1,
      packs: complete.map((pack) => ({
        ...pack,
        files: pack.files.map((file) => ({ path: file.path, ...measure(find(pack.root, file)) })),
      })),
    },
  };
}

/** @param {string} path */
function measure(path) {
  const bytes = readFileSync(path);
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
