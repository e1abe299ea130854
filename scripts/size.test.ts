import { expect, test } from 'vitest';
import { pageFiles } from './size.mjs';

test('the page is its entry, what it imports now or later, and their styles; not what it only names', () => {
  const chunks = {
    'index.html': {
      file: 'assets/main.js',
      isEntry: true,
      imports: ['_a.js'],
      dynamicImports: ['src/office.tsx'],
      css: ['assets/main.css'],
    },
    '_a.js': { file: 'assets/a.js', imports: ['index.html'] },
    'src/office.tsx': { file: 'assets/office.js', css: ['assets/office.css', 'assets/main.css'] },
    'ort.wasm': { file: 'assets/ort.wasm' },
    'alone.js': { file: 'assets/alone.js' },
  };
  expect(pageFiles(chunks).sort()).toEqual([
    'assets/a.js',
    'assets/main.css',
    'assets/main.js',
    'assets/office.css',
    'assets/office.js',
  ]);
});
