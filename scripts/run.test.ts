import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { exclusively } from './exclusive.mjs';
import { run } from './run.mjs';

const folder = mkdtempSync(join(tmpdir(), 'lagrace-run-'));
afterAll(() => rmSync(folder, { recursive: true }));
const node = (code: string, options = {}) => run(process.execPath, ['--eval', code], options);

test('a program gives its words and its exit code', async () => {
  const code =
    'process.stdin.on("data", (text) => { console.log("heard " + text); console.error("and said"); process.exitCode = 3; })';
  expect(await node(code, { input: 'bonjour' })).toEqual({
    code: 3,
    stdout: 'heard bonjour\n',
    stderr: 'and said\n',
    timedOut: false,
  });
});

test('a program that is not there failed, and says so', async () => {
  const { code, stderr } = await run(join(folder, 'nobody'), []);
  expect(code).toBe(1);
  expect(stderr).toContain('nobody');
});

test('a program that takes too long is ended with what it started', async () => {
  // The grandchild holds the other end of stdout: unless it is ended too, `run` never settles.
  const grandchild = `require('child_process').spawn(process.execPath, ['--eval', 'setInterval(() => 0, 1000)'], { stdio: 'inherit' })`;
  const { code, timedOut } = await node(`${grandchild}; setInterval(() => 0, 1000)`, { timeoutMs: 1500 });
  expect({ code, timedOut }).toEqual({ code: 1, timedOut: true });
});

test('what is exclusive runs one after the other, and who waits is told once', async () => {
  const lock = join(folder, 'building');
  const events: string[] = [];
  const work = (name: string) => async () => {
    events.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    events.push(`${name} ends`);
  };
  let waits = 0;
  await Promise.all([
    exclusively(lock, work('first')),
    exclusively(lock, work('second'), () => {
      waits += 1;
    }),
  ]);
  expect(events).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  expect(waits).toBe(1);
});

test('a failure lets the next one in, and so does a process that died', async () => {
  const lock = join(folder, 'building');
  await expect(exclusively(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  const { stdout } = await node('console.log(process.pid)');
  writeFileSync(lock, stdout.trim());
  expect(await exclusively(lock, async () => 'done')).toBe('done');
});
