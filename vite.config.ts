import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { espeak } from './scripts/espeak-data.mjs';

/** ONNX Runtime's wasm files stay as they are: they are addressed by URL, never inlined. */
const conditions = ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions];

/** What gives page and workers shared memory, hence threads. The companion adds the content policy, which vite's own page would break. */
const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

const pwa: PluginOption = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'src/workers',
  filename: 'service-worker.ts',
  injectRegister: false,
  manifest: {
    id: '/',
    name: 'LaGrace, l’assistante du comptoir',
    short_name: 'LaGrace',
    description: 'Une assistante vocale en français pour le comptoir, qui marche sans réseau.',
    lang: 'fr',
    dir: 'ltr',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#EFE9DB',
    theme_color: '#EFE9DB',
    categories: ['business', 'productivity'],
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
  injectManifest: {
    // The shell, what it runs on, and the list of models; the models themselves are kept by their own loader.
    globPatterns: ['**/*.{html,js,mjs,css,woff2,wasm,data,svg,png,webmanifest}', 'models/manifest.json'],
    globIgnores: ['models/starter/**', '**/*asyncify*'],
    maximumFileSizeToCacheInBytes: 24 * 1024 * 1024,
  },
});

export default defineConfig({
  resolve: { conditions },
  plugins: [react(), espeak(), pwa],
  worker: { format: 'es', plugins: () => [espeak()] },
  build: {
    outDir: 'build/app',
    target: 'chrome120',
    sourcemap: true,
    assetsInlineLimit: 0,
    // Vite's own inline polyfill would need a looser content policy.
    modulePreload: { polyfill: false },
  },
  server: { headers: isolation },
});
