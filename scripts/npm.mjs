import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { CommandError } from './entry.mjs';
import { runNode } from './run.mjs';

/**
 * Where npm's own JavaScript lies: Windows cannot start `npm` without a shell, every system can start Node on this file.
 * @param {object} [machine]
 * @param {NodeJS.ProcessEnv} [machine.env]
 * @param {string} [machine.execPath] the running Node
 * @param {(path: string) => boolean} [machine.exists]
 * @param {(path: string) => string} [machine.realPath]
 * @returns {string | null}
 */
export function findNpmCli({
  env = process.env,
  execPath = process.execPath,
  exists = existsSync,
  realPath = realpathSync,
} = {}) {
  const given = env['npm_execpath'];
  if (given && basename(given) === 'npm-cli.js' && exists(given)) return given;
  const nodeFolder = dirname(execPath);
  const nearby = [
    join(nodeFolder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(nodeFolder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(nodeFolder, '..', 'share', 'nodejs', 'npm', 'bin', 'npm-cli.js'),
  ];
  const found = nearby.find(exists);
  if (found) return found;
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(delimiter)) {
    const onWindows = join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
    if (exists(onWindows)) return onWindows;
    const link = join(folder, 'npm');
    if (exists(link) && basename(realPath(link)) === 'npm-cli.js') return realPath(link);
  }
  return null;
}

/**
 * Runs npm with this same Node.
 * @param {readonly string[]} args
 * @param {import('./run.mjs').RunOptions} [options]
 */
export function runNpm(args, options) {
  const cli = findNpmCli();
  if (cli === null)
    throw new CommandError('Je ne trouve pas npm. Réinstallez Node depuis https://nodejs.org : npm vient avec.');
  return runNode(cli, args, options);
}
