import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const databaseThread = 'pglite-thread';
/** What runs in Node, by the name of its file in `build/node`. */
const entries = {
  companion: 'companion/main.ts',
  restore: 'companion/backup/restore-shop.ts',
  [databaseThread]: 'companion/database/pglite-thread.mjs',
  try: 'src/tools/try.ts',
  'train-intents': 'src/tools/train-intents.ts',
  'bench-engines': 'bench/engines.ts',
  'bench-events': 'bench/events-database.ts',
  'bench-window': 'bench/window/random-pack.ts',
};
const fromRoot = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // Node has its own entry to ONNX Runtime; the browser's one needs a browser.
    alias: { 'onnxruntime-web/webgpu': 'onnxruntime-web' },
  },
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'build/node',
    minify: false,
    sourcemap: true,
    rollupOptions: {
      input: Object.fromEntries(
        Object.entries(entries)
          .map(([name, path]) => [name, fromRoot(path)] as const)
          .filter(([, path]) => existsSync(path)),
      ),
      // A thread's file lies beside the chunk that starts it.
      output: {
        entryFileNames: ({ name }) => (name === databaseThread ? 'chunks/[name].mjs' : '[name].js'),
        chunkFileNames: 'chunks/[name]-[hash].js',
      },
    },
  },
});
