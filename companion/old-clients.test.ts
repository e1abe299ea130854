import { spawn, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { StoredEvent } from '../src/schema/events.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

/** The shop's old programs as they are: a socket client that says one object and closes, an HTTP client of the standard library. */
const socketClient = `
import json, socket, sys
s = socket.create_connection(("localhost", int(sys.argv[1])))
s.sendall(json.dumps({"type": "transcription", "text": sys.argv[2], "timestamp": 1763820187.25}).encode("utf-8"))
s.close()
`;
const rawUtf8Client = socketClient.replace('}).encode', '}, ensure_ascii=False).encode');
const templateClient = `
import json, socket, sys
s = socket.create_connection(("localhost", int(sys.argv[1])))
s.sendall(json.dumps({"type": "request_print_template", "template": "invoice"}).encode("utf-8"))
line = s.makefile("r", encoding="utf-8").readline()
s.close()
answer = json.loads(line)
print(json.dumps([answer["type"], answer["template"]["label"]]))
`;
const httpClient = `
import json, sys, urllib.request
base = "http://localhost:%s" % sys.argv[1]
def post(event, headers):
    data = json.dumps(event).encode("utf-8")
    with urllib.request.urlopen(urllib.request.Request(base + "/api/ai/event", data=data, headers=headers)) as r:
        return r.status
def get(path):
    with urllib.request.urlopen(base + path) as r:
        return json.loads(r.read().decode("utf-8"))
event = {"type": "vente", "data": {"total": 12.5, "client": "Hélène"}, "id": "vente-1", "timestamp": 1763820200.5}
statuses = [post(event, {"Content-Type": "application/json"}), post(event, {"Content-Type": "application/json"}),
            post({"type": "vente", "data": {}}, {})]
events = get("/api/ai/events?type=vente")
print(json.dumps([statuses, [e["data"] for e in events], get("/api/templates/label")["label"], get("/api/health")["status"]]))
`;
const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);

// A database that is made takes seconds of a machine that may be busy, and so does a Python.
vi.setConfig({ hookTimeout: 120_000, testTimeout: 60_000 });
let shop: TestShop;
let port: string;
beforeAll(async () => {
  shop = await openTestShop();
  ({ port } = new URL(shop.url()));
});
afterAll(() => shop.remove());

const eventsOf = async (type: string): Promise<StoredEvent[]> =>
  (await shop.fetch(`/api/ai/events?type=${type}`)).json() as Promise<StoredEvent[]>;
const hasText = (text: string): Promise<void> =>
  vi.waitFor(
    async () => {
      const found = (await eventsOf('transcription')).filter(({ data }) => (data as { text: string }).text === text);
      expect(found).toEqual([
        {
          id: expect.any(String),
          sequence: expect.any(Number),
          type: 'transcription',
          source: 'tcp',
          timestamp: 1763820187.25,
          data: { text },
        },
      ]);
    },
    { timeout: 15_000 },
  );

/** What a Python program prints, as JSON; rejects with what it complains of. */
function runPython(program: string, ...args: string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(python ?? 'python3', ['-c', program, ...args]);
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.stderr += text;
    });
    child.on('error', reject).on('close', (code) => {
      if (code === 0) resolve(said.stdout === '' ? null : JSON.parse(said.stdout));
      else reject(new Error(said.stderr));
    });
  });
}

describe.runIf(python)('in Python', () => {
  test('the socket client’s object is an event, whichever way it writes its letters', async () => {
    await runPython(socketClient, port, 'créer une facture');
    await runPython(rawUtf8Client, port, 'imprime l’étiquette à 5 €');
    await hasText('créer une facture');
    await hasText('imprime l’étiquette à 5 €');
  });

  test('the socket client is given a template', async () => {
    expect(await runPython(templateClient, port)).toEqual(['print_template', 'Facture']);
  });

  test('the HTTP client posts events, with and without a type of its body, and fetches JSON', async () => {
    expect(await runPython(httpClient, port)).toEqual([
      [201, 200, 201],
      [{ total: 12.5, client: 'Hélène' }, {}],
      'Étiquette',
      'ok',
    ]);
  });
});

/** The bytes of the same programs, for machines without Python; gives what is answered. */
function sayBytes(bytes: string, { host = '127.0.0.1', closes = true } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port) }, () => {
      socket.write(bytes, () => {
        if (closes) socket.destroy();
      });
    });
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
      if (answer.endsWith('\n')) socket.destroy();
    });
    socket.on('error', reject).on('close', () => resolve(answer));
  });
}
const asPython = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

describe('in their bytes', () => {
  test('the socket client’s object is an event, though it closes at once, over both loopback families', async () => {
    for (const host of ['127.0.0.1', '::1']) {
      const text = `créer 🧾 par ${host}`;
      const bytes = `{"type": "transcription", "text": "${asPython(text)}", "timestamp": 1763820187.25}`;
      expect(await sayBytes(bytes, { host })).toBe('');
      await hasText(text);
    }
  });

  test('the socket client is given a template, in one line', async () => {
    const answer = await sayBytes('{"type": "request_print_template", "template": "invoice"}', { closes: false });
    expect(answer.indexOf('\n')).toBe(answer.length - 1);
    expect(JSON.parse(answer)).toMatchObject({ type: 'print_template', template: { label: 'Facture' } });
  });

  test('the HTTP client posts events with the headers of its library', async () => {
    const post = (type: string, body: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const head = `POST /api/ai/event HTTP/1.1\r\nAccept-Encoding: identity\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\nHost: localhost:${port}\r\nUser-Agent: Python-urllib/3.11\r\nConnection: close\r\n\r\n`;
        // The library sends head and body each by itself.
        const socket = connect(Number(port), '127.0.0.1', () => {
          socket.setNoDelay().write(head, () => socket.write(body));
        });
        let answer = '';
        socket.setEncoding('utf8').on('data', (text: string) => {
          answer += text;
        });
        socket.on('error', reject).on('close', () => resolve(answer));
      });
    const body = '{"type": "achat", "data": {"total": 12.5}, "id": "achat-1"}';
    expect(await post('application/json', body)).toMatch(/^HTTP\/1\.1 201 /);
    expect(await post('application/json', body)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await post('application/x-www-form-urlencoded', body.replace('-1', '-2'))).toMatch(/^HTTP\/1\.1 201 /);
    expect((await eventsOf('achat')).map(({ id, source }) => [id, source])).toEqual([
      ['achat-1', 'http'],
      ['achat-2', 'http'],
    ]);
  });

  test('what a database may find hard to hold comes back as it was sent', async () => {
    const texts = ['nul \u0000 dedans', 'moitié \ud83e seule', '🧾'.repeat(1000), '"\\/\b\f\n\r\t', ''];
    for (const text of texts) {
      expect(await sayBytes(JSON.stringify({ type: 'transcription', text, timestamp: 1763820187.25 }))).toBe('');
      await hasText(text);
    }
  });
});
