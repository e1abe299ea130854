import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { appRoot, buildRoot, nodeRoot, projectRoot } from './paths.mjs';

/** @typedef {'app' | 'node'} PartName */
/** @typedef {{outputFolder: string, inputs: string[]}} Part what is built, and from what */

/** @type {Record<PartName, Part>} */
export const parts = {
  app: {
    outputFolder: appRoot,
    inputs: ['index.html', 'public', 'src', 'scripts', 'stubs', 'vite.config.ts', 'package.json', 'package-lock.json'],
  },
  node: {
    outputFolder: nodeRoot,
    inputs: ['companion', 'bench', 'src', 'stubs', 'vite.node.config.ts', 'package.json', 'package-lock.json'],
  },
};
/** @type {PartName[]} */
export const partNames = ['app', 'node'];

const stampPath = join(buildRoot, 'stamp.json');

/** @param {PartName} name */
export function currentFingerprint(name) {
  return fingerprint(projectRoot, parts[name].inputs, (path) => !/\.test\.tsx?$/.test(path));
}

/** @returns {Partial<Record<PartName, string>>} the fingerprint of what each part was last built from */
function readStamp() {
  try {
    return JSON.parse(readFileSync(stampPath, 'utf8'));
  } catch {
    return {};
  }
}

/** @param {PartName} name */
export function isStale(name) {
  return !existsSync(parts[name].outputFolder) || readStamp()[name] !== currentFingerprint(name);
}

/**
 * @param {PartName} name
 * @param {string} built its fingerprint before the build began
 */
export function markBuilt(name, built) {
  writeFileSync(stampPath, `${JSON.stringify({ ...readStamp(), [name]: built }, null, 2)}\n`);
}
