import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { CommandError } from '../entry.mjs';
import { projectRoot } from '../paths.mjs';

/**
 * What a clerk says at the counter, one file each, in voices of espeak-ng; what is meant is as in the table of intents.
 * @typedef {{file: string, voice: string, text: string, intent: string, slots: Record<string, unknown>}} Recording
 */

/** @type {Recording[]} */
const recordings = [
  { file: 'greeting.wav', voice: 'fr+f1', text: 'bonjour', intent: 'greeting', slots: {} },
  {
    file: 'invoice-250-dollars.wav',
    voice: 'fr',
    text: 'je voudrais une facture de deux cent cinquante dollars',
    intent: 'invoice',
    slots: { amount: 250, currency: 'USD' },
  },
  {
    file: 'print-receipt.wav',
    voice: 'fr+m7',
    text: 'imprimez le reçu',
    intent: 'print',
    slots: { template: 'receipt' },
  },
  {
    file: 'invoice-120-euros.wav',
    voice: 'fr+f2',
    text: 'facture de cent vingt euros',
    intent: 'invoice',
    slots: { amount: 120, currency: 'EUR' },
  },
  {
    file: 'print-labels.wav',
    voice: 'fr+m3',
    text: 'imprime trois étiquettes',
    intent: 'print',
    slots: { template: 'label', copies: 3 },
  },
  { file: 'goodbye.wav', voice: 'fr+f4', text: 'au revoir', intent: 'goodbye', slots: {} },
  { file: 'thanks.wav', voice: 'fr+m1', text: 'merci beaucoup', intent: 'thanks', slots: {} },
  { file: 'help.wav', voice: 'fr+f1', text: 'que pouvez-vous faire', intent: 'help', slots: {} },
  { file: 'repeat.wav', voice: 'fr+m7', text: 'pouvez-vous répéter', intent: 'repeat', slots: {} },
  { file: 'cancel.wav', voice: 'fr', text: 'laisse tomber', intent: 'cancel', slots: {} },
  { file: 'affirm.wav', voice: 'fr+f2', text: 'oui c’est ça', intent: 'affirm', slots: {} },
  { file: 'deny.wav', voice: 'fr+m3', text: 'non pas du tout', intent: 'deny', slots: {} },
  { file: 'time.wav', voice: 'fr', text: 'quelle heure est-il', intent: 'time', slots: {} },
  {
    file: 'price.wav',
    voice: 'fr+m7',
    text: 'quel est le prix du toner',
    intent: 'price',
    slots: { product: 'toner' },
  },
  { file: 'stock.wav', voice: 'fr+f4', text: 'avez-vous du papier', intent: 'stock', slots: { product: 'papier' } },
  {
    file: 'sales-total.wav',
    voice: 'fr',
    text: 'combien j’ai vendu aujourd’hui',
    intent: 'sales_total',
    slots: { period: 'today' },
  },
  { file: 'question.wav', voice: 'fr', text: 'est-ce que vous livrez', intent: 'question', slots: {} },
  { file: 'unknown.wav', voice: 'fr+f1', text: 'le chat dort sur le canapé', intent: 'unknown', slots: {} },
];

/** Clerks take turns in the whole dialogues of `e2e/dialogues.ts`. */
const dialogueVoices = ['fr+m3', 'fr+f1', 'fr+m7', 'fr+f2', 'fr'];
const sampleRate = 16_000;
const silenceSeconds = { before: 0.5, after: 0.3, alone: 3 };
/** Half of full scale: as loud as a voice close to the microphone. */
const peak = 0.5;
const wordsPerMinute = 150;

/** Makes `e2e/audio` anew with the espeak-ng of this machine. The tests need only what it made. */
export async function main() {
  const folder = join(projectRoot, 'e2e', 'audio');
  mkdirSync(folder, { recursive: true });
  const { parseWav, writeWav } = await importSource('src/ai/audio/wav.ts');
  const { resample } = await importSource('src/ai/audio/resample.ts');
  const { dialogueRecording, dialogueTexts } = await importSource('e2e/dialogues.ts');
  const spokenInDialogues = dialogueTexts().map((/** @type {string} */ text, /** @type {number} */ index) => ({
    file: dialogueRecording(text),
    voice: dialogueVoices[index % dialogueVoices.length] ?? 'fr',
    text,
  }));
  const all = [...recordings, ...spokenInDialogues];
  for (const { file, voice, text } of all) {
    const spoken = parseWav(synthesise(text, voice), { maxSeconds: 60 });
    const samples = resample(spoken.samples, spoken.sampleRate, sampleRate);
    writeFileSync(join(folder, file), writeWav(surround(toPeak(samples)), sampleRate));
  }
  writeFileSync(join(folder, 'silence.wav'), writeWav(new Float32Array(silenceSeconds.alone * sampleRate), sampleRate));
  writeFileSync(join(folder, 'index.json'), `${JSON.stringify(recordings, null, 2)}\n`);
  console.log(`${all.length + 1} recordings in ${folder}`);
  return 0;
}

/** @param {string} path */
async function importSource(path) {
  const { module } = await runnerImport(join(projectRoot, path), { configFile: false, logLevel: 'error' });
  return /** @type {any} */ (module);
}

/**
 * @param {string} text
 * @param {string} voice
 */
function synthesise(text, voice) {
  try {
    return execFileSync('espeak-ng', ['-v', voice, '-s', String(wordsPerMinute), '--stdout', text]);
  } catch {
    throw new CommandError('Installez espeak-ng, puis relancez la commande.');
  }
}

/** @param {Float32Array} samples */
function toPeak(samples) {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return samples.map((sample) => (sample * peak) / loudest);
}

/** @param {Float32Array} samples */
function surround(samples) {
  const before = silenceSeconds.before * sampleRate;
  const surrounded = new Float32Array(before + samples.length + silenceSeconds.after * sampleRate);
  surrounded.set(samples, before);
  return surrounded;
}
