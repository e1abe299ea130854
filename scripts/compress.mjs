import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { listFiles } from './fingerprint.mjs';
import { buildRoot } from './paths.mjs';

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** Brotli's quality by kind: WebAssembly is megabytes, and its last percent costs a minute. Models barely shrink. */
const brotliQuality = /** @type {Record<string, number>} */ ({
  '.html': 11,
  '.js': 11,
  '.mjs': 11,
  '.css': 11,
  '.svg': 11,
  '.webmanifest': 11,
  '.json': 11,
  '.wasm': 9,
  '.data': 9,
});
/** A packet's worth: nothing is gained below. */
const smallestBytes = 1400;

/**
 * Puts `.br` and `.gz` beside every file of a built app that gains by it, for the companion to serve.
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
    const cachePath = join(cacheFolder, createHash('sha256').update(bytes).digest('hex'));
    await Promise.all([
      writeSmaller(join(folder, `${file}.br`), bytes, () =>
        cached(`${cachePath}.br`, () => compressBrotli(bytes, quality)),
      ),
      writeSmaller(join(folder, `${file}.gz`), bytes, () =>
        cached(`${cachePath}.gz`, () => deflate(bytes, { level: 9 })),
      ),
    ]);
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

/**
 * @param {string} path
 * @param {Buffer} original
 * @param {() => Promise<Buffer>} make
 */
async function writeSmaller(path, original, make) {
  const smaller = await make();
  if (smaller.length < original.length * 0.95) await writeFile(path, smaller);
}
