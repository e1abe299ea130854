import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint, listFiles } from './fingerprint.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lagrace-fingerprint-'));
  mkdirSync(join(folder, 'src', 'ai'), { recursive: true });
  writeFileSync(join(folder, 'src', 'ai', 'turn.ts'), 'one');
  writeFileSync(join(folder, 'src', 'main.ts'), 'two');
  writeFileSync(join(folder, 'index.html'), 'three');
});
afterEach(() => rmSync(folder, { recursive: true }));
const now = (): string => fingerprint(folder, ['src', 'index.html', 'not-there']);

test('files are listed once, sorted, with forward slashes', () => {
  expect(listFiles(folder, ['src', 'index.html', 'src/ai'])).toEqual(['index.html', 'src/ai/turn.ts', 'src/main.ts']);
});

test('dates change nothing', () => {
  const before = now();
  utimesSync(join(folder, 'index.html'), new Date(0), new Date(0));
  expect(now()).toBe(before);
});

test('a change, a new file, a lost one or a moved one is noticed', () => {
  const seen = new Set([now()]);
  writeFileSync(join(folder, 'index.html'), 'four');
  seen.add(now());
  writeFileSync(join(folder, 'src', 'new.ts'), '');
  seen.add(now());
  rmSync(join(folder, 'src', 'main.ts'));
  seen.add(now());
  writeFileSync(join(folder, 'src', 'moved.ts'), 'two');
  seen.add(now());
  expect(seen.size).toBe(5);
});

test('what does not count is left out', () => {
  const before = fingerprint(folder, ['src'], (path) => !path.endsWith('.test.ts'));
  writeFileSync(join(folder, 'src', 'main.test.ts'), 'test');
  expect(fingerprint(folder, ['src'], (path) => !path.endsWith('.test.ts'))).toBe(before);
});
