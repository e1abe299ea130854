import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../scripts/paths.mjs';
import { defaultPack, importEngines, timeEach } from './shipped.mjs';

/** Answers to « Quel est le montant? ». */
const amounts = [
  'deux cent cinquante dollars',
  '1 200,50 euros',
  'mille cinq',
  'cent mille francs pour Marie',
  'euh attends',
];

/**
 * Milliseconds to understand each sentence of `e2e/audio`, and each made unlike any template, so that the model decides;
 * and what the model alone takes of the latter; and one step of a dialogue, whose words are understood already.
 * @returns {Promise<import('./sections.mjs').SectionResult>}
 */
export async function measure() {
  const pack = await defaultPack('intent');
  const { openIntentModel, openBareIntentModel, openDialogueStep } = await importEngines();
  const from = performance.now();
  const understand = await openIntentModel(pack);
  const loadMs = performance.now() - from;
  const firstFrom = performance.now();
  await understand('une facture de deux cent cinquante dollars');
  const firstMs = performance.now() - firstFrom;
  /** @type {{text: string}[]} */
  const index = JSON.parse(await readFile(join(projectRoot, 'e2e', 'audio', 'index.json'), 'utf8'));
  const phrases = index.map(({ text }) => text);
  const unlike = phrases.map((phrase) => `${phrase} enfin je crois bien que oui`);
  const runBare = await openBareIntentModel(pack, unlike);
  return {
    measures: [
      { name: 'phrase of a template', unit: 'ms', samples: await timeEach(phrases, 20, understand) },
      { name: 'phrase unlike any', unit: 'ms', samples: await timeEach(unlike, 20, understand) },
      { name: '  the bare ONNX run of it', unit: 'ms', samples: await timeEach(unlike, 20, runBare) },
      { name: 'dialogue step', unit: 'ms', samples: await timeEach(amounts, 20, openDialogueStep()) },
      { name: 'load', unit: 'ms', samples: [loadMs] },
      { name: 'first phrase after it', unit: 'ms', samples: [firstMs] },
    ],
    about: { model: pack.id, bytes: pack.files.reduce((sum, { bytes }) => sum + bytes, 0) },
  };
}
