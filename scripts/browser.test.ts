import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser, findInstalledBrowser, type Machine, npmChromiumVersion } from './browser.mjs';

interface FakeMachine extends Machine {
  /** What was started, as one line each. */
  started: string[];
  notes: string[];
  files: Set<string>;
}

/** A Linux machine with nothing on it; `onRun` may put a browser there. Programs end with 0 unless told. */
function fakeMachine(
  over: Partial<Machine> & { files?: Set<string> } = {},
  onRun: (line: string, files: Set<string>) => Partial<{ code: number; stdout: string }> = () => ({}),
): FakeMachine {
  const files = over.files ?? new Set<string>();
  const started: string[] = [];
  const answer = (file: string, args: readonly string[]) => {
    const line = [file, ...args].join(' ');
    started.push(line);
    return Promise.resolve({ code: 0, stdout: '', stderr: '', timedOut: false, ...onRun(line, files) });
  };
  return {
    platform: 'linux',
    arch: 'x64',
    nodeVersion: '20.19.0',
    env: {},
    home: '/home/a',
    isRoot: false,
    cacheFolder: '/project/build/browser',
    exists: (path) => files.has(path),
    readText: () => '',
    playwrightPath: async () => '/home/a/.cache/ms-playwright/chromium/chrome',
    run: answer,
    npm: (args) => answer('npm', args),
    node: answer,
    started,
    notes: [],
    files,
    ...over,
  };
}
const find = (machine: FakeMachine) => findBrowser((line) => machine.notes.push(line), machine);

test('the browser named in CHROMIUM_PATH comes first', async () => {
  const machine = fakeMachine({ env: { CHROMIUM_PATH: '/mine' }, files: new Set(['/mine', '/usr/bin/chromium']) });
  expect(await find(machine)).toEqual({ executablePath: '/mine', env: {} });
});

test('a CHROMIUM_PATH that names nothing is said, and another is found', async () => {
  const machine = fakeMachine({ env: { CHROMIUM_PATH: '/mine' }, files: new Set(['/usr/bin/chromium']) });
  expect(await find(machine)).toEqual({ executablePath: '/usr/bin/chromium', env: {} });
  expect(machine.notes.join()).toContain('/mine');
});

test.each([
  ['linux', '/usr/bin/google-chrome-stable', {}],
  ['linux', '/nix/bin/chromium', { PATH: '/nix/bin:/usr/bin' }],
  ['linux', '/opt/microsoft/msedge/msedge', {}],
  ['darwin', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', {}],
  ['darwin', '/home/a/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge', {}],
  ['win32', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', { PROGRAMFILES: 'C:\\Program Files' }],
  [
    'win32',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' },
  ],
  [
    'win32',
    'C:\\Users\\a\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
    { LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local' },
  ],
])('on %s, %s is found', async (platform, path, env) => {
  const machine = fakeMachine({ platform, env, files: new Set([path]) });
  expect((await find(machine))?.executablePath).toBe(path);
});

test('on Windows no browser is started to see whether it starts: it would open a window', async () => {
  const path = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
  const machine = fakeMachine({
    platform: 'win32',
    env: { PROGRAMFILES: 'C:\\Program Files' },
    files: new Set([path]),
  });
  await find(machine);
  expect(machine.started).toEqual([]);
});

test('a stub that does not start is passed over', async () => {
  const machine = fakeMachine({ files: new Set(['/usr/bin/chromium-browser', '/snap/bin/chromium']) }, (line) => ({
    code: line.startsWith('/usr/bin/chromium-browser') ? 1 : 0,
  }));
  expect((await find(machine))?.executablePath).toBe('/snap/bin/chromium');
});

test("Playwright's own download is used when the machine has no browser", async () => {
  const path = '/home/a/.cache/ms-playwright/chromium/chrome';
  expect((await find(fakeMachine({ files: new Set([path]) })))?.executablePath).toBe(path);
});

test('root on Debian gets the package, and nothing else is asked for', async () => {
  const debian = { isRoot: true, readText: () => 'NAME="Debian"\nID=debian\n' };
  const machine = fakeMachine(debian, (line, files) => {
    if (line.includes('install')) files.add('/usr/bin/chromium');
    return {};
  });
  expect((await find(machine))?.executablePath).toBe('/usr/bin/chromium');
  expect(machine.started).toEqual([
    'apt-get update',
    'apt-get install --yes --no-install-recommends chromium',
    '/usr/bin/chromium --version',
  ]);
});

test.each([
  ['not root', { isRoot: false, readText: () => 'ID=debian\n' }],
  ['on Ubuntu, whose package is a stub', { isRoot: true, readText: () => 'ID=ubuntu\nID_LIKE=debian\n' }],
])('apt-get is left alone when %s', async (_, over) => {
  const machine = fakeMachine(over, () => ({ code: 1 }));
  expect(await find(machine)).toBeNull();
  expect(machine.started.join('\n')).not.toContain('apt-get');
});

test('a Chromium comes through npm, with its own libraries where the machine lacks them', async () => {
  const program = '/project/build/browser/chromium';
  const machine = fakeMachine();
  machine.run = (file, args, options) => {
    if (args?.includes('--eval'))
      return Promise.resolve({ code: 0, stdout: `${program}\n`, stderr: '', timedOut: false });
    const code = options?.env?.['LD_LIBRARY_PATH'] ? 0 : 127;
    return Promise.resolve({ code, stdout: '', stderr: file, timedOut: false });
  };
  expect(await find(machine)).toEqual({
    executablePath: program,
    env: { LD_LIBRARY_PATH: join('/project/build/browser', 'al2023', 'lib') },
  });
  expect(machine.started[0]).toContain('@sparticuz/chromium@147.0.2');
  expect(machine.started[0]).toContain('--ignore-scripts');
});

test.each([
  ['20.19.0', '147.0.2'],
  ['22.12.0', '147.0.2'],
  ['22.17.0', '153.0.0'],
  ['24.0.0', '153.0.0'],
])('Node %s gets release %s', (nodeVersion, release) => {
  expect(npmChromiumVersion(nodeVersion)).toBe(release);
});

test('a machine that gets none has null, after everything was tried', async () => {
  const cli = '/project/node_modules/playwright-core/cli.js';
  const machine = fakeMachine({}, () => ({ code: 1 }));
  machine.exists = (path) => path.endsWith('cli.js');
  expect(await find(machine)).toBeNull();
  expect(machine.started.some((line) => line.startsWith('npm install'))).toBe(true);
  expect(machine.started.at(-1)).toMatch(/playwright-core.cli\.js install chromium$/);
  expect(cli).toContain('cli.js');
});

test('a search that may not fetch fetches nothing', async () => {
  const machine = fakeMachine({ isRoot: true, readText: () => 'ID=debian\n' });
  expect(await findInstalledBrowser(machine)).toBeNull();
  expect(machine.started).toEqual([]);
});
