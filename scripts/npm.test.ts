import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findNpmCli } from './npm.mjs';

const machine = (
  files: string[],
  rest: { env?: NodeJS.ProcessEnv; execPath: string; links?: Record<string, string> },
) => ({
  env: rest.env ?? {},
  execPath: rest.execPath,
  exists: (path: string) => files.includes(path) || path in (rest.links ?? {}),
  realPath: (path: string) => rest.links?.[path] ?? path,
});

test('npm is the one that runs the script', () => {
  const given = '/opt/npm/bin/npm-cli.js';
  expect(findNpmCli(machine([given], { env: { npm_execpath: given }, execPath: '/usr/bin/node' }))).toBe(given);
});

test('another package manager that runs the script is not npm', () => {
  const own = join('/usr/bin', '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const env = { npm_execpath: '/opt/yarn/bin/yarn.js' };
  expect(findNpmCli(machine([own, '/opt/yarn/bin/yarn.js'], { env, execPath: '/usr/bin/node' }))).toBe(own);
});

test('npm lies beside node.exe on Windows', () => {
  const cli = join('/Program Files/nodejs', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  expect(findNpmCli(machine([cli], { execPath: '/Program Files/nodejs/node.exe' }))).toBe(cli);
});

test('npm is found through the link on the PATH', () => {
  const links = { '/home/a/bin/npm': '/home/a/lib/npm/bin/npm-cli.js' };
  const env = { PATH: '/nowhere:/home/a/bin' };
  expect(findNpmCli(machine([], { env, links, execPath: '/odd/node' }))).toBe('/home/a/lib/npm/bin/npm-cli.js');
});

test('no npm is null', () => {
  expect(findNpmCli(machine([], { execPath: '/odd/node' }))).toBeNull();
});
