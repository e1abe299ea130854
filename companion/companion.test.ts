import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Companion, createCompanion, PortTakenError } from './main.ts';

const folder = mkdtempSync(join(tmpdir(), 'lagrace-companion-'));
const appFolder = join(folder, 'app');
const script = 'export const greeting = "bonjour";'.repeat(100);
let companion: Companion;
let port: number;

function write(path: string, content: string | Buffer): void {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}

beforeAll(async () => {
  write('secret.txt', 'secret');
  write('app/index.html', '<!doctype html><title>La Grâce</title>');
  write('app/sw.js', 'self.skipWaiting();');
  write('app/manifest.webmanifest', '{}');
  write('app/.hidden', 'secret');
  write('app/assets/main-a1B2c3D4.js', script);
  write('app/assets/main-a1B2c3D4.js.br', brotliCompressSync(script));
  write('app/assets/ort-a1B2c3D4.wasm', Buffer.from([0, 97, 115, 109]));
  write('app/assets/ort-a1B2c3D4.mjs', 'export {};');
  write('app/models/manifest.json', '{"version":1,"packs":[]}');
  write('app/models/starter/voice.onnx', Buffer.alloc(5000, 7));
  companion = await createCompanion({ appFolder, port: 0 });
  port = Number(new URL(companion.url).port);
});
afterAll(async () => {
  await companion.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(`${companion.url}${path}`, { redirect: 'manual', ...init });

/** One request written by hand, since `fetch` tidies paths and hosts. */
function raw(request: string, host = '127.0.0.1'): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => socket.write(request));
    let answer = '';
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text;
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}
const rawGet = (target: string, host = `localhost:${port}`): Promise<string> =>
  raw(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);

describe('the app', () => {
  test('is served at the root, asked for anew each time', async () => {
    const response = await get('/');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toContain('La Grâce');
  });

  test.each([
    ['/assets/main-a1B2c3D4.js', 'application/javascript; charset=utf-8'],
    ['/assets/ort-a1B2c3D4.mjs', 'application/javascript; charset=utf-8'],
    ['/assets/ort-a1B2c3D4.wasm', 'application/wasm'],
    ['/models/starter/voice.onnx', 'application/octet-stream'],
    ['/models/manifest.json', 'application/json; charset=utf-8'],
    ['/manifest.webmanifest', 'application/manifest+json'],
  ])('serves %s as %s', async (path, type) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
  });

  test('lets browsers keep what has its digest in its name, and only that', async () => {
    const cacheOf = async (path: string): Promise<string | null> => (await get(path)).headers.get('cache-control');
    expect(await cacheOf('/assets/main-a1B2c3D4.js')).toBe('public, max-age=31536000, immutable');
    expect(await cacheOf('/sw.js')).toBe('no-cache');
    expect(await cacheOf('/models/starter/voice.onnx')).toBe('no-cache');
  });

  test.each(['br', 'gzip, deflate, br, zstd'])(
    'sends the compressed copy to who takes %s, under the right type',
    async (encoding) => {
      const response = await get('/assets/main-a1B2c3D4.js', { headers: { 'accept-encoding': encoding } });
      expect(response.headers.get('content-encoding')).toBe('br');
      expect(response.headers.get('content-type')).toBe('application/javascript; charset=utf-8');
      expect(response.headers.get('cache-control')).toContain('immutable');
      expect(response.headers.get('vary')).toContain('accept-encoding');
      expect(await response.text()).toBe(script);
    },
  );

  test.each(['identity', 'gzip'])('sends the file itself to who takes only %s', async (encoding) => {
    const response = await get('/assets/main-a1B2c3D4.js', { headers: { 'accept-encoding': encoding } });
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(await response.text()).toBe(script);
  });

  test('answers any page of the app with index.html, which draws it', async () => {
    for (const path of ['/reglages', '/bureau/journal?jour=hier']) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('La Grâce');
    }
  });

  test.each([
    '/models/none.onnx',
    '/models/starter/none',
    '/models/',
    '/assets/none.js',
    '/api/none',
    '/none.js',
    '/models',
  ])('answers 404 for %s, never index.html: a cache would keep the page in its place', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: { code: 'not-found', message: expect.any(String) } });
  });

  test('sends a part of a file', async () => {
    const response = await get('/models/starter/voice.onnx', { headers: { range: 'bytes=0-99' } });
    expect(response.status).toBe(206);
    expect((await response.arrayBuffer()).byteLength).toBe(100);
  });
});

