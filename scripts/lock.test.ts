import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface LockedPackage {
  version?: string;
  resolved?: string;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}
const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
  readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'),
);
const { packages } = lock;

/** The machines that `npm ci` must serve. */
const machines = [
  { name: 'Windows x64', os: 'win32', cpu: 'x64' },
  { name: 'macOS arm64', os: 'darwin', cpu: 'arm64' },
  { name: 'Linux x64 (glibc)', os: 'linux', cpu: 'x64' },
  { name: 'Linux arm64 (glibc)', os: 'linux', cpu: 'arm64' },
];

/** Where a dependency of `folder` lies in the lock: its own, or of a folder around it. */
function resolve(folder: string, name: string): LockedPackage | undefined {
  for (let around = folder; ; around = around.slice(0, Math.max(0, around.lastIndexOf('/node_modules/')))) {
    const found = packages[`${around === '' ? '' : `${around}/`}node_modules/${name}`];
    if (found || !around.includes('node_modules')) return found;
    if (!around.includes('/node_modules/')) return packages[`node_modules/${name}`];
  }
}

/** The binaries of a native package: optional dependencies that are made for one system or processor. */
function binariesOf(folder: string, { optionalDependencies = {} }: LockedPackage): LockedPackage[] {
  return Object.keys(optionalDependencies).flatMap((name) => {
    const found = resolve(folder, name);
    return found && (found.os || found.cpu) ? [found] : [];
  });
}

/** A dependency that only serves one system (fsevents) is not a native package of ours. */
const nativePackages = Object.entries(packages)
  .map(([folder, entry]) => ({ folder, entry, binaries: binariesOf(folder, entry) }))
  .filter(({ binaries }) => new Set(binaries.flatMap(({ os }) => os ?? [])).size > 1);

const fits = (binary: LockedPackage, { os, cpu }: (typeof machines)[number]): boolean =>
  binary.os?.includes(os) === true &&
  (binary.cpu === undefined || binary.cpu.includes(cpu)) &&
  (os !== 'linux' || binary.libc === undefined || binary.libc.includes('glibc'));

test('the native packages are known: a list that is empty would prove nothing', () => {
  const names = nativePackages.map(({ folder }) => folder);
  for (const name of [
    '@biomejs/biome',
    'oxlint',
    'oxlint-tsgolint',
    'rolldown',
    'rollup',
    'lightningcss',
    'typescript',
  ]) {
    expect(names).toContain(`node_modules/${name}`);
  }
});

describe.each(nativePackages)('$folder', ({ folder, entry, binaries }) => {
  test.each(machines)('has a binary for $name', (machine) => {
    expect(binaries.some((binary) => fits(binary, machine))).toBe(true);
  });

  test('has every binary that it names in the lock file', () => {
    const dropped = Object.keys(entry.optionalDependencies ?? {}).filter((name) => !resolve(folder, name));
    expect(dropped).toEqual([]);
  });
});

test('no package is bound to the registry it was locked from', () => {
  const bound = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined && /^\w+:/.test(resolved));
  expect(bound.map(([folder]) => folder)).toEqual([]);
});
