import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldPath, isMirrored, treePathProblem } from './tree-path.ts';

test.each([
  'logs/ai.log',
  'cache/ai/whisper_models/onnx-community/whisper-base/onnx/encoder_model_quantized.onnx',
  'Reçus de l’été (2).txt',
  '.glowflix/marker.json',
  'a..b/c.d.e',
  'devis~2026.txt',
  'abcdefgh~1.txt',
  'a'.repeat(250),
])('accepts %s', (path) => {
  expect(treePathProblem(path)).toBeNull();
});

test.each([
  '',
  '/etc/passwd',
  '../secret',
  'cache/../../secret',
  'a//b',
  'a/',
  './a',
  'C:/Windows/win.ini',
  'C:\\Windows\\win.ini',
  '\\\\server\\share',
  'notes.txt:hidden',
  'a\0b',
  'a\nb',
  '%2e%2e/secret',
  'a%2Fb',
  'a%5cb',
  'a%252e',
  'nul',
  'NUL.txt',
  'logs/Com1',
  'LPT¹.log',
  'a./b',
  'a /b',
  'what?',
  'e\u0301te\u0301',
  '\ud800',
  'a'.repeat(251),
  'GLOWFL~1/root.json',
  'DATABA~1',
  'cache/WHISPE~2.ONN',
  `${'a/'.repeat(600)}a`,
])('refuses %j', (path) => {
  expect(treePathProblem(path)).toBeTypeOf('string');
});

test('never throws, and what it accepts stays below the root when resolved as an address', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (path) => {
      if (treePathProblem(path) !== null) return;
      const address = new URL(path.split('/').map(encodeURIComponent).join('/'), 'http://tree.invalid/tree/');
      expect(address.pathname.startsWith('/tree/')).toBe(true);
      expect(decodeURIComponent(address.pathname.slice('/tree/'.length))).toBe(path);
    }),
  );
});

test.each([
  'logs/ai.log',
  'cache/ai/old_service/model.pt',
  'papers/horaires.txt',
  'settings/shop.json',
  'part',
  'a.partial',
])('%s is mirrored', (path) => expect(isMirrored(path)).toBe(true));

test.each([
  '.glowflix',
  '.glowflix/root.json',
  '.GlowFlix/root.json',
  'database/base/1',
  'Database',
  'backups/2026-11-22.zip',
  'cache/ai/tmp/a',
  'cache/ai/TMP/a',
  'cache/ai/models/x.onnx.part',
  'X.PART',
  'papers/x.part/y.txt',
  'papers/Thumbs.db',
  '.DS_Store',
  'papers/~$devis.docx',
  'logs/ai.log.1',
  '$RECYCLE.BIN/a',
])('%s is not mirrored', (path) => expect(isMirrored(path)).toBe(false));

test('paths that a disk of Windows takes for one fold to one', () => {
  expect(foldPath('Logs/Été.TXT')).toBe(foldPath('logs/été.txt'));
  expect(foldPath('logs/a')).not.toBe(foldPath('logs/b'));
});
