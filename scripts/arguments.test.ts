import { expect, test } from 'vitest';
import { readArguments, readPort } from './arguments.mjs';
import { CommandError } from './entry.mjs';

const options = {
  port: { type: 'string', value: 'N', help: 'port' },
  'no-open': { type: 'boolean', help: 'no browser' },
} as const;

function refusal(argv: string[]): string {
  try {
    readArguments(argv, options);
  } catch (error) {
    if (error instanceof CommandError && error.exitCode === 2) return error.message;
    throw error;
  }
  throw new Error('these arguments were taken');
}

test('options are read in both spellings', () => {
  expect(readArguments(['--port', '4000', '--no-open'], options).values).toEqual({ port: '4000', 'no-open': true });
  expect(readArguments(['--port=4000'], options).values).toEqual({ port: '4000' });
});

test.each([
  [['--prot', '1'], '--prot'],
  [['-p'], '-p'],
  [['--port'], '--port'],
  [['--port='], '--port'],
  [['--port', '--no-open'], '--port'],
  [['--no-open=1'], '--no-open'],
  [['4000'], '4000'],
  [['--__proto__'], '--__proto__'],
])('%j is refused in one line that names it and the options', (argv, name) => {
  const sentence = refusal(argv);
  expect(sentence).toContain(name);
  expect(sentence).toContain('--port N, --no-open');
  expect(sentence).not.toContain('\n');
});

test('--help says what each option is for, a line each', () => {
  const ask = () => readArguments(['--help'], options);
  expect(ask).toThrow(expect.objectContaining({ exitCode: 0, message: '  --port N   port\n  --no-open  no browser' }));
});

test('files are taken where they are allowed', () => {
  const { values, positionals } = readArguments(['a.wav', '--port', '1', 'b.wav'], options, { positionals: true });
  expect(positionals).toEqual(['a.wav', 'b.wav']);
  expect(values).toEqual({ port: '1' });
});

test('a port is a whole number that a machine has', () => {
  expect(readPort(undefined, 3030)).toBe(3030);
  expect(readPort('0', 3030)).toBe(0);
  for (const text of ['-1', '70000', '3.5', 'abc', true]) expect(() => readPort(text, 3030)).toThrow(CommandError);
});
