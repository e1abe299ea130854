import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runNpm } from './npm.mjs';
import { buildRoot, projectRoot } from './paths.mjs';
import { run, runNode } from './run.mjs';

/** @typedef {{executablePath: string, env: Record<string, string>}} Browser `env` is what it needs beside our own */
/**
 * What the search looks at and may do; a test gives its own.
 * @typedef {object} Machine
 * @property {string} platform
 * @property {string} arch
 * @property {string} nodeVersion
 * @property {NodeJS.ProcessEnv} env
 * @property {string} home
 * @property {boolean} isRoot
 * @property {string} cacheFolder where a browser that comes through npm is put
 * @property {(path: string) => boolean} exists
 * @property {(path: string) => string} readText empty when the file is not there
 * @property {() => Promise<string | null>} playwrightPath where Playwright puts its own Chromium
 * @property {typeof run} run
 * @property {typeof runNpm} npm
 * @property {typeof runNode} node
 */

/** @returns {Machine} */
export function thisMachine() {
  return {
    platform: process.platform,
    arch: process.arch,
    nodeVersion: process.versions.node,
    env: process.env,
    home: homedir(),
    isRoot: process.getuid?.() === 0,
    cacheFolder: join(buildRoot, 'browser'),
    exists: existsSync,
    readText: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : ''),
    playwrightPath,
    run,
    npm: runNpm,
    node: runNode,
  };
}

/** What to tell a person whose machine has no browser and got none. */
export const noBrowser =
  'Je ne trouve aucun navigateur. Installez Chromium, Chrome ou Edge, ou donnez le chemin du vôtre dans CHROMIUM_PATH.';

/**
 * A Chromium of this machine: the one named in CHROMIUM_PATH, an installed one, Playwright's; else one that is fetched.
 * Null when there is none and none can be had.
 * @param {(line: string) => void} note told before anything is fetched
 * @param {Machine} [machine]
 * @returns {Promise<Browser | null>}
 */
export async function findBrowser(note, machine = thisMachine()) {
  const named = machine.env['CHROMIUM_PATH'];
  if (named && !machine.exists(named)) {
    note(`CHROMIUM_PATH désigne « ${named} », qui n’existe pas : je cherche un autre navigateur.`);
  }
  return (await findInstalledBrowser(machine)) ?? (await fetchBrowser(note, machine));
}

/**
 * The same, when nothing may be fetched.
 * @param {Machine} [machine]
 * @returns {Promise<Browser | null>}
 */
export async function findInstalledBrowser(machine = thisMachine()) {
  const named = machine.env['CHROMIUM_PATH'];
  if (named && machine.exists(named)) return { executablePath: named, env: {} };
  const candidates = [...usualPlaces(machine), await machine.playwrightPath()];
  for (const path of candidates) {
    if (path && machine.exists(path) && (await starts(machine, path, {}))) return { executablePath: path, env: {} };
  }
  return null;
}

/**
 * Where Chromium, Chrome and Edge are put on this system.
 * @param {Pick<Machine, 'platform' | 'env' | 'home'>} machine
 * @returns {string[]}
 */
export function usualPlaces({ platform, env, home }) {
  if (platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => env[name] ?? []);
    const programs = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
      'Chromium\\Application\\chrome.exe',
    ];
    return programs.flatMap((program) => roots.map((root) => `${root}\\${program}`));
  }
  if (platform === 'darwin') {
    const programs = ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
      (name) => `${name}.app/Contents/MacOS/${name}`,
    );
    return programs.flatMap((program) => [`/Applications/${program}`, `${home}/Applications/${program}`]);
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ];
  const folders = new Set([
    ...(env['PATH'] ?? '').split(delimiter).filter(Boolean),
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
  ]);
  return [
    ...names.flatMap((name) => [...folders].map((folder) => `${folder}/${name}`)),
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
  ];
}

async function playwrightPath() {
  try {
    const { chromium } = await import('playwright-core');
    return chromium.executablePath();
  } catch {
    return null;
  }
}

/**
 * Whether a browser runs at all: some are stubs that ask to be installed, some lack libraries. On Windows and macOS an
 * installed one is whole, and Chrome on Windows would open a window.
 * @param {Machine} machine
 * @param {string} path
 * @param {Record<string, string>} env
 */
async function starts(machine, path, env) {
  if (machine.platform !== 'linux') return true;
  const { code } = await machine.run(path, ['--version'], { env: { ...machine.env, ...env }, timeoutMs: 20_000 });
  return code === 0;
}

/**
 * @param {(line: string) => void} note
 * @param {Machine} machine
 */
