import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { silentLogger } from '../../src/log.ts';
import { templates } from '../../src/print/index.ts';
import { defaultLimits, type Limits } from '../limits.ts';
import { ownTemplates } from '../templates.ts';
import { createMemoryEventStore, type MemoryEventStore } from '../testing/memory-event-store.ts';
import { type JsonDoor, openJsonDoor } from './door.ts';
import { tellApart } from './first-byte.ts';

/** Waits for what a busy machine may take its time for. */
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 15_000 });

let events: MemoryEventStore;
let server: Server;
let door: JsonDoor;
const clients = new Set<Socket>();

async function open(limits: Partial<Limits> = {}, store: Pick<MemoryEventStore, 'add'> | null = events): Promise<void> {
  const all = { ...defaultLimits, ...limits };
  door = openJsonDoor({ events: store, templates: ownTemplates, log: silentLogger, limits: all });
  const { accept } = tellApart({ json: door.accept, http: (socket) => socket.end('http') }, all.firstByteMs);
  server = createServer({ noDelay: true, allowHalfOpen: true }, accept).listen(0, '127.0.0.1');
  await once(server, 'listening');
}

beforeEach(() => {
  events = createMemoryEventStore();
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  clients.clear();
  await door.close();
  await new Promise((resolve) => server.close(resolve));
});

async function call(): Promise<Socket> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  const client = connect({ port: address.port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
  clients.add(client);
  client.on('error', () => undefined);
  await once(client, 'connect');
  return client;
}

/** All that we say on this connection until we end it. */
async function answerTo(client: Socket): Promise<string> {
  let answer = '';
  client.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  await once(client, 'end');
  client.end();
  return answer;
}

/** What a client hears who says this and ends its side, in as many portions as given. */
async function tell(...portions: (string | Uint8Array)[]): Promise<string> {
  const client = await call();
  for (const portion of portions) {
    // A portion that waits for the one before it to be taken arrives by itself.
    await new Promise((resolve) => client.write(portion, resolve));
    await new Promise(setImmediate);
  }
  client.end();
  return answerTo(client);
}
const texts = (): unknown[] => events.all().map(({ data }) => (data as { text?: unknown } | null)?.text);
const transcription = (text: string): string => JSON.stringify({ type: 'transcription', text });
const errorCode = (answer: string): unknown => {
  expect(answer.endsWith('\n') && answer.indexOf('\n') === answer.length - 1).toBe(true);
  return JSON.parse(answer).error.code;
};

describe('events', () => {
  test('the old client’s one object, without a newline, is one event, and is not answered', async () => {
    await open();
    const answer = await tell('{"type":"transcription","text":"créer une facture","timestamp":1763820187.25}');
    expect(answer).toBe('');
    expect(events.all()).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        type: 'transcription',
        data: { text: 'créer une facture' },
        timestamp: 1763820187.25,
        source: 'tcp',
        sequence: 1,
      },
    ]);
  });

  test('is kept when the client resets the connection as soon as it has spoken', async () => {
    await open();
    for (let time = 0; time < 20; time += 1) {
      const client = await call();
      await new Promise((resolve) => client.write(transcription(`fois ${time}`), resolve));
      client.resetAndDestroy();
    }
    await eventually(() => expect(events.all()).toHaveLength(20));
  });

  test('is kept when the door is closed while the disk is slow', async () => {
    let letGo = (): void => undefined;
    const disk = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const slow = vi.fn(async (added: Parameters<MemoryEventStore['add']>[0]) => disk.then(() => events.add(added)));
    await open({}, { add: slow });
    const client = await call();
    client.write(transcription('tard'));
    await eventually(() => expect(slow).toHaveBeenCalled());
    const closed = door.close();
    letGo();
    await closed;
    expect(texts()).toEqual(['tard']);
  });

  test('may follow one another with or without anything between, in one list, after a byte order mark', async () => {
    await open();
    expect(await tell(transcription('a') + transcription('b'))).toBe('');
    expect(await tell(`${transcription('c')}\r\n${transcription('d')}\n`)).toBe('');
    expect(await tell(`\ufeff ${transcription('e')} \n`)).toBe('');
    expect(await tell(`\r\n[${transcription('f')},${transcription('g')}]`)).toBe('');
    expect(texts()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });

  test('may be cut inside a character, and come byte by byte', async () => {
    await open();
    const bytes = new TextEncoder().encode(transcription('5 € 🧾 été'));
    const cut = bytes.indexOf(0xe2) + 1;
    expect(await tell(bytes.subarray(0, cut), bytes.subarray(cut))).toBe('');
    expect(await tell(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toBe('');
    expect(texts()).toEqual(['5 € 🧾 été', '5 € 🧾 été']);
  });

  test('with an id that is known changes nothing', async () => {
    await open();
    const message = JSON.stringify({ type: 'sale', id: 'vente-7', total: 5 });
    await tell(message + message);
    await tell(message);
    expect(events.all()).toHaveLength(1);
  });

  test('keep their order, a thousand on one connection and more on others', async () => {
    await open();
    const many = (name: string): string[] => Array.from({ length: 1000 }, (_, index) => `${name}${index}`);
    await Promise.all(['a', 'b'].map((name) => tell(many(name).map(transcription).join('\n'))));
    for (const name of ['a', 'b']) expect(texts().filter((text) => String(text).startsWith(name))).toEqual(many(name));
  });
});

describe('templates', () => {
  test('are answered with one line each, in order, whether the client has ended its side or not', async () => {
    await open();
    const ask = (template: string): string => JSON.stringify({ type: 'request_print_template', template });
    const answer = await tell(ask('invoice'), `\n${transcription('entre')}`, ask('label'));
    expect(answer.endsWith('\n')).toBe(true);
    const lines = answer.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      ['invoice', 'label'].map((name) => ({
        type: 'print_template',
        template: templates.find((template) => template.name === name),
      })),
    );
    expect(texts()).toEqual(['entre']);
  });

  test('that are not there get a line that says which there are, and the end', async () => {
    await open();
    const client = await call();
    client.write('{"type":"request_print_template","template":"none"}');
    const { error } = JSON.parse(await answerTo(client));
    expect(error.code).toBe('unknown-template');
    expect(error.message).toContain('delivery_note');
  });

  test('wait for a client that reads late, and none is lost', async () => {
    await open();
    const client = await call();
    client.pause();
    const count = 3000;
    client.end('{"type":"request_print_template","template":"label"}'.repeat(count));
    // What has come already lies in the client's own buffer, which it does not read.
    await eventually(() => expect(client.readableLength).toBeGreaterThan(0));
    client.resume();
    const answer = await answerTo(client);
    expect(answer.trimEnd().split('\n')).toHaveLength(count);
  });
});

