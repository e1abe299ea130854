import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Runs `work` while no other process does under the same file; waits for its turn. A file left by a dead process is no obstacle.
 * @template T
 * @param {string} lockPath
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once, when another process is at it
 * @returns {Promise<T>}
 */
export async function exclusively(lockPath, work, onWait = () => undefined) {
  mkdirSync(dirname(lockPath), { recursive: true });
  let waited = false;
  while (!take(lockPath)) {
    if (!waited) onWait();
    waited = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    return await work();
  } finally {
    rmSync(lockPath, { force: true });
  }
}

/** @param {string} lockPath */
function take(lockPath) {
  try {
    writeFileSync(lockPath, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  if (holderIsDead(lockPath)) rmSync(lockPath, { force: true });
  return false;
}

/** @param {string} lockPath */
function holderIsDead(lockPath) {
  try {
    const pid = Number(readFileSync(lockPath, 'utf8'));
    if (!pid) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'ENOENT');
  }
}
