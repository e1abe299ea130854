import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createCompanion } from './main.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

// A database that is made takes seconds of a machine that may be busy.
vi.setConfig({ hookTimeout: 120_000, testTimeout: 60_000 });
let shop: TestShop;
let port: number;

beforeAll(async () => {
  shop = await openTestShop();
  port = Number(new URL(shop.url()).port);
  // The database opens with the first event; the tests below have none of that time.
  await shop.send('POST', '/api/ai/event', { type: 'opened', data: null });
});
afterAll(() => shop.remove());

function open(to = port): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: to, host: '127.0.0.1', noDelay: true }, () => resolve(socket)).once('error', reject);
  });
}
/** All that a connection says until it is closed. */
function hear(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    socket.on('error', () => undefined).on('close', () => resolve(answer));
  });
}
type Headers = Record<string, string>;
const head = (method: string, path: string, headers: Headers): string =>
  `${method} ${path} HTTP/1.1\r\n${Object.entries({ Host: `localhost:${port}`, Connection: 'close', ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;

/** One request written by hand, since `fetch` has its own mind on headers; gives the status and the answer. */
async function ask(
  method: string,
  path: string,
  headers: Headers = {},
  body: string | Buffer = '',
): Promise<{ status: number; text: string }> {
  const socket = await open();
  const length: Headers = body.length > 0 ? { 'Content-Length': String(Buffer.byteLength(body)) } : {};
  socket.write(head(method, path, { ...length, ...headers }));
  if (body.length > 0) socket.write(body);
  const text = await hear(socket);
  return { status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1] ?? 0), text };
}
const json = { 'Content-Type': 'application/json' };
const event = (type: string): string => JSON.stringify({ type, data: null });
const countOf = async (type: string): Promise<number> => {
  const response = await shop.fetch(`/api/ai/events?type=${encodeURIComponent(type)}`);
  return ((await response.json()) as unknown[]).length;
};
const codeOf = (text: string): unknown => JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4)).error.code;

describe('another site’s page', () => {
  const origins = [
    'http://evil.example',
    'https://localhost',
    'http://localhost:1',
    'http://localhost',
    'http://localhost.evil.example',
    'null',
    'file://',
    '',
  ];
  test.each(origins)('with the origin %j may call nothing, by no method', async (origin) => {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      for (const path of ['/api/ai/events/stream', '/api/ai/event', '/api/files/logs/ai.log', '/']) {
        const { status, text } = await ask(method, path, { ...json, Origin: origin }, event(`origin ${origin}`));
        expect(status, `${method} ${path}`).toBe(403);
        expect(text.toLowerCase()).not.toContain('access-control');
      }
    }
    expect(await countOf(`origin ${origin}`)).toBe(0);
  });

  test.each(['cross-site', 'same-site', 'surprise'])('that a browser calls %s may call nothing', async (site) => {
    for (const mode of ['cors', 'no-cors', 'navigate', 'websocket']) {
      const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': mode, 'Sec-Fetch-Dest': 'empty' };
      expect((await ask('GET', '/api/ai/events/stream', headers)).status).toBe(403);
      expect((await ask('GET', '/assets/main.js', headers)).status).toBe(403);
      expect((await ask('POST', '/api/ai/event', { ...headers, ...json }, event('site'))).status).toBe(403);
    }
    expect(await countOf('site')).toBe(0);
  });

  test('may link to our page, but not frame it, post to it, or open the interface', async () => {
    const link = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
    expect((await ask('GET', '/', link)).status).toBe(200);
    expect((await ask('GET', '/', { ...link, 'Sec-Fetch-Dest': 'iframe' })).status).toBe(403);
    expect((await ask('POST', '/', link)).status).toBe(403);
    for (const path of ['/api/health', '/API/health', '//api/health', '/api', '/api?x']) {
      expect((await ask('GET', path, link)).status).toBe(403);
    }
  });

  test('under a name of its own that leads to this machine (DNS rebinding) is refused', async () => {
    for (const host of [
      `evil.example:${port}`,
      `evil.localhost:${port}`,
      `0.0.0.0:${port}`,
      '127.0.0.1',
      'localhost',
    ]) {
      for (const [method, path] of [
        ['GET', '/'],
        ['GET', '/api/ai/events'],
        ['GET', '/api/ai/events/stream'],
        ['POST', '/api/ai/event'],
      ] as const) {
        const headers = { ...json, Host: host, Origin: `http://${host}`, 'Sec-Fetch-Site': 'same-origin' };
        expect((await ask(method, path, headers, method === 'POST' ? event('rebound') : '')).status).toBe(421);
      }
    }
    expect(await countOf('rebound')).toBe(0);
  });
});

