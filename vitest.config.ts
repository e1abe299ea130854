import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Node has its own entry to ONNX Runtime; the browser's one needs a browser.
    alias: { 'onnxruntime-web/webgpu': 'onnxruntime-web' },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'companion/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
  },
});
