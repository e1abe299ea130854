import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Page } from '@playwright/test';
import { isMirrored } from '../../src/schema/tree-path.ts';

/** What a file holds follows from its path and size: a torn one shows. */
export function contentOf(path: string, size: number): Buffer {
  const block = createHash('sha512').update(`${path} ${size}`).digest();
  return Buffer.alloc(size, block);
}
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** What another program does: it writes beside the file and moves it there. */
export function writeOnDisk(root: string, path: string, content: string | Buffer): void {
  const file = join(root, ...path.split('/'));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, content);
  renameSync(`${file}.part`, file);
}

/** The digest of each mirrored file on disk, but for the log, by path. */
export function readDisk(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const mirrored = paths.filter((path) => isMirrored(path) && path !== 'logs/ai.log').sort();
  return Object.fromEntries(mirrored.map((path) => [path, sha256(readFileSync(join(root, path)))]));
}

/** The same of a browser, whose files are read and not only listed. */
export async function readBrowser(page: Page): Promise<Record<string, string>> {
  const digests = await page.evaluate(async () => {
    const tree = window.lagraceOffice?.files;
    if (!tree) throw new Error('the office is not there');
    const found: [string, string][] = [];
    for (const { path } of await tree.list()) {
      const bytes = await (await tree.read(path))?.arrayBuffer();
      const digest = bytes && new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      found.push([path, digest ? Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') : 'gone']);
    }
    return found;
  });
  return Object.fromEntries(digests.filter(([path]) => isMirrored(path) && path !== 'logs/ai.log'));
}

/** Writes a file with the content of `contentOf` in the browser, and waits until it is there. */
export async function writeInBrowser(page: Page, path: string, size: number): Promise<void> {
  await page.evaluate(
    async ({ path, size }) => {
      const block = new Uint8Array(await crypto.subtle.digest('SHA-512', new TextEncoder().encode(`${path} ${size}`)));
      const bytes = new Uint8Array(size);
      for (let at = 0; at < size; at += block.length) bytes.set(block.subarray(0, size - at), at);
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
      await window.lagraceOffice?.files.write(path, new Blob([bytes]), { size, sha256 });
    },
    { path, size },
  );
}

/** Leaves an event with each id for the companion, in that order. */
export async function enqueue(page: Page, ids: string[]): Promise<void> {
  await page.evaluate(async (ids) => {
    const outbox = await window.lagraceOffice?.outbox;
    for (const id of ids) {
      await outbox?.enqueueEvent({
        id,
        type: 'assistant.turn',
        data: null,
        timestamp: 1_763_820_187,
        source: 'comptoir',
      });
    }
  }, ids);
}