describe('a bad message', () => {
  test.each([
    ['{"type":}', 'bad-json'],
    ['{"text":"sans type"}', 'bad-message'],
    ['{"type":"sale"', 'cut-message'],
    ['[[1]]', 'bad-message'],
    ['['.repeat(100), 'message-too-deep'],
  ])('%j gets one line and the end', async (message, code) => {
    await open();
    expect(errorCode(await tell(message))).toBe(code);
    expect(events.all()).toEqual([]);
  });

  test('that is not UTF-8 is refused', async () => {
    await open();
    expect(errorCode(await tell(Uint8Array.of(0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d)))).toBe('bad-encoding');
  });

  test('that is too large is refused while it comes, and the line is heard though the client is still speaking', async () => {
    await open({ maxJsonBytes: 10_000 });
    const client = await call();
    client.write(`{"type":"sale","text":"${'x'.repeat(500_000)}`);
    expect(errorCode(await answerTo(client))).toBe('message-too-large');
  });

  test('leaves what came before it, and hides what comes after it', async () => {
    await open();
    const client = await call();
    client.write(`${transcription('avant')}{"type":5}${transcription('après')}`);
    expect(errorCode(await answerTo(client))).toBe('bad-message');
    expect(texts()).toEqual(['avant']);
  });

  test('is what an event is that cannot be kept', async () => {
    await open({}, { add: () => Promise.reject(new Error('the disk is gone')) });
    expect(errorCode(await tell(transcription('perdu')))).toBe('internal');
    await door.close();
    server.close();
    await open({}, null);
    expect(errorCode(await tell(transcription('perdu')))).toBe('no-folder');
  });
});

describe('limits', () => {
  test('a connection that says nothing is closed', async () => {
    await open({ firstByteMs: 50 });
    expect(await answerTo(await call())).toBe('');
    const blank = await call();
    blank.write('\r\n');
    expect(await answerTo(blank)).toBe('');
  });

  test('a message that comes drop by drop is refused, however alive the connection is', async () => {
    await open({ messageMs: 150, betweenMessagesMs: 60_000 });
    const client = await call();
    client.write('{"type":"');
    const drops = setInterval(() => client.write('x'), 20);
    try {
      expect(errorCode(await answerTo(client))).toBe('cut-message');
    } finally {
      clearInterval(drops);
    }
  });

  test('a connection that is silent between messages is ended without a word, what it said kept', async () => {
    await open({ betweenMessagesMs: 100 });
    const client = await call();
    client.write(transcription('seul'));
    expect(await answerTo(client)).toBe('');
    expect(texts()).toEqual(['seul']);
  });

  test('a client that never ends its own side is cut off', async () => {
    await open({ lingerMs: 50 });
    const client = await call();
    client.write('{"type":5}');
    client.resume();
    await once(client, 'end');
    // A side that is gone answers bytes with a reset.
    await eventually(() => {
      client.write('x');
      expect(client.destroyed).toBe(true);
    });
  });

  test('too many connections are turned away with a line, and there is room again when others go', async () => {
    await open({ maxJsonConnections: 3 });
    const held = await Promise.all([call(), call(), call()]);
    for (const [index, client] of held.entries()) client.write(transcription(`tenu ${index}`));
    await eventually(() => expect(events.all()).toHaveLength(3));
    expect(errorCode(await tell(transcription('de trop')))).toBe('too-many-connections');
    for (const client of held) client.destroy();
    await eventually(async () => expect(await tell(transcription('à nouveau'))).toBe(''));
    expect(texts()).toContain('à nouveau');
    expect(texts()).not.toContain('de trop');
  });
});