describe('who is refused', () => {
  test.each(['end', 'destroySoon'] as const)(
    'and goes away in the middle of his request (%s) has done nothing',
    async (leave) => {
      const path = '/api/files/papers/kept.txt';
      expect((await ask('PUT', path, {}, 'kept')).status).toBeLessThan(300);
      for (const [method, address] of [
        ['DELETE', path],
        ['PUT', path],
        ['POST', '/api/logs'],
      ] as const) {
        const socket = await open();
        const answer = hear(socket);
        const headers = { Origin: 'http://evil.example', 'Content-Length': '40' };
        socket.write(`${head(method, address, headers)}half of it`, () => socket[leave]());
        await answer;
      }
      // The next one on the way in has seen what those before him did.
      expect((await ask('GET', path)).text).toMatch(/\r\n\r\nkept$/);
      expect(shop.log.filter((line) => line.includes('headers after they are sent'))).toEqual([]);
    },
  );
});

describe('our own page, and programs of this machine', () => {
  test('call as they like', async () => {
    const ours = { Origin: `http://localhost:${port}`, 'Sec-Fetch-Site': 'same-origin' };
    expect((await ask('POST', '/api/ai/event', { ...json, ...ours }, event('ours'))).status).toBe(201);
    expect((await ask('GET', '/api/ai/events', ours)).status).toBe(200);
    expect((await ask('GET', '/api/health', { 'Sec-Fetch-Site': 'none' })).status).toBe(200);
    expect((await ask('GET', '/api/health')).status).toBe(200);
    expect((await ask('GET', '/api/health', { Host: `127.0.0.1:${port}` })).status).toBe(200);
    expect(await countOf('ours')).toBe(1);
  });

  test('post JSON under its own name; what a form of any site can send is none', async () => {
    for (const type of ['text/plain', 'text/plain;charset=UTF-8', 'multipart/form-data; boundary=x', 'text/json']) {
      const { status } = await ask('POST', '/api/ai/event', { 'Content-Type': type }, event('plain'));
      expect(status, type).toBe(415);
    }
    expect(await countOf('plain')).toBe(0);
    const named = { 'Content-Type': 'application/json; charset=utf-8' };
    expect((await ask('POST', '/api/ai/event', named, event('named'))).status).toBe(201);
  });

  test('may leave the type out, as the oldest do, or put what their library puts; a page may not', async () => {
    expect((await ask('POST', '/api/ai/event', {}, event('untyped'))).status).toBe(201);
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await ask('POST', '/api/ai/event', form, event('untyped'))).status).toBe(201);
    const page = { 'Sec-Fetch-Site': 'same-origin' };
    expect((await ask('POST', '/api/ai/event', page, event('untyped'))).status).toBe(415);
    expect((await ask('POST', '/api/ai/event', { ...form, ...page }, event('untyped'))).status).toBe(415);
    expect(await countOf('untyped')).toBe(2);
  });
});

