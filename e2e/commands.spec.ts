import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, killCommands } from './command.ts';
import { expect, test } from './harness.ts';

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lagrace-commands-'));
});
test.afterEach(killCommands);
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const recording = (name: string): string => join('e2e', 'audio', name);
const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

test.describe('npm start', () => {
  test('serves the app, keeps a journal in the shop’s folder, and ends cleanly on Ctrl-C', async () => {
    test.skip(process.platform === 'win32', 'a program cannot send Ctrl-C to another one there');
    const root = join(folder, 'boutique');
    const { child, ended, said } = command('start', '--port', '0', '--no-open', '--root', root);
    const [, url = ''] = await said(/(http:\/\/localhost:\d+)/);
    expect(await (await fetch(url)).text()).toContain('<title>La Grâce</title>');
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(0);
    expect(lines(stderr)).toEqual([]);
    expect(readFileSync(join(root, 'logs', 'ai.log'), 'utf8')).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[INFO\] companion listening on http:\/\/localhost:\d+\n/,
    );
    await expect(fetch(url)).rejects.toThrow();
  });

  test('says in one line that another program has the port, and what to do', async () => {
    const till: Server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => till.listen(0, '127.0.0.1', resolve));
    const { port } = till.address() as AddressInfo;
    const { code, stderr } = await command('start', '--port', String(port), '--no-open', '--root', folder).ended;
    await new Promise((resolve) => till.close(resolve));
    expect(code).toBe(1);
    expect(lines(stderr)).toEqual([expect.stringContaining(`--port ${port + 1}`)]);
    expect(stderr).toContain('autre programme');
  });

  test('says in one line that LaGrace is already open', async () => {
    const first = command('start', '--port', '0', '--no-open', '--root', folder);
    const [, port = ''] = await first.said(/localhost:(\d+)/);
    const { code, stderr } = await command('start', '--port', port, '--no-open', '--root', folder).ended;
    expect(code).toBe(1);
    expect(lines(stderr)).toEqual([expect.stringContaining('déjà ouverte')]);
  });

  test('says in one line that a folder cannot be used', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const { code, stderr } = await command('start', '--port', '0', '--no-open', '--root', join(file, 'in')).ended;
    expect(code).toBe(1);
    expect(lines(stderr)).toEqual([expect.stringContaining('--root')]);
  });

  test('says in one line what it does not understand', async () => {
    for (const args of [['--prot', '1'], ['--port'], ['--port', 'abc'], ['3031']]) {
      const { code, stdout, stderr } = await command('start', ...args).ended;
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(lines(stderr)).toHaveLength(1);
    }
  });
});

test.describe('npm run ask', () => {
  test('gives one JSON object a file, in order; a file that cannot be read does not stop the others', async () => {
    test.slow();
    const out = join(folder, 'answers');
    const broken = join(folder, 'broken.wav');
    writeFileSync(broken, 'not a sound');
    const missing = join(folder, 'missing.wav');
    const files = [missing, recording('invoice-250-dollars.wav'), broken, recording('greeting.wav')];
    const { code, stdout } = await command('ask', ...files, '--json', '--out', out, '--backend', 'wasm').ended;
    expect(code).toBe(1);
    const replies = lines(stdout).map((line) => JSON.parse(line));
    expect(replies.map(({ file }) => file)).toEqual(files);
    expect(replies[0]).toEqual({ file: missing, error: expect.stringMatching(/^[A-Z].*\.$/) });
    expect(replies[2]).toEqual({ file: broken, error: expect.stringContaining('Essayez un fichier WAV') });
    const milliseconds = expect.any(Number);
    const timings = Object.fromEntries(
      ['decode', 'vad', 'stt', 'nlu', 'tts', 'firstAudio', 'total'].map((stage) => [stage, milliseconds]),
    );
    expect(replies[1]).toEqual({
      file: files[1],
      transcript: 'je voudrais une facture de deux cent cinquante dollars',
      intent: 'invoice',
      confidence: expect.any(Number),
      slots: { amount: 250, currency: 'USD' },
      answer: '250 dollars. Pour qui ?',
      audio: join(out, 'invoice-250-dollars.answer.wav'),
      timings,
      backend: 'wasm',
      models: expect.objectContaining({ stt: expect.any(String), intent: expect.any(String), tts: expect.any(String) }),
    });
    expect(readFileSync(replies[1].audio).toString('latin1', 0, 4)).toBe('RIFF');
    expect(existsSync(replies[3].audio)).toBe(true);
  });

  test('refuses a model it does not know, in French, for every file', async () => {
    const { code, stdout } = await command('ask', recording('greeting.wav'), '--json', '--model', 'nobody').ended;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({ file: recording('greeting.wav'), error: expect.stringContaining('modèle') });
  });
});

test('npm start -- --demo shows three turns and where their answers are', async () => {
  test.slow();
  const { code, stdout } = await command('start', '--demo').ended;
  expect(stdout).toContain('3 enregistrement(s) sur 3');
  expect(stdout.match(/build.demo.[\w-]+\.answer\.wav/g)).toHaveLength(3);
  expect(code).toBe(0);
});

test('npm run try gives one JSON object a line of standard input', async () => {
  const { child, ended } = command('try', '--json');
  child.stdin?.end('imprime le reçu\nfacture de dix euros\n');
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(lines(stdout).map((line) => JSON.parse(line))).toEqual([
    {
      text: 'imprime le reçu',
      intent: 'print',
      confidence: expect.any(Number),
      by: 'template',
      slots: { template: 'receipt' },
    },
    {
      text: 'facture de dix euros',
      intent: 'invoice',
      confidence: expect.any(Number),
      by: 'template',
      slots: { amount: 10, currency: 'EUR' },
    },
  ]);
});