describe('safety', () => {
  test.each(['/', '/api/health', '/models/none.onnx', '/assets/main-a1B2c3D4.js'])(
    'puts the security headers on %s',
    async (path) => {
      const { headers } = await get(path);
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      const policy = headers.get('content-security-policy');
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
      expect(policy).not.toContain('unsafe-inline');
    },
  );

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/%252e%252e%252fsecret.txt',
    '/assets/..%2f..%2f..%2fsecret.txt',
    '/secret.txt%00.js',
    '//secret.txt',
    '/.hidden',
    '/%2ehidden',
    `/${'../'.repeat(12)}etc/passwd`,
    '/C:/Windows/win.ini',
    '/%c0%ae%c0%ae/secret.txt',
    '/%',
  ])('gives nothing outside the app for %s', async (target) => {
    const answer = await rawGet(target);
    expect(answer).toMatch(/^HTTP\/1\.1 (400|403|404) /);
    expect(answer).not.toContain('secret\r\n');
    expect(answer.split('\r\n\r\n')[1]).not.toMatch(/secret$|root:/);
  });

  test('sends an address of loopback to localhost, where the storage is, keeping the path', async () => {
    for (const host of [`127.0.0.1:${port}`, `[::1]:${port}`]) {
      const answer = await rawGet('/bureau?jour=hier', host);
      expect(answer).toContain('HTTP/1.1 308 ');
      expect(answer).toContain(`location: http://localhost:${port}/bureau?jour=hier\r\n`);
    }
  });

  test('answers programs that call the interface by the address', async () => {
    const answer = await rawGet('/api/health', `127.0.0.1:${port}`);
    expect(answer).toContain('HTTP/1.1 200 ');
  });

  test.each(['evil.example', 'localhost', 'localhost:1', 'localhost.evil.example', '127.0.0.1.evil.example', ''])(
    'refuses a request for host "%s"',
    async (host) => {
      const answer = await rawGet('/', host);
      expect(answer).toMatch(/^HTTP\/1\.1 4(00|21) /);
      expect(answer).not.toContain('La Grâce');
    },
  );

  test('redirects to nobody else', async () => {
    for (const target of ['@evil.example/', '//evil.example/', 'http://evil.example/']) {
      const location = /location: (.*)\r\n/.exec(await rawGet(target, `127.0.0.1:${port}`))?.[1];
      if (location) expect(new URL(location).host).toBe(`localhost:${port}`);
    }
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('takes no %s', async (method) => {
    const answer = await raw(
      `${method} /api/health HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toContain('allow: GET, HEAD');
  });

  test('answers HEAD with the headers alone', async () => {
    const response = await get('/', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});

describe('the port', () => {
  test('is served on both loopback families', async () => {
    for (const host of ['127.0.0.1', '::1']) {
      const answer = await raw(
        `GET /api/health HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`,
        host,
      );
      expect(answer).toContain('"status":"ok"');
    }
  });

  test('is not shared with another companion', async () => {
    await expect(createCompanion({ appFolder, port })).rejects.toBeInstanceOf(PortTakenError);
  });

  test('is not shared with a program that holds it for every address', async () => {
    const till = createServer().listen(0);
    await new Promise((resolve) => till.once('listening', resolve));
    const taken = (till.address() as AddressInfo).port;
    await expect(createCompanion({ appFolder, port: taken })).rejects.toBeInstanceOf(PortTakenError);
    await new Promise((resolve) => till.close(resolve));
  });

  test('is free again once the companion is closed, idle connections or not', async () => {
    const first = await createCompanion({ appFolder, port: 0 });
    const { port: used } = new URL(first.url);
    const idle = connect(Number(used), '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    const ended = new Promise((resolve) => idle.once('close', resolve));
    await fetch(`${first.url}/api/health`).then((response) => response.text());
    await first.close();
    await ended;
    const second = await createCompanion({ appFolder, port: Number(used) });
    await second.close();
  });
});