describe('an address', () => {
  const methodsOf = (text: string): string | undefined => /^allow: (.*)\r$/im.exec(text)?.[1];

  test.each([
    ['GET', '/api/ai/event', 405, 'POST'],
    ['PUT', '/api/ai/event', 405, 'POST'],
    ['DELETE', '/api/ai/events?limit=1', 405, 'GET, HEAD'],
    ['HEAD', '/api/ai/events/stream', 405, 'GET'],
    ['HEAD', '/api/tree/stream', 405, 'GET'],
    ['POST', '/api/files/papers/a.txt', 405, 'DELETE, GET, HEAD, PUT'],
    ['PATCH', '/api/documents/d-1', 405, 'GET, HEAD, PUT'],
    ['GET', '/api/uploads', 405, 'DELETE, HEAD, OPTIONS, PATCH, POST'],
    ['POST', '/bureau', 405, 'GET, HEAD'],
    ['POST', '/api/nothing', 404, undefined],
    ['GET', '/api/nothing', 404, undefined],
  ])('that takes no %s, %s, answers %i and says what it takes', async (method, path, status, allowed) => {
    const answer = await ask(method, path);
    expect([answer.status, methodsOf(answer.text)]).toEqual([status, allowed]);
  });

  test.each(['//api/health', '/API/health', '//api/ai/events'])(
    'written carelessly, %s, is answered by JSON, never by a page',
    async (path) => {
      const { status, text } = await ask('GET', path);
      expect([status, codeOf(text)]).toEqual([404, 'not-found']);
    },
  );

  test.each(['/api/files/%ff', '/api/files/%zz', '/%', '/api/templates/%c0%af', '/api/files/%ed%a0%80'])(
    'that cannot be read, %s, is a 400 in our own words, under our own headers',
    async (path) => {
      const { status, text } = await ask('GET', path);
      expect([status, codeOf(text)]).toEqual([400, 'bad-request']);
      expect(text).toContain('cross-origin-resource-policy: same-origin');
    },
  );

  test('may name a document by two hundred characters, whatever they are', async () => {
    expect((await ask('GET', `/api/documents/${encodeURIComponent('é'.repeat(200))}`)).status).toBe(404);
  });

  test.each(['/api/ai/events?type=%00', '/api/ai/events?after=%00', '/api/ai/events/stream?type=%00'])(
    'that asks for what no database can hold, %s, is a 400',
    async (path) => expect((await ask('GET', path)).status).toBe(400),
  );

  test.each(['/api/documents?after=%00', '/api/ai/events/stream?after=%00'])('so is %s', async (path) =>
    expect((await ask('GET', path)).status).toBe(400),
  );

  test.each(['9e99', '-9e99', '1763820187.2505'])('may ask for documents since the time %s', async (since) =>
    expect((await ask('GET', `/api/documents?since=${since}`)).status).toBe(200),
  );
});

describe('a request that is none', () => {
  test.each([
    ['no HTTP at all', '5\n', 400, 'bad-request'],
    ['a request without a host', 'GET /api/health HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'bad-request'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
      'bad-request',
    ],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}`, 431, 'too-large'],
  ])('%s: an error as all others are', async (_what, bytes, status, code) => {
    const socket = await open();
    const answer = hear(socket);
    socket.write(bytes);
    const text = await answer;
    expect([Number(text.slice(9, 12)), codeOf(text)]).toEqual([status, code]);
  });

  test('of a program that writes its requests by hand may leave the port out, or shout; of a browser it may not', async () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]', `LocalHost:${port}`]) {
      expect((await ask('GET', '/api/health', { Host: host })).status).toBe(200);
      expect((await ask('POST', '/api/ai/event', { ...json, Host: host }, event('by hand'))).status).toBe(201);
    }
    expect((await ask('GET', '/api/health', { Host: 'localhost', 'Sec-Fetch-Site': 'none' })).status).toBe(421);
    expect((await ask('GET', '/api/health', { Host: 'evil.example' })).status).toBe(421);
    expect(await countOf('by hand')).toBe(4);
  });
});

describe('a body', () => {
  test.each([
    ['PUT', '/api/files/a%00b', 400],
    ['PUT', '/api/nothing', 404],
    ['POST', '/api/ai/event', 413],
  ])(
    'of a %s to %s that is refused is heard to its end: some send all of it before they read why',
    async (method, path, status) => {
      const body = Buffer.alloc(48 << 20, 'x');
      const socket = await open();
      const closed = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
      socket.write(head(method, path, { ...json, 'Content-Length': String(body.length) }));
      await Promise.race([new Promise((resolve) => socket.write(body, resolve)), closed]);
      expect(socket.destroyed).toBe(false);
      const text = await hear(socket);
      expect(Number(text.slice(9, 12))).toBe(status);
      expect(codeOf(text)).toEqual(expect.any(String));
    },
  );

  test('that is packed is refused with the reason', async () => {
    const { status, text } = await ask(
      'POST',
      '/api/ai/event',
      { ...json, 'Content-Encoding': 'gzip' },
      event('packed'),
    );
    expect([status, codeOf(text)]).toEqual([415, 'encoded-body']);
  });

  test('of more than a megabyte is refused, whatever it says of its length', async () => {
    const large = JSON.stringify({ type: 'large', data: 'x'.repeat(1_100_000) });
    expect((await ask('POST', '/api/ai/event', json, large)).status).toBe(413);
    const chunked = { ...json, 'Transfer-Encoding': 'chunked' };
    const socket = await open();
    const answer = hear(socket);
    socket.write(head('POST', '/api/ai/event', chunked));
    const piece = 'x'.repeat(65_536);
    for (let sent = 0; sent < 20 && !socket.destroyed; sent += 1) socket.write(`10000\r\n${piece}\r\n`);
    expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(await countOf('large')).toBe(0);
  });

  test('of sixty-four levels is taken, of more refused before anything reads it', async () => {
    const nested = (levels: number): string => `{"type":"deep","data":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    expect((await ask('POST', '/api/ai/event', json, nested(63))).status).toBe(201);
    const { status, text } = await ask('POST', '/api/ai/event', json, nested(64));
    expect(status).toBe(400);
    expect(codeOf(text)).toBe('too-deep');
    expect((await ask('POST', '/api/ai/event', json, '['.repeat(1_000_000))).status).toBe(400);
    expect(await countOf('deep')).toBe(1);
  });

  test.each([
    ['not JSON', '{"type":'],
    ['nothing', ' '],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d])],
    ['an attack on prototypes', '{"type":"a","data":{"__proto__":{"x":1}}}'],
  ])('that is %s is a 400, and JSON says why', async (_what, body) => {
    const { status, text } = await ask('POST', '/api/ai/event', json, body);
    expect(status).toBe(400);
    expect(codeOf(text)).toEqual(expect.any(String));
  });
});

