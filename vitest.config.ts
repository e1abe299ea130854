import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

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
    include: ['src/**/*.test.{ts,tsx}', 'companion/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
    maxWorkers: availableParallelism(),
  },
});
