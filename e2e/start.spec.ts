import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeTill, openFakeTill } from '../companion/testing/fake-till.ts';
import { command, killCommands } from './command.ts';
import { expect, test } from './harness.ts';

// One after the other: a shop has one port 3030, and one beside it.
test.describe.configure({ mode: 'default' });

let root: string;
test.beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lagrace-start-'));
});
test.afterEach(() => {
  killCommands();
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
});

/** What a till's own client does: one object, then the connection is closed. */
function say(port: number, message: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, 'localhost', () => socket.end(JSON.stringify(message)));
    socket.on('close', () => resolve()).on('error', reject);
    socket.resume();
  });
}

/** A whole morning with a till: what was said, what was posted, what is printed. */
async function workWith(till: FakeTill, url: string): Promise<void> {
  till.pages.set('/api/templates/invoice', { name: 'facture de la caisse' });
  await say(Number(new URL(url).port), {
    type: 'transcription',
    text: 'créer une facture',
    timestamp: 1_763_820_187.25,
  });
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ type: 'vente', data: { montant: 250 } });
  expect((await fetch(`${url}/api/ai/event`, { method: 'POST', headers, body })).status).toBe(201);
  await expect
    .poll(() => till.events.map(({ type, data }) => [type, data]), { timeout: 60_000 })
    .toEqual([
      ['transcription', { text: 'créer une facture' }],
      ['vente', { montant: 250 }],
    ]);
  await expect
    .poll(() => till.messages.map((text) => JSON.parse(text)))
    .toEqual([
      expect.objectContaining({ type: 'transcription', text: 'créer une facture', timestamp: 1_763_820_187.25 }),
    ]);
  expect(await (await fetch(`${url}/api/templates/invoice`)).json()).toEqual({ name: 'facture de la caisse' });
  expect(await (await fetch(url)).text()).toContain('<title>La Grâce</title>');
}

/** Starts beside the till, which it names by `words`, and works for it. */
async function startBeside(till: FakeTill, words: RegExp, args: string[] = []): Promise<void> {
  try {
    const { child, ended, said } = command('start', '--no-open', '--root', root, ...args);
    await said(words);
    await said(/http:\/\/localhost:3031/);
    await workWith(till, 'http://localhost:3031');
    child.kill();
    await ended;
  } finally {
    await till.stop();
  }
}

test('npm start --upstream works for the till that it is told of, and serves the app beside it', async () => {
  test.slow();
  const till = await openFakeTill();
  const upstream = `127.0.0.1:${till.port}`;
  await startBeside(till, new RegExp(`caisse de ${upstream}`), ['--upstream', upstream]);
});

test('npm start works for a till by itself when that has the port of the shop', async () => {
  test.slow();
  await startBeside(await openFakeTill(3030), /Le port 3030 est déjà celui d’un autre programme/);
});

test('npm start ends with one line when another companion has taken its folder over', async () => {
  const { ended, said } = command('start', '--port', '0', '--no-open', '--root', root);
  const [url] = await said(/http:\/\/localhost:\d+/);
  const other = { token: 'another', pid: process.pid, host: hostname() };
  writeFileSync(join(root, '.glowflix', 'companion.lock'), `${JSON.stringify(other)}\n`);
  const { code, stderr } = await ended;
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('celle-ci se ferme')]);
  await expect(fetch(url)).rejects.toThrow();
});
