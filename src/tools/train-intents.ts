import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trainIntentModel } from '../ai/nlu/training.ts';
import { modelsFolder, shippedIntentPack } from './model-folder.ts';

/** The seed of the shipped model. */
export const shippedSeed = 20_261_122;

/** Trains the intent model that the app ships and writes it where the app finds it. */
export async function main(): Promise<number> {
  const startedAt = performance.now();
  const { onnx, info } = await trainIntentModel({ seed: shippedSeed });
  const folder = join(modelsFolder, shippedIntentPack.root);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'intent_model.onnx'), onnx);
  await writeFile(join(folder, 'intent_model.json'), `${JSON.stringify(info, null, 1)}\n`);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${folder}: ${onnx.length} bytes, ${seconds} s, ${JSON.stringify(info.scores)}\n`);
  return 0;
}