describe('a caller that dawdles', () => {
  const limits = { headersMs: 200, requestMs: 400, checkMs: 50, keepAliveMs: 200, silenceMs: 1500, maxConnections: 5 };
  const withCompanion = async (check: (to: number) => Promise<void>): Promise<void> => {
    const root = mkdtempSync(join(tmpdir(), 'lagrace-guard-'));
    const companion = await createCompanion({ appFolder: root, port: 0, root, limits });
    try {
      await check(Number(new URL(companion.url).port));
    } finally {
      await companion.close();
      rmSync(root, { recursive: true, force: true });
    }
  };
  const dripping = async (to: number, start: string, drop: string): Promise<string> => {
    const socket = await open(to);
    const answer = hear(socket);
    socket.write(start);
    const drops = setInterval(() => socket.write(drop), 20);
    return answer.finally(() => clearInterval(drops));
  };

  test('with its headers is cut, however alive it is', () =>
    withCompanion(async (to) => {
      expect(await dripping(to, 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ', 'x')).toMatch(/^HTTP\/1\.1 408 /);
    }));

  test('with its body is cut, however alive it is', () =>
    withCompanion(async (to) => {
      const start = `POST /api/ai/event HTTP/1.1\r\nHost: localhost:${to}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n`;
      expect(await dripping(to, start, ' ')).toMatch(/^HTTP\/1\.1 408 /);
    }));

  test('between two requests is cut', () =>
    withCompanion(async (to) => {
      const socket = await open(to);
      const answer = hear(socket);
      socket.write(`GET /api/health HTTP/1.1\r\nHost: localhost:${to}\r\n\r\n`);
      expect(await answer).toContain('"status":"ok"');
    }));

  test('takes a place that others may want: what is over the number is closed, until one goes', () =>
    withCompanion(async (to) => {
      const held = await Promise.all(Array.from({ length: limits.maxConnections }, () => open(to)));
      expect(await hear(await open(to))).toBe('');
      for (const socket of held) socket.destroy();
      await vi.waitFor(
        async () => {
          const socket = await open(to);
          const answer = hear(socket);
          socket.write(`GET /api/health HTTP/1.1\r\nHost: localhost:${to}\r\nConnection: close\r\n\r\n`);
          expect(await answer).toContain('"status":"ok"');
        },
        { timeout: 10_000 },
      );
    }));

  test('with headers without end is refused', async () => {
    const { status } = await ask('GET', '/', { 'X-Long': 'x'.repeat(20_000) });
    expect(status).toBe(431);
  });
});
