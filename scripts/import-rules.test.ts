import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from './paths.mjs';

type Import = readonly [path: string, specifier: string];

const forbidden: Import[] = [
  ['src/schema.ts', './ai/turn.ts'],
  ['src/errors.ts', './storage/settings.ts'],
  ['src/schema/tree.ts', '../tree/diff.ts'],
  ['src/ai/turn.ts', '../app/store.ts'],
  ['src/ai/turn.ts', '../storage/settings.ts'],
  ['src/ai/turn.ts', '../workers/client.ts'],
  ['src/ai/turn.ts', 'react'],
  ['src/ai/nlu/ngram.ts', 'node:fs'],
  ['src/print/invoice.ts', '../storage/settings.ts'],
  ['src/tree/diff.ts', '../storage/tree/tree.ts'],
  ['src/documents/totals.ts', '../ai/dialogue.ts'],
  ['src/storage/settings.ts', '../ai/turn.ts'],
  ['src/storage/settings.ts', '../app/store.ts'],
  ['src/workers/stt.worker.ts', '../app/store.ts'],
  ['src/workers/stt.worker.ts', 'react'],
  ['src/app/store.ts', '../ai/stt/whisper.ts'],
  ['src/app/store.ts', 'onnxruntime-web/webgpu'],
  ['src/app/store.ts', '@huggingface/transformers'],
  ['companion/main.ts', '../src/app/store.ts'],
  ['companion/main.ts', '../src/ai/turn.ts'],
  ['companion/main.ts', '../src/storage/settings.ts'],
];
const allowed: Import[] = [
  ['src/schema.ts', 'valibot'],
  ['src/ai/turn.ts', '../schema.ts'],
  ['src/ai/nlu/ngram.ts', '../engines.ts'],
  ['src/ai/stt/whisper.ts', '@huggingface/transformers'],
  ['src/storage/settings.ts', '../schema.ts'],
  ['src/storage/settings.ts', '../ai/engines.ts'],
  ['src/schema/tree.ts', './tree-path.ts'],
  ['src/ai/dialogue.ts', '../documents/money.ts'],
  ['src/storage/documents.ts', '../documents/totals.ts'],
  ['src/workers/stt.worker.ts', '../ai/stt/whisper.ts'],
  ['src/app/store.ts', '../ai/turn.ts'],
  ['src/app/store.ts', '../workers/client.ts'],
  ['companion/main.ts', '../src/log.ts'],
  ['companion/tree/follower.ts', '../../src/tree/diff.ts'],
  ['companion/templates.ts', '../src/print/index.ts'],
  ['companion/documents/routes.ts', '../../src/documents/numbers.ts'],
];

const key = ([path, specifier]: Import): string => `${path}\0${specifier}`;
/** What the linter refused, of all these imports in a project that has nothing else. */
const refused = new Set<string>();
let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'lagrace-imports-')));
  copyFileSync(join(projectRoot, 'biome.json'), join(folder, 'biome.json'));
  writeFileSync(join(folder, '.gitignore'), 'build\n');
  /** Each file's imports, one a line. */
  const files = new Map<string, string[]>();
  for (const [path, specifier] of [...forbidden, ...allowed]) files.set(path, [...(files.get(path) ?? []), specifier]);
  for (const [path, specifiers] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), specifiers.map((specifier) => `import '${specifier}';\n`).join(''));
  }
  const biome = join(projectRoot, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const args = [biome, 'lint', '--reporter=github', '--max-diagnostics=none', '.'];
  const { stdout, error } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (error) throw error;
  for (const [, path = '', line] of stdout.matchAll(/noRestrictedImports,file=([^,]+),line=(\d+)/g)) {
    const file = relative(folder, path).replaceAll('\\', '/');
    const specifier = files.get(file)?.[Number(line) - 1];
    if (specifier !== undefined) refused.add(key([file, specifier]));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(forbidden)('%s may not know %s', (path, specifier) => {
  expect(refused).toContain(key([path, specifier]));
});

test.each(allowed)('%s may know %s', (path, specifier) => {
  expect(refused).not.toContain(key([path, specifier]));
});
