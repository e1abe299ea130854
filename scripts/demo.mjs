import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from './entry.mjs';
import { buildRoot, projectRoot } from './paths.mjs';
import { askFiles, describe } from './turns.mjs';

const recordingsFolder = join(projectRoot, 'e2e', 'audio');
/** What the demonstration shows, in order: one recording of each. */
const intents = ['greeting', 'invoice', 'print'];

/**
 * Runs three shipped recordings through the built app and prints what became of each. 0 only if all three were answered.
 * @param {(line: string) => void} note
 */
export async function demo(note) {
  const files = chooseRecordings();
  let answered = 0;
  const options = { outputFolder: join(buildRoot, 'demo'), fromFolder: projectRoot, note };
  for await (const result of askFiles(files, options)) {
    console.log(describe(result));
    if ('answer' in result && result.answer !== null && result.audio !== null && result.intent !== 'unknown')
      answered += 1;
  }
  console.log(`${answered} enregistrement(s) sur ${files.length} ont reçu une réponse.`);
  return answered === files.length ? 0 : 1;
}

/** @returns {string[]} paths from the project's folder */
function chooseRecordings() {
  const indexPath = join(recordingsFolder, 'index.json');
  if (!existsSync(indexPath))
    throw new CommandError('Les enregistrements de démonstration manquent : récupérez le dossier e2e/audio avec git.');
  /** @type {{file: string, intent?: string}[]} */
  const recordings = JSON.parse(readFileSync(indexPath, 'utf8'));
  return intents.map((intent) => {
    const recording = recordings.find((each) => each.intent === intent);
    if (!recording)
      throw new CommandError(`Aucun enregistrement de démonstration pour « ${intent} » dans e2e/audio/index.json.`);
    return join('e2e', 'audio', recording.file);
  });
}
