import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join, relative, resolve } from 'node:path';
import { findBrowser, noBrowser } from './browser.mjs';
import { CounterError, openCounter } from './counter.mjs';
import { CommandError } from './entry.mjs';

/** @typedef {import('../src/schema.ts').Turn} Turn */
/** @typedef {import('./counter.mjs').Counter} Counter */
/**
 * What one recording gave: the turn, or why there is none, in French.
 * @typedef {{file: string, error: string}} Refusal
 * @typedef {object} Reply
 * @property {string} file as it was named
 * @property {string} transcript empty when nobody spoke
 * @property {import('../src/schema.ts').IntentName} intent `unknown` when nobody spoke
 * @property {number} confidence
 * @property {import('../src/schema.ts').Slots} slots
 * @property {string | null} answer
 * @property {string | null} audio absolute path of the spoken answer, a WAV file
 * @property {import('../src/schema.ts').Timings} timings
 * @property {Turn['backend']} backend
 * @property {Turn['models']} models
 */
/**
 * @typedef {object} AskOptions
 * @property {'wasm' | 'webgpu'} [backend]
 * @property {string} [model]
 * @property {string} outputFolder absolute, where the answers' WAV files go
 * @property {string} fromFolder what the recordings' names are relative to
 * @property {(line: string) => void} note
 */

/** Recordings beyond this are refused unread: an hour of speech is far past what a turn takes. */
const longestFileBytes = 256 * 1024 * 1024;

/**
 * Runs one turn per recording through the built app in a real browser, and gives each result as it comes, in order.
 * @param {readonly string[]} files
 * @param {AskOptions} options
 * @returns {AsyncGenerator<Reply | Refusal, void>}
 */
export async function* askFiles(files, { backend, model, outputFolder, fromFolder, note }) {
  const browser = await findBrowser(note);
  if (!browser) throw new CommandError(noBrowser);
  await mkdir(outputFolder, { recursive: true });
  const open = () => openCounter({ browser, note, ...(backend && { backend }), ...(model && { model }) });
  /** @type {Counter | null} */
  let counter = null;
  try {
    for (const [index, file] of files.entries()) {
      try {
        const wav = await readRecording(resolve(fromFolder, file));
        counter ??= await open();
        const { turn, audio } = await counter.processAudio(wav);
        if (turn.error !== null && turn.outcome === 'failed')
          throw new CounterError(turn.error.code, turn.error.message);
        const path = join(outputFolder, answerName(files, index));
        if (audio !== null) await writeFile(path, audio);
        yield toReply(file, turn, audio === null ? null : path);
      } catch (error) {
        if (!(error instanceof CounterError)) throw error;
        yield { file, error: error.message };
        // A page that did not answer in time may never do: the next recording gets another.
        if (error.code === 'timeout') {
          await counter?.close();
          counter = null;
        }
      }
    }
  } finally {
    await counter?.close();
  }
}

/** @param {string} path */
async function readRecording(path) {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null)
    throw new CounterError('unreadable', 'Je ne peux pas ouvrir ce fichier : vérifiez son nom et vos droits.');
  if (bytes.length > longestFileBytes) {
    throw new CounterError('too-long', 'Cet enregistrement est trop long. Parlez moins d’une minute à la fois.');
  }
  return bytes;
}

/**
 * A name for the answer to a recording; two recordings of one name in different folders stay apart.
 * @param {readonly string[]} files
 * @param {number} index
 */
export function answerName(files, index) {
  const names = files.map((file) => basename(file, extname(file)));
  const name = names[index] ?? 'audio';
  const alone = names.indexOf(name) === names.lastIndexOf(name);
  return alone ? `${name}.answer.wav` : `${name}.${index + 1}.answer.wav`;
}

/**
 * @param {string} file
 * @param {Turn} turn
 * @param {string | null} audio
 * @returns {Reply}
 */
export function toReply(file, turn, audio) {
  const { transcript, understanding, answer, timings, backend, models } = turn;
  return {
    file,
    transcript: transcript ?? '',
    intent: understanding?.intent ?? 'unknown',
    confidence: understanding?.confidence ?? 0,
    slots: understanding?.slots ?? {},
    answer,
    audio,
    timings,
    backend,
    models,
  };
}

/**
 * One result as a few lines for a person.
 * @param {Reply | Refusal} result
 */
export function describe(result) {
  if ('error' in result) return `${result.file}\n  refusé      : ${result.error}\n`;
  const { transcript, intent, confidence, slots, answer, audio, timings, backend } = result;
  const values = Object.entries(slots).map(([name, value]) => `${name} = ${value}`);
  const lines = [
    ['entendu', transcript ? `« ${transcript} »` : 'personne ne parle'],
    ['compris', `${intent} (${Math.round(confidence * 100)} %)`],
    ['valeurs', values.join(', ') || '—'],
    ['réponse', answer ?? '—'],
    [
      'premier son',
      timings.firstAudio === null ? '—' : `${Math.round(timings.firstAudio)} ms${backend ? ` (${backend})` : ''}`,
    ],
    ['voix', audio === null ? '—' : relative(process.cwd(), audio)],
  ];
  return [result.file, ...lines.map(([name = '', value]) => `  ${name.padEnd(12)}: ${value}`), ''].join('\n');
}
