import fc from 'fast-check';
import { expect, test } from 'vitest';
import { treePathProblem } from './tree-path.ts';

test.each([
  'logs/ai.log',
  'cache/ai/whisper_models/onnx-community/whisper-base/onnx/encoder_model_quantized.onnx',
  'Reçus de l’été (2).txt',
  '.glowflix/marker.json',
  'a..b/c.d.e',
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
  'a'.repeat(256),
  `${'a/'.repeat(600)}a`,
])('refuses %j', (path) => {
  expect(treePathProblem(path)).toBeTypeOf('string');
});

test('never throws, and what it accepts stays below the root when resolved as an address', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (path) => {
      if (treePathProblem(path) !== null) return;
      const address = new URL(path.split('/').map(encodeURIComponent).join('/'), 'http://tree.invalid/root/');
      expect(address.pathname.startsWith('/root/')).toBe(true);
      expect(decodeURIComponent(address.pathname.slice('/root/'.length))).toBe(path);
    }),
  );
});
