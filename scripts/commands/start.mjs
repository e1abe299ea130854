import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { readArguments, readPort } from '../arguments.mjs';
import { CommandError } from '../entry.mjs';
import { appRoot } from '../paths.mjs';
import { prepare } from '../prepare.mjs';
import { chooseRole } from '../role.mjs';

const note = (/** @type {string} */ line) => console.error(line);

/**
 * Starts the companion and opens the app in the browser, until Ctrl-C. With `--demo`, runs three recordings instead.
 * @param {string[]} argv
 */
export async function main(argv) {
  const { values } = readArguments(argv, {
    port: { type: 'string', value: 'N', help: 'le port ; 3030 si rien n’est dit' },
    upstream: { type: 'string', value: 'HÔTE:PORT', help: 'le programme de caisse avec lequel travailler' },
    root: { type: 'string', value: 'DOSSIER', help: 'le dossier du magasin' },
    'no-open': { type: 'boolean', help: 'laisser le navigateur fermé' },
    demo: { type: 'boolean', help: 'trois enregistrements, sans écran' },
  });
  const chosenPort = values['port'] === undefined ? null : readPort(values['port'], 0);
  await prepare(['node', 'app'], note);
  if (values['demo']) return (await import('../demo.mjs')).demo(note);

  const root = shopRoot(values['root'], process.env, process.platform, homedir());
  const { createCompanion, PortTakenError, RootLockedError, ...shopPort } = await import('../counter.mjs').then(
    (counter) => counter.importCompanion(),
  );
  const { port, upstream, says } = await chooseRole(
    { upstream: values['upstream'], port: chosenPort },
    { ...shopPort, isLaGrace },
  );
  if (says) console.log(says);
  const { log, flush } = await openLog(root);
  const databaseUrl = process.env['DATABASE_URL'];
  const shop = { root, opensDatabaseSoon: true, ...(databaseUrl && { databaseUrl }), ...(upstream && { upstream }) };
  const onFolderLost = () => endAtOnce(root);
  const companion = await createCompanion({ appFolder: appRoot, port, log, onFolderLost, ...shop }).catch(
    async (error) => {
      await flush();
      if (error instanceof RootLockedError) throw new CommandError(describeLockedRoot(root));
      throw error instanceof PortTakenError ? new CommandError(await describeTakenPort(port)) : explain(error, port);
    },
  );
  console.log(`LaGrace est ouverte : ${companion.url}   (Ctrl-C pour arrêter)`);
  if (!values['no-open']) await openBrowser(companion.url);
  await interrupted();
  await companion.close();
  await flush();
  console.log('LaGrace est fermée. À bientôt.');
  return 0;
}

/**
 * The folder that the shop's programs share.
 * @param {unknown} chosen
 * @param {NodeJS.ProcessEnv} env
 * @param {string} platform
 * @param {string} home
 */
export function shopRoot(chosen, env, platform, home) {
  if (typeof chosen === 'string') return resolve(chosen);
  if (env['GLOWFLIX_PATH']) return resolve(env['GLOWFLIX_PATH']);
  return platform === 'win32' ? 'C:\\Glowflixprojet' : join(home, 'Glowflixprojet');
}

/**
 * A logger that appends to `logs/ai.log` of the shop's folder, which is made when missing, and what waits for its last line.
 * @param {string} root
 */
async function openLog(root) {
  const { importCompanion } = await import('../counter.mjs');
  const { createLogger, openLogFile } = await importCompanion();
  const folder = join(root, 'logs');
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    throw new CommandError(`Je ne peux pas écrire dans « ${root} » : donnez-moi un autre dossier avec --root.`);
  }
  const file = openLogFile(join(folder, 'ai.log'), {
    onFailure: (error) => console.error(`Le journal ${folder} ne s’écrit plus : ${String(error)}`),
  });
  return { log: createLogger(file.sink), flush: file.flush };
}

/**
 * The folder belongs to another companion now. Nothing is closed in order: that would write there, and what was answered is on the disk.
 * @param {string} root
 */
function endAtOnce(root) {
  note(`Une autre LaGrace travaille maintenant avec le dossier « ${root} » : celle-ci se ferme.`);
  process.exit(1);
}

/** @param {string} root */
function describeLockedRoot(root) {
  return `LaGrace est déjà ouverte avec le dossier « ${root} » : fermez l’autre, ou choisissez un autre dossier avec --root.`;
}

/** @param {number} port */
async function describeTakenPort(port) {
  const other = `relancez avec : npm start -- --port ${port + 1}`;
  const ours = await isLaGrace(port);
  if (ours) return `LaGrace est déjà ouverte sur http://localhost:${port} ; pour en ouvrir une autre, ${other}`;
  return `Le port ${port} est déjà pris par un autre programme : fermez-le, ou ${other}`;
}

/** @param {number} port */
async function isLaGrace(port) {
  try {
    const response = await fetch(`http://localhost:${port}/api/health`, { signal: AbortSignal.timeout(1000) });
    return /** @type {{program?: unknown}} */ (await response.json()).program === 'lagrace';
  } catch {
    return false;
  }
}

/**
 * @param {unknown} error
 * @param {number} port
 */
function explain(error, port) {
  const denied = error instanceof Error && 'code' in error && error.code === 'EACCES';
  return denied
    ? new CommandError(`Je n’ai pas le droit d’ouvrir le port ${port} : prenez-en un au-dessus de 1024 avec --port.`)
    : error;
}

/** @param {string} url */
async function openBrowser(url) {
  try {
    const { default: open } = await import('open');
    const child = await open(url);
    child.on('error', () => note(`Ouvrez ${url} dans Chrome ou Edge.`));
  } catch {
    note(`Ouvrez ${url} dans Chrome ou Edge.`);
  }
}

/** Settles on Ctrl-C, on Ctrl-Break and a closed window on Windows, and on a request to end. */
function interrupted() {
  return new Promise((done) => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'])) {
      if (signal !== 'SIGBREAK' || process.platform === 'win32') process.once(signal, done);
    }
  });
}
