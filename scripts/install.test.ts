import { expect, test } from 'vitest';
import { isInstalled } from './install.mjs';

const machine = { platform: 'win32', arch: 'x64' };
const wanted = {
  '': { version: '0.1.0' },
  'node_modules/fastify': { version: '5.12.8', integrity: 'sha512-a' },
  'node_modules/tool-win32-x64': {
    version: '1.0.0',
    integrity: 'sha512-b',
    optional: true,
    os: ['win32'],
    cpu: ['x64'],
  },
  'node_modules/tool-linux-x64': {
    version: '1.0.0',
    integrity: 'sha512-c',
    optional: true,
    os: ['linux'],
    cpu: ['x64'],
  },
};
const installed = {
  'node_modules/fastify': wanted['node_modules/fastify'],
  'node_modules/tool-win32-x64': wanted['node_modules/tool-win32-x64'],
};

test('what the lock file asks for, but for what other machines need, is installed', () => {
  expect(isInstalled(wanted, installed, machine)).toBe(true);
});

test('a package that is missing, of another version or of other content is not installed', () => {
  const { 'node_modules/fastify': fastify, ...rest } = installed;
  expect(isInstalled(wanted, rest, machine)).toBe(false);
  expect(isInstalled(wanted, { ...installed, 'node_modules/fastify': { ...fastify, version: '5.0.0' } }, machine)).toBe(
    false,
  );
  expect(isInstalled(wanted, { ...installed, 'node_modules/fastify': { ...fastify, integrity: 'x' } }, machine)).toBe(
    false,
  );
});

test('a package that the lock file no longer has makes it be installed again', () => {
  expect(isInstalled(wanted, { ...installed, 'node_modules/left': { version: '1.0.0' } }, machine)).toBe(false);
});

test('a folder that came from another system is installed again', () => {
  const { 'node_modules/tool-win32-x64': _, ...rest } = installed;
  const fromLinux = { ...rest, 'node_modules/tool-linux-x64': wanted['node_modules/tool-linux-x64'] };
  expect(isInstalled(wanted, fromLinux, machine)).toBe(false);
});
