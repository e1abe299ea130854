import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { appRoot, faultsAppRoot, nodeRoot, projectRoot } from './paths.mjs';

/** @typedef {'app' | 'node' | 'faults'} PartName */
/** @typedef {{outputFolder: string, inputs: string[]}} Part what is built, and from what */

/** The scripts that a build runs. */
const buildScripts = ['commands/build', 'compress', 'espeak-data', 'headers', 'packs'].map(
  (name) => `scripts/${name}.mjs`,
);

const appInputs = [
  'index.html',
  'public',
  'src',
  ...buildScripts,
  'stubs',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];

/** @type {Record<PartName, Part>} */
export const parts = {
  app: { outputFolder: appRoot, inputs: appInputs },
  faults: { outputFolder: faultsAppRoot, inputs: appInputs },
  node: {
    outputFolder: nodeRoot,
    inputs: [
      'companion',
      'bench',
      'src',
      'scripts/commands/build.mjs',
      'scripts/headers.mjs',
      'stubs',
      'vite.node.config.ts',
      'package.json',
      'package-lock.json',
    ],
  },
};
/**
 * What is built unless told otherwise; only tests want the faults.
 * @type {PartName[]}
 */
export const partNames = ['app', 'node'];

/** Lies in the folder itself: whatever else fills that folder removes it. */
const stampName = '.built-from';

/** @param {PartName} name */
export function currentFingerprint(name) {
  return fingerprint(projectRoot, parts[name].inputs, (path) => !/\.test\.tsx?$/.test(path));
}

/** @param {PartName} name */
export function isStale(name) {
  const stamp = join(parts[name].outputFolder, stampName);
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== currentFingerprint(name);
}

/**
 * @param {string} folder what was built
 * @param {string} builtFrom the fingerprint before the build began
 */
export function markBuilt(folder, builtFrom) {
  writeFileSync(join(folder, stampName), builtFrom);
}
