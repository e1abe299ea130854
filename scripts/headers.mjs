/** What a page of ours may load and run: our own files, WebAssembly, nothing inline and nothing from elsewhere. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * On every answer of a server of the app, the one for development included. The three cross-origin ones give page and
 * workers shared memory, without which WebAssembly has one thread.
 * @type {Readonly<Record<string, string>>}
 */
export const appHeaders = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=()',
};

/**
 * On every answer of the companion. The development server goes without the policy: it puts scripts and styles inline.
 * @type {Readonly<Record<string, string>>}
 */
export const companionHeaders = { ...appHeaders, 'content-security-policy': contentSecurityPolicy };
