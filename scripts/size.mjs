import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { compressBrotli } from './compress.mjs';
import { listFiles } from './fingerprint.mjs';

/** What a page may cost before it can be used, in bytes of Brotli: its own JavaScript and CSS, lazy chunks included. */
export const pageBudgetBytes = 200_000;

/** @typedef {{file: string, src?: string, isEntry?: boolean, imports?: string[], dynamicImports?: string[], css?: string[]}} Chunk */
/** @typedef {Record<string, Chunk>} ChunkList Vite's manifest: the page's chunks; workers are not among them */

/**
 * The files of JavaScript and CSS that the page may load, from its entry on.
 * @param {ChunkList} chunks
 * @returns {string[]}
 */
export function pageFiles(chunks) {
  const entries = Object.entries(chunks).flatMap(([name, { isEntry }]) => (isEntry ? [name] : []));
  /** @type {Set<string>} */
  const seen = new Set();
  const files = new Set();
  const queue = [...entries];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const chunk = chunks[name];
    if (seen.has(name) || !chunk) continue;
    seen.add(name);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    queue.push(...(chunk.imports ?? []), ...(chunk.dynamicImports ?? []));
  }
  return [...files].filter((file) => ['.js', '.mjs', '.css'].includes(extname(file)));
}

/** @typedef {{kind: string, files: number, bytes: number, brotliBytes: number}} SizeRow */

/**
 * What each kind of file of a built app weighs, as it is and in Brotli.
 * @param {string} appFolder
 * @param {ChunkList} chunks
 * @returns {Promise<SizeRow[]>}
 */
export async function measureSizes(appFolder, chunks) {
  const ofPage = new Set(pageFiles(chunks));
  /** @type {Map<string, SizeRow>} */
  const rows = new Map(
    ['page', 'workers', 'wasm', 'fonts', 'models', 'other'].map((kind) => [
      kind,
      { kind, files: 0, bytes: 0, brotliBytes: 0 },
    ]),
  );
  const all = listFiles(appFolder, ['.']).filter((file) => !/\.(br|gz|map)$/.test(file));
  for (const file of all) {
    const row = rows.get(ofPage.has(file) ? 'page' : kindOf(file));
    if (!row) continue;
    row.files += 1;
    const bytes = readFileSync(join(appFolder, file));
    row.bytes += bytes.length;
    row.brotliBytes += await brotliSize(join(appFolder, file), bytes, row.kind);
  }
  return [...rows.values()];
}

/** @param {string} file */
function kindOf(file) {
  if (file.startsWith('models/')) return 'models';
  const kinds = /** @type {Record<string, string>} */ ({
    '.js': 'workers',
    '.mjs': 'workers',
    '.wasm': 'wasm',
    '.woff2': 'fonts',
  });
  return kinds[extname(file)] ?? 'other';
}

/**
 * @param {string} path
 * @param {Buffer} bytes
 * @param {string} kind
 */
async function brotliSize(path, bytes, kind) {
  try {
    return readFileSync(`${path}.br`).length;
  } catch {
    return kind === 'page' ? (await compressBrotli(bytes, 11)).length : bytes.length;
  }
}

/**
 * A table of sizes, in kB.
 * @param {SizeRow[]} rows
 */
export function formatSizes(rows) {
  const kilo = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(12);
  return rows
    .map(
      ({ kind, files, bytes, brotliBytes }) =>
        `  ${kind.padEnd(8)}${String(files).padStart(4)} files${kilo(bytes)}${kilo(brotliBytes)} brotli`,
    )
    .join('\n');
}
