import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { FileLoader } from '../ai/engines.ts';
import { LaGraceError } from '../errors.ts';
import { type Manifest, manifestSchema, type Pack, type PackOf } from '../schema.ts';

/** The project's folder: the nearest one above this file, or above what it was built into, that has a `package.json`. */
function projectFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

export const modelsFolder = join(projectFolder(), 'public', 'models');

/** The manifest's first pack of that task, a starter; `LaGraceError` model-missing without one. */
export async function readStarterPack<T extends Pack['task']>(folder: string, task: T): Promise<PackOf<T>> {
  const path = join(folder, 'manifest.json');
  let manifest: Manifest;
  try {
    manifest = v.parse(manifestSchema, JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new LaGraceError('model-missing', `${path} cannot be read; run npm run build`, { cause });
  }
  const isOfTask = (candidate: Pack): candidate is PackOf<T> => candidate.task === task;
  const pack = manifest.packs.find(isOfTask);
  if (pack === undefined) throw new LaGraceError('model-missing', `${path} lists no ${task} model`);
  return pack;
}

/** The intent model that the app ships, but for its files. */
export const shippedIntentPack: Omit<PackOf<'intent'>, 'files'> = {
  id: 'intent-lagrace-starter',
  task: 'intent',
  engine: 'ngram',
  name: 'Compréhension du comptoir',
  trial: false,
  licence: 'GPL-3.0-or-later',
  source: 'LaGrace',
  root: 'starter/intent-lagrace-starter',
};

/** The shipped intent model as it lies in the folder, whatever the manifest says of it: for what is being trained. */
export async function readPackFromFiles(
  folder: string,
  pack: Omit<PackOf<'intent'>, 'files'>,
): Promise<PackOf<'intent'>> {
  const files = ['intent_model.onnx', 'intent_model.json'].map(async (path) => {
    const bytes = await readFile(join(folder, pack.root, path));
    return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
  return { ...pack, files: await Promise.all(files) };
}

/** Reads a pack's files from a folder on disk and checks them against the manifest. */
export function createFolderLoader(folder: string): FileLoader {
  return async (pack, file, { onBytes } = {}) => {
    const path = join(folder, pack.root, file.path);
    const bytes = await readFile(path).catch((cause: unknown) => {
      throw new LaGraceError('model-missing', `${path} cannot be read; run npm run build`, { cause });
    });
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (bytes.length !== file.bytes || digest !== file.sha256) {
      throw new LaGraceError('model-corrupt', `${path} is not what the manifest says; run npm run build`);
    }
    onBytes?.(bytes.length);
    return new Blob([bytes]);
  };
}
