import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestFolder, type TestFolder } from './test-folder.ts';

const runs = process.env['LAWS'] === 'long' ? 20_000 : 2000;
const methods = ['GET', 'HEAD', 'PUT', 'DELETE'] as const;
/** What lies beside the shop's folder, and what it keeps for itself. */
const outsideContent = 'nobody outside the shop’s folder';

let folder: TestFolder;
let beside: TestFolder;
beforeAll(async () => {
  folder = await openTestFolder();
  beside = await openTestFolder();
  beside.write('secret.txt', outsideContent);
});
afterAll(async () => {
  await folder.remove();
  await beside.remove();
});

describe('an address outside the folder', () => {
  const escapes = (): [string, string][] => [
    ['a step upwards', `../../${basename(dirname(beside.path))}/shop/secret.txt`],
    ['a step upwards further down', `papers/../../../${basename(dirname(beside.path))}/shop/secret.txt`],
    ['an encoded step', `%2e%2e/%2e%2e/${basename(dirname(beside.path))}/shop/secret.txt`],
    ['an encoded slash', `..%2f..%2f${basename(dirname(beside.path))}%2fshop%2fsecret.txt`],
    ['a backslash', `..\\..\\${basename(dirname(beside.path))}\\shop\\secret.txt`],
    ['an encoded backslash', `..%5c..%5c${basename(dirname(beside.path))}%5cshop%5csecret.txt`],
    ['a step encoded twice', `%252e%252e/%252e%252e/${basename(dirname(beside.path))}/shop/secret.txt`],
    ['a slash encoded twice', `..%252f..%252f${basename(dirname(beside.path))}%252fshop%252fsecret.txt`],
    ['an overlong encoding', `%c0%ae%c0%ae/%c0%ae%c0%ae/${basename(dirname(beside.path))}/shop/secret.txt`],
    ['an absolute path', join(beside.path, 'secret.txt')],
    ['an absolute path of Windows', 'C:/Windows/win.ini'],
    ['a share', '//server/share/secret.txt'],
    ['a share with backslashes', '%5c%5cserver%5cshare'],
    ['NUL', 'papers/a.txt%00.png'],
    ['a line break', 'papers/a%0d%0ab.txt'],
    ['a device of Windows', 'papers/NUL'],
    ['a device of Windows with an ending', 'CON.txt'],
    ['a device with a digit', 'logs/com1.log'],
    ['an alternate data stream', 'papers/a.txt:hidden'],
    ['an encoded alternate data stream', 'papers/a.txt%3Ahidden:$DATA'],
    ['a short name of Windows', 'GLOWFL~1/root.json'],
    ['a dot at the end', 'papers./a.txt'],
    ['a space at the end', 'papers%20/a.txt'],
    ['nothing', ''],
    ['an empty name', 'papers//a.txt'],
    ['a broken encoding', 'papers/%zz'],
    ['half an encoding', 'papers/%e9.txt'],
    ['a very long name', `papers/${'a'.repeat(300)}`],
    ['a very long path', 'a/'.repeat(600)],
  ];
  test('is refused with 400, whatever is asked', async () => {
    for (const [what, path] of escapes()) {
      for (const method of methods) {
        const answer = await folder.raw(`/api/files/${path}`, method);
        expect(answer.status, `${method} ${what}`).toBe(400);
        expect(answer.body, what).not.toContain(outsideContent);
      }
    }
    expect(readdirSync(beside.path)).toContain('secret.txt');
  });

  test.each([
    '.glowflix/root.json',
    '.GLOWFLIX/root.json',
    'database/PG_VERSION',
    'backups/a.zip',
    'cache/ai/tmp/a',
    'a.part',
  ])('%s is the companion’s own: 403', async (path) => {
    for (const method of methods) expect((await folder.raw(`/api/files/${path}`, method)).status).toBe(403);
  });

  test('in what browsers say of the use of files is refused as well', async () => {
    for (const path of ['../a', 'C:/a', 'a\0b', 'nul']) {
      const body = JSON.stringify({ path, profileId: 'p', lastUsed: 1 });
      const headers = { 'content-type': 'application/json' };
      expect((await folder.request('/api/tree/use', { method: 'POST', body, headers })).status).toBe(400);
    }
  });
});

test('any address at all: none escapes, none crashes, and memory stays flat', { timeout: 600_000 }, async () => {
  const fuzzed = await openTestFolder();
  const piece = fc.oneof(
    fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      '%2e',
      '%2f',
      '%5c',
      '%00',
      '%25',
      ':',
      'nul',
      'C:',
      '~1',
      '%',
      '//',
      'papers',
      'logs',
    ),
    fc.constantFrom(
      '.glowflix',
      'database',
      'root.json',
      'ai.log',
      '%c0%ae',
      '%e9',
      '%C3%A9',
      '%20',
      '.part',
      '?',
      '#',
      ';',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }).map(encodeLoosely),
    fc.stringMatching(/^[a-z0-9%./]{0,8}$/),
  );
  const address = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  const answered = new Map<number, number>();
  const memory: number[] = [];
  try {
    await fc.assert(
      fc.asyncProperty(address, fc.constantFrom(...methods), async (path, method) => {
        const { status, body } = await fuzzed.raw(`/api/files/${path}`, method);
        answered.set(status, (answered.get(status) ?? 0) + 1);
        expect([200, 201, 204, 400, 403, 404, 409]).toContain(status);
        expect(body).not.toContain('rootId');
        if ((answered.get(400) ?? 0) % 500 === 1) memory.push(process.memoryUsage().heapUsed);
      }),
      { numRuns: runs },
    );
    expect(readdirSync(dirname(fuzzed.path))).toEqual(['shop']);
    expect(answered.get(400) ?? 0).toBeGreaterThan(runs / 10);
    expect((await fuzzed.request('/api/tree')).status).toBe(200);
    const [first = 0] = memory;
    expect(process.memoryUsage().heapUsed - first).toBeLessThan(100e6);
  } finally {
    await fuzzed.remove();
  }
});

/** Bytes as an address may carry them; what would end the request line is encoded. */
function encodeLoosely(text: string): string {
  return [...text]
    .map((character) =>
      /[\s\p{C}]/u.test(character) || character > '~' ? encodeURIComponent(toWellFormed(character)) : character,
    )
    .join('');
}

const toWellFormed = (character: string): string => (/\p{Surrogate}/u.test(character) ? '\ufffd' : character);
