import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const timed = 'src/**/*.timed.test.ts';

export default defineConfig({
  resolve: {
    alias: {
      // Node has its own entry to ONNX Runtime; the browser's one needs a browser.
      'onnxruntime-web/webgpu': 'onnxruntime-web',
      // The library's own entry for Node wants native packages that are not installed.
      '@huggingface/transformers': fileURLToPath(
        new URL('node_modules/@huggingface/transformers/dist/transformers.web.js', import.meta.url),
      ),
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'companion/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [timed],
          maxWorkers: availableParallelism(),
        },
      },
      // What is timed runs after all else, and alone: beside other tests it would measure them.
      { extends: true, test: { name: 'timed', include: [timed], maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
    environment: 'node',
    testTimeout: 20_000,
  },
});
