import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, expect, test } from 'vitest';
import { manifestSchema } from '../src/schema.ts';
import { makeManifest } from './commands/manifest.mjs';
import { type PackDeclaration, packs } from './packs.mjs';

const folder = mkdtempSync(join(tmpdir(), 'lagrace-manifest-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'there.onnx'), 'model');
const find = (_root: string, { path }: { path: string }): string => join(folder, path);
const [first] = packs;
const declare = (path: string): PackDeclaration => {
  if (!first) throw new Error('there are no packs');
  return { ...first, files: [{ path, from: 'node_modules/somewhere' }] };
};

test('a file is named with its size and digest, and not with where it came from', () => {
  const { manifest, missing } = makeManifest([declare('there.onnx')], find);
  expect(missing).toEqual([]);
  expect(manifest.packs[0]?.files).toEqual([
    { path: 'there.onnx', bytes: 5, sha256: createHash('sha256').update('model').digest('hex') },
  ]);
});

test('a pack that lacks a file is left out, and the file is named', () => {
  const { manifest, missing } = makeManifest([declare('there.onnx'), declare('absent.onnx')], find);
  expect(manifest.packs).toHaveLength(1);
  expect(missing).toEqual([join(folder, 'absent.onnx')]);
});

test('every pack that is declared passes the validator of the app', () => {
  const measured = packs.map((pack) => ({
    ...pack,
    files: pack.files.map(({ path }) => ({ path, bytes: 1, sha256: 'a'.repeat(64) })),
  }));
  expect(v.safeParse(manifestSchema, { version: 1, packs: measured }).issues).toBeUndefined();
});
