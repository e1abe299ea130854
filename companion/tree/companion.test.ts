import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Companion, createCompanion, RootLockedError } from '../main.ts';

const folder = mkdtempSync(join(tmpdir(), 'lagrace-whole-'));
const root = join(folder, 'Glowflixprojet');
let companion: Companion;
const start = (): Promise<Companion> => createCompanion({ appFolder: folder, port: 0, root });
beforeAll(async () => {
  companion = await start();
});
afterAll(async () => {
  await companion.close();
  rmSync(folder, { recursive: true });
});

describe('the companion on a shop’s folder', () => {
  test('takes, lists and gives files, and says how the tree is', async () => {
    const file = `${companion.url}/api/files/papers/horaires.txt`;
    expect((await fetch(file, { method: 'PUT', body: 'de 8 h à 18 h' })).status).toBe(201);
    const response = await fetch(file);
    expect(await response.text()).toBe('de 8 h à 18 h');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect((await (await fetch(`${companion.url}/api/tree`)).json()).entries).toMatchObject([
      { path: 'papers/horaires.txt' },
    ]);
    expect((await (await fetch(`${companion.url}/api/health`)).json()).tree).toMatchObject({ files: 1, missing: 0 });
  });

  test('lets no page of another site write or delete', async () => {
    const headers = { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' };
    for (const [path, method] of [
      ['files/papers/evil.txt', 'PUT'],
      ['files/papers/horaires.txt', 'DELETE'],
      ['uploads', 'POST'],
      ['maintenance/cleanup', 'POST'],
      ['logs', 'POST'],
    ]) {
      const response = await fetch(`${companion.url}/api/${path}`, { method: method ?? '', headers });
      expect(response.status, path).toBe(403);
    }
    expect(readFileSync(join(root, 'papers/horaires.txt'), 'utf8')).toBe('de 8 h à 18 h');
  });

  test('says what is wrong with its code, whatever the status', async () => {
    for (const [path, status, code] of [
      ['papers/a.txt:hidden', 400, 'bad-path'],
      ['.glowflix/root.json', 403, 'not-mirrored'],
      ['papers/none.txt', 404, 'not-found'],
    ]) {
      const response = await fetch(`${companion.url}/api/files/${path}`);
      expect(response.status).toBe(status);
      expect(await response.json()).toEqual({ error: { code, message: expect.any(String) } });
    }
  });

  test('is the only one there, until it ends', async () => {
    await expect(start()).rejects.toBeInstanceOf(RootLockedError);
    await companion.close();
    companion = await start();
    expect(await (await fetch(`${companion.url}/api/files/papers/horaires.txt`)).text()).toBe('de 8 h à 18 h');
  });
});
