import { join, resolve } from 'node:path';
import { readArguments } from '../arguments.mjs';
import { CommandError } from '../entry.mjs';
import { buildRoot } from '../paths.mjs';
import { prepare } from '../prepare.mjs';

/**
 * Whole turns on recordings, through the built app in a real browser. With `--json`, one object a file on stdout and
 * nothing else there. Exit code 1 when a file gave no turn.
 * @param {string[]} argv
 */
export async function main(argv) {
  const { values, positionals: files } = readArguments(
    argv,
    {
      json: { type: 'boolean', help: 'un objet JSON par fichier' },
      out: { type: 'string', value: 'DOSSIER', help: 'où écrire les réponses' },
      backend: { type: 'string', value: 'wasm|webgpu', help: 'où Whisper calcule' },
      model: { type: 'string', value: 'ID', help: 'le modèle d’écoute' },
    },
    { positionals: true },
  );
  if (files.length === 0) throw new CommandError('Donnez au moins un fichier : npm run ask -- bonjour.wav', 2);
  const { backend, model, out } = values;
  if (backend !== undefined && backend !== 'wasm' && backend !== 'webgpu') {
    throw new CommandError(`--backend attend wasm ou webgpu, pas « ${backend} ».`, 2);
  }
  const note = (/** @type {string} */ line) => console.error(line);
  await prepare(['node', 'app'], note);

  const { askFiles, describe } = await import('../turns.mjs');
  const fromFolder = callersFolder();
  const outputFolder = out === undefined ? join(buildRoot, 'ask') : resolve(fromFolder, String(out));
  let refused = 0;
  for await (const result of askFiles(files, {
    ...(backend && { backend }),
    ...(model && { model: String(model) }),
    outputFolder,
    fromFolder,
    note,
  })) {
    if ('error' in result) refused += 1;
    console.log(values['json'] ? JSON.stringify(result) : describe(result));
  }
  return refused === 0 ? 0 : 1;
}

/** npm runs scripts in the project's folder; files are named from where the person stands. */
function callersFolder() {
  const throughNpm = process.env['npm_lifecycle_event'] === 'ask';
  return (throughNpm && process.env['INIT_CWD']) || process.cwd();
}
