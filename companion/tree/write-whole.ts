import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from './tree-error.ts';

const heldCodes = new Set(['EBUSY', 'EPERM', 'EACCES']);
const attempts = 10;
const pauseMs = 20;

/** Writes a small file so that a power cut leaves the old one or the new one. */
export function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text, { flush: true });
  renameWhenFree(`${path}.part`, path);
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** On Windows whoever looks at a file for viruses or backups holds it for a moment. */
function renameWhenFree(from: string, to: string): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      if (attempt === attempts || !heldCodes.has(systemCode(error))) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    }
  }
}
