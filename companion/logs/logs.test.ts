import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { openTestFolder } from '../tree/test-folder.ts';
import { openLogFile } from './log-file.ts';
import { readLogTail } from './read-log.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lagrace-log-'));
  path = join(folder, 'logs', 'ai.log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (): Date => new Date(2026, 10, 22, 14, 3, 7);

describe('the log file', () => {
  test('has a line an entry, a stack below it', async () => {
    const file = openLogFile(path);
    const log = createLogger(file.sink, at);
    log.info('ready');
    const cause = new Error('no voice');
    cause.stack = 'Error: no voice\n    at tts.ts:1';
    log.error('the turn failed', cause);
    await file.flush();
    expect(readFileSync(path, 'utf8')).toBe(
      '2026-11-22 14:03:07 [INFO] ready\n2026-11-22 14:03:07 [ERROR] the turn failed: no voice\nError: no voice\n    at tts.ts:1\n',
    );
  });

  test('is turned over when it is full, and five older ones are kept, no line lost among them', async () => {
    const file = openLogFile(path, { maxBytes: 1000 });
    const log = createLogger(file.sink, at);
    for (let number = 0; number < 400; number += 1) {
      log.info(`entry ${number}`);
      await file.flush();
    }
    const files = [5, 4, 3, 2, 1].map((age) => `${path}.${age}`);
    for (const one of [...files, path]) expect(statSync(one).size).toBeLessThanOrEqual(1000);
    expect(existsSync(`${path}.6`)).toBe(false);
    const kept = [...files, path].map((one) => readFileSync(one, 'utf8')).join('');
    const numbers = [...kept.matchAll(/entry (\d+)\n/g)].map((match) => Number(match[1]));
    expect(numbers.at(-1)).toBe(399);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => 400 - numbers.length + index));
  });

  test('lets other programs append, and turn it over, at the same time', async () => {
    const file = openLogFile(path);
    const log = createLogger(file.sink, at);
    log.info('first');
    await file.flush();
    for (let number = 0; number < 50; number += 1) {
      log.info(`ours ${number}`);
      appendFileSync(path, `theirs ${number}\n`);
    }
    await file.flush();
    const text = readFileSync(path, 'utf8');
    for (const who of ['ours', 'theirs']) expect(text.match(new RegExp(`${who} \\d+\\n`, 'g'))).toHaveLength(50);
    rmSync(path);
    log.info('after');
    await file.flush();
    expect(readFileSync(path, 'utf8')).toContain('after');
  });

  test('says once that the disk refuses, and how many lines that cost', async () => {
    const onFailure = vi.fn();
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
    const file = openLogFile(path, { onFailure });
    const log = createLogger(file.sink, at);
    log.info('lost');
    await file.flush();
    log.info('lost too');
    await file.flush();
    expect(onFailure).toHaveBeenCalledTimes(1);
    rmSync(join(folder, 'logs'));
    log.info('kept');
    await file.flush();
    expect(readFileSync(path, 'utf8')).toMatch(/kept\n\(2 lines were lost\)\n$/);
  });
});

describe('reading the end of a log', () => {
  const line = (level: string, message: string): string => `2026-11-22 14:03:07 [${level}] ${message}\n`;
  const messages = async (
    files: Record<string, string>,
    query: { level?: 'DEBUG' | 'WARN' | 'ERROR'; tail?: number } = {},
  ) => {
    const paths = Object.entries(files).map(([name, text]) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    });
    return readLogTail(paths, { level: 'DEBUG', tail: 200, ...query });
  };

  test('gives the newest entries, the newest last, from older files too', async () => {
    const found = await messages({ new: line('INFO', 'c'), old: line('INFO', 'a') + line('INFO', 'b') }, { tail: 2 });
    expect(found.map(({ message }) => message)).toEqual(['b', 'c']);
  });

  test('keeps a stack with its entry, across files as well', async () => {
    const found = await messages({
      new: `    at b.ts\n${line('INFO', 'next')}`,
      old: `${line('ERROR', 'failed')}Error: x\n    at a.ts\n`,
    });
    expect(found).toEqual([
      { time: '2026-11-22 14:03:07', level: 'ERROR', message: 'failed', stack: 'Error: x\n    at a.ts\n    at b.ts' },
      { time: '2026-11-22 14:03:07', level: 'INFO', message: 'next' },
    ]);
  });

  test('gives a level and those above it, under the names of older programs too', async () => {
    const text = `${line('INFO', 'a')}${line('WARNING', 'b')}2026-11-22 14:03:07,123 - ERROR - c\n2026-11-22 14:03:07,124 [CRITICAL] d\n`;
    expect((await messages({ log: text }, { level: 'WARN' })).map(({ level, message }) => [level, message])).toEqual([
      ['WARN', 'b'],
      ['ERROR', 'c'],
      ['ERROR', 'd'],
    ]);
  });

  test('gives back what was written, whatever it was and wherever blocks end', async () => {
    const message = fc.stringMatching(/^[a-zé ]{0,40}$/).map((text) => `x${text}`);
    const stack = fc.array(fc.stringMatching(/^ {4}at [a-z]{1,40}$/), { maxLength: 3 });
    const entries = fc.array(
      fc.record({ level: fc.constantFrom('INFO', 'WARN', 'ERROR'), message, stack, padding: fc.nat(3000) }),
      {
        maxLength: 60,
      },
    );
    await fc.assert(
      fc.asyncProperty(entries, async (written) => {
        const expected = written.map((one) => ({ ...one, message: one.message + 'é'.repeat(one.padding) }));
        const text = expected.map((one) => line(one.level, [one.message, ...one.stack].join('\n'))).join('');
        const found = await messages({ log: text });
        expect(found.map((one) => [one.level, one.message, one.stack ?? ''])).toEqual(
          expected.map((one) => [one.level, one.message, one.stack.join('\n')]),
        );
      }),
      { numRuns: 50 },
    );
  });

  test('takes no more memory for a file without lines', async () => {
    const found = await messages({ log: `${line('INFO', 'a')}${'x'.repeat(20_000_000)}` });
    expect(found).toHaveLength(1);
    expect(found[0]?.stack?.length).toBeLessThanOrEqual(65_536);
  });

  test('is asked for over HTTP', async () => {
    const shop = await openTestFolder();
    try {
      shop.write('logs/ai.log', line('INFO', 'a') + line('ERROR', 'b'));
      const ask = async (query: string): Promise<Response> => shop.request(`/api/logs${query}`);
      expect((await (await ask('')).json()).entries).toHaveLength(2);
      expect((await (await ask('?level=error&tail=5')).json()).entries).toMatchObject([{ message: 'b' }]);
      expect((await (await ask('?tail=1')).json()).entries).toMatchObject([{ message: 'b' }]);
      for (const query of ['?level=loud', '?tail=0', '?tail=-1', '?tail=x'])
        expect((await ask(query)).status).toBe(400);
      const body = JSON.stringify({ text: line('WARN', 'c').trim() });
      const headers = { 'content-type': 'application/json' };
      expect((await shop.request('/api/logs', { method: 'POST', headers, body })).status).toBe(204);
      expect((await (await ask('?tail=1')).json()).entries).toMatchObject([{ level: 'WARN', message: 'c' }]);
    } finally {
      await shop.remove();
    }
  });
});
