import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readArguments } from '../arguments.mjs';
import { CommandError } from '../entry.mjs';
import { exclusively } from '../exclusive.mjs';
import { ensureInstalled } from '../install.mjs';
import { packagedFiles } from '../packs.mjs';
import { currentFingerprint, isStale, markBuilt, partNames, parts } from '../parts.mjs';
import { buildRoot, projectRoot } from '../paths.mjs';
import { isManifestStale } from './manifest.mjs';

/** @typedef {import('../parts.mjs').PartName} PartName */

/**
 * Builds what is stale: the web app (`build/app`) and what runs in Node (`build/node`).
 * @param {string[]} argv
 */
export async function main(argv) {
  const { values } = readArguments(argv, {
    only: { type: 'string', value: 'app|node|faults', help: 'une partie seulement' },
    force: { type: 'boolean', help: 'même ce qui est à jour' },
  });
  const { only } = values;
  const wanted =
    only === undefined ? partNames : [...partNames, /** @type {const} */ ('faults')].filter((name) => name === only);
  if (wanted.length === 0) throw new CommandError(`--only attend app, node ou faults, pas « ${only} ».`, 2);
  const note = (/** @type {string} */ line) => console.error(line);
  await ensureInstalled(note);
  await exclusively(
    join(buildRoot, 'building'),
    async () => {
      for (const name of wanted) {
        if (values['force'] || isStale(name)) await buildPart(name, note);
      }
    },
    () => note('Une autre construction est en cours ; j’attends qu’elle finisse.'),
  );
  return 0;
}

/**
 * Builds beside the old part, then takes its place: a build that fails leaves the old one whole.
 * @param {PartName} name
 * @param {(line: string) => void} note
 */
async function buildPart(name, note) {
  const startedAt = performance.now();
  const builtFrom = currentFingerprint(name);
  const next = `${parts[name].outputFolder}.next`;
  rmSync(next, { recursive: true, force: true });
  await (name === 'node' ? buildNode(next) : buildApp(next, name, note));
  markBuilt(next, builtFrom);
  replaceFolder(parts[name].outputFolder, next);
  note(`build/${name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

/**
 * @param {string} outDir
 * @param {'app' | 'faults'} name
 * @param {(line: string) => void} note
 */
async function buildApp(outDir, name, note) {
  const { build } = await import('vite');
  await build({
    root: projectRoot,
    mode: name === 'faults' ? 'faults' : 'production',
    logLevel: 'warn',
    // The manifest tells the size budget which chunks are the page's.
    build: {
      outDir,
      emptyOutDir: true,
      manifest: 'chunks.json',
      reportCompressedSize: false,
      rollupOptions: { checks: { pluginTimings: false } },
    },
  });
  renameSync(join(outDir, 'chunks.json'), join(buildRoot, name === 'app' ? 'chunks.json' : 'chunks-faults.json'));
  if (isManifestStale())
    note('public/models/manifest.json is stale: the app will refuse models; run node scripts/manifest.mjs');
  for (const { path, from } of packagedFiles()) {
    const target = join(outDir, 'models', path);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(projectRoot, from), target);
  }
  if (name === 'faults') return;
  const { compressApp } = await import('../compress.mjs');
  await compressApp(outDir);
}

/** @param {string} outDir */
async function buildNode(outDir) {
  const { build } = await import('vite');
  await build({
    root: projectRoot,
    configFile: join(projectRoot, 'vite.node.config.ts'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  });
  await addEmptyDatabase(outDir);
}

/**
 * Puts a database of nothing beside the program that copies it, which is several times faster than PostgreSQL's own set-up. The last
 * build's is taken where the same PGlite made it.
 * @param {string} outDir
 */
async function addEmptyDatabase(outDir) {
  const { dependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  const kept = join(buildRoot, `empty-database-${dependencies['@electric-sql/pglite']}`);
  if (!existsSync(kept)) {
    const { PGlite } = await import('@electric-sql/pglite');
    const part = `${kept}.part`;
    rmSync(part, { recursive: true, force: true });
    const database = await PGlite.create(part);
    await database.close();
    renameSync(part, kept);
  }
  cpSync(kept, join(outDir, 'chunks', 'empty-database'), { recursive: true });
}

/**
 * @param {string} folder
 * @param {string} next
 */
function replaceFolder(folder, next) {
  const old = `${folder}.old`;
  try {
    rmSync(old, { recursive: true, force: true });
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(next, folder);
    rmSync(old, { recursive: true, force: true });
  } catch (error) {
    throw new CommandError(
      `Je ne peux pas remplacer ${folder} : fermez la fenêtre où LaGrace tourne, puis relancez. (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}
