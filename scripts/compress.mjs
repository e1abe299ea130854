import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { listFiles } from './fingerprint.mjs';
import { buildRoot } from './paths.mjs';

const brotli = promisify(brotliCompress);

/** Brotli's quality by kind: WebAssembly is megabytes, whose last 3 % cost more than all the rest. Models barely shrink. */
const brotliQuality = /** @type {Record<string, number>} */ ({
  '.html': 11,
  '.js': 11,
  '.mjs': 11,
  '.css': 11,
  '.svg': 11,
  '.webmanifest': 11,
  '.json': 11,
  '.wasm': 6,
  '.data': 9,
});
/** A packet's worth: nothing is gained below. */
const smallestBytes = 1400;
const worthwhileShare = 0.95;

/**
 * Puts a `.br` beside every file of a built app that gains by it, for the companion to serve; browsers take Brotli from localhost.
 * @param {string} folder
 */
export async function compressApp(folder) {
  const cacheFolder = join(buildRoot, 'cache', 'compressed');
  await mkdir(cacheFolder, { recursive: true });
  for (const file of listFiles(folder, ['.'])) {
    const quality = brotliQuality[extname(file)];
    if (quality === undefined || file.startsWith('models/')) continue;
    const bytes = await readFile(join(folder, file));
    if (bytes.length < smallestBytes) continue;
    const cachePath = join(cacheFolder, `${createHash('sha256').update(bytes).digest('hex')}.${quality}.br`);
    const smaller = await cached(cachePath, () => compressBrotli(bytes, quality));
    if (smaller.length < bytes.length * worthwhileShare) await writeFile(join(folder, `${file}.br`), smaller);
  }
}

/**
 * @param {Buffer} bytes
 * @param {number} quality
 */
export function compressBrotli(bytes, quality) {
  return brotli(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}

/**
 * @param {string} path
 * @param {() => Promise<Buffer>} make
 */
async function cached(path, make) {
  try {
    return await readFile(path);
  } catch {
    const made = await make();
    await writeFile(path, made);
    return made;
  }
}