async function fetchBrowser(note, machine) {
  for (const fetch of [fetchByApt, fetchByNpm, fetchByPlaywright]) {
    const browser = await fetch(note, machine);
    if (browser) return browser;
  }
  return null;
}

/**
 * Debian's own package. Ubuntu's is a stub for a snap, so it is left alone.
 * @param {(line: string) => void} note
 * @param {Machine} machine
 * @returns {Promise<Browser | null>}
 */
async function fetchByApt(note, machine) {
  if (machine.platform !== 'linux' || !machine.isRoot) return null;
  if (!/^ID="?debian"?$/m.test(machine.readText('/etc/os-release'))) return null;
  note('Aucun navigateur : installation de Chromium par apt-get…');
  const options = {
    output: /** @type {const} */ ('stderr'),
    env: { ...machine.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  await machine.run('apt-get', ['update'], { ...options, timeoutMs: 60_000 });
  await machine.run('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], {
    ...options,
    timeoutMs: 180_000,
  });
  return findInstalledBrowser(machine);
}

/**
 * The newest release that takes this Node.
 * @param {string} nodeVersion
 */
export function npmChromiumVersion(nodeVersion) {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  return major >= 24 || (major === 22 && minor >= 17) ? '153.0.0' : '147.0.2';
}

/**
 * A Chromium that comes through npm, for a Linux where one is not root.
 * @param {(line: string) => void} note
 * @param {Machine} machine
 * @returns {Promise<Browser | null>}
 */
async function fetchByNpm(note, machine) {
  if (machine.platform !== 'linux' || machine.arch !== 'x64') return null;
  const spec = `@sparticuz/chromium@${npmChromiumVersion(machine.nodeVersion)}`;
  const folder = machine.cacheFolder;
  if (!machine.exists(join(folder, 'node_modules', '@sparticuz', 'chromium'))) {
    note(`Aucun navigateur : j’en demande un à npm (${spec})…`);
    const { code } = await machine.npm(
      ['install', '--prefix', folder, '--no-save', '--no-package-lock', '--ignore-scripts', spec],
      { output: 'stderr', timeoutMs: 180_000 },
    );
    if (code !== 0) return null;
  }
  const unpacked = await unpackNpmChromium(machine, folder);
  if (!unpacked) return null;
  // The package carries the libraries a bare machine lacks; a machine that has them must use its own.
  for (const env of [{}, { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') }]) {
    if (await starts(machine, unpacked, env)) return { executablePath: unpacked, env };
  }
  return null;
}

/**
 * Lets the package unpack itself, into our folder rather than the machine's temporary one.
 * @param {Machine} machine
 * @param {string} folder
 * @returns {Promise<string | null>} the program's path
 */
async function unpackNpmChromium(machine, folder) {
  const entry = pathToFileURL(join(folder, 'unpack.mjs')).href;
  const code = `import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
const require = createRequire(${JSON.stringify(entry)});
const { default: chromium } = await import(pathToFileURL(require.resolve('@sparticuz/chromium')).href);
const program = typeof chromium.executablePath === 'function' ? chromium : chromium.default;
console.log(await program.executablePath());`;
  const major = machine.nodeVersion.split('.')[0];
  const env = { ...machine.env, TMPDIR: folder, AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${major}.x` };
  const { code: exitCode, stdout } = await machine.run(process.execPath, ['--input-type=module', '--eval', code], {
    env,
    timeoutMs: 120_000,
  });
  return exitCode === 0 ? (stdout.trim().split('\n').at(-1) ?? null) : null;
}

/**
 * Playwright's own download; where its host cannot be reached it fails, or is given up.
 * @param {(line: string) => void} note
 * @param {Machine} machine
 * @returns {Promise<Browser | null>}
 */
async function fetchByPlaywright(note, machine) {
  const cli = join(projectRoot, 'node_modules', 'playwright-core', 'cli.js');
  if (!machine.exists(cli)) return null;
  note('Aucun navigateur : Playwright en télécharge un…');
  await machine.node(cli, ['install', 'chromium'], { output: 'stderr', timeoutMs: 180_000 });
  return findInstalledBrowser(machine);
}

/** Flags for a browser without a screen, offline, in a container or on a shop's machine. */
export const headlessFlags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The same, with WebGPU: on the machine's adapter, or computed by SwiftShader where it has none. */
export const webgpuFlags = [...headlessFlags.filter((flag) => flag !== '--disable-gpu'), '--enable-unsafe-webgpu'];
export const swiftShaderFlags = [
  ...headlessFlags.filter((flag) => flag !== '--disable-gpu'),
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
];
