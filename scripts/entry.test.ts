import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeTooOld } from './entry.mjs';

test.each(['20.19.0', '20.20.2', '22.12.0', '22.21.1', '24.0.0', '25.1.0', '30.0.0'])('Node %s will do', (version) => {
  expect(nodeTooOld(version)).toBeNull();
});

test.each(['12.22.12', '18.20.8', '20.18.3', '21.7.3', '22.11.0', '23.11.1'])(
  'Node %s is told in one line that it is too old',
  (version) => {
    const sentence = nodeTooOld(version);
    expect(sentence).toContain(version);
    expect(sentence).not.toContain('\n');
  },
);

test('the releases are those of package.json', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(engines.node).toBe('^20.19.0 || ^22.12.0 || >=24.0.0');
});

test('every command begins in a file that an old Node can read: nothing is imported before its version is known', () => {
  for (const command of ['start', 'build', 'test', 'ask', 'try', 'dev', 'bench', 'manifest']) {
    const source = readFileSync(new URL(`${command}.mjs`, import.meta.url), 'utf8');
    expect(source.match(/^import .*/gm)).toEqual(["import { runEntry } from './entry.mjs';"]);
  }
  const entry = readFileSync(new URL('entry.mjs', import.meta.url), 'utf8');
  expect(entry).not.toMatch(/^import /m);
  expect(entry).not.toMatch(/\?\?|\?\./);
});
