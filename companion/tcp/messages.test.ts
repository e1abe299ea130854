import { expect, test } from 'vitest';
import { readMessage } from './messages.ts';

const read = (value: unknown) => readMessage(value, { newId: () => 'new', nowSeconds: () => 99.5 });
const refusal = (value: unknown): string => {
  try {
    read(value);
  } catch (error) {
    return String(error);
  }
  throw new Error('it was not refused');
};

test('a transcription is an event of that type, with its text as data and its own time', () => {
  expect(read({ type: 'transcription', text: 'créer une facture', timestamp: 1763820187.25 })).toEqual({
    kind: 'event',
    event: {
      id: 'new',
      type: 'transcription',
      data: { text: 'créer une facture' },
      timestamp: 1763820187.25,
      source: 'tcp',
    },
  });
});

test('any other type is an event as well, with the id and source that it names', () => {
  const message = { type: 'sale', id: 'vente-7', source: 'caisse', total: 12.5, lines: [{ product: 'toner' }] };
  expect(read(message)).toMatchObject({
    event: {
      id: 'vente-7',
      source: 'caisse',
      timestamp: 99.5,
      data: { total: 12.5, lines: [{ product: 'toner' }] },
    },
  });
  expect(read({ type: 'sale', id: 7 })).toMatchObject({ event: { id: '7', data: {} } });
});

test('what is null was left out; a time may be a date', () => {
  const message = { type: 'sale', id: null, source: null, timestamp: '2026-11-22T14:03:07.5Z' };
  expect(read(message)).toMatchObject({ event: { id: 'new', source: 'tcp', timestamp: 1795356187.5 } });
});

test('a field named data that stands alone is the data, as over HTTP', () => {
  expect(read({ type: 'sale', data: [1, 2] })).toMatchObject({ event: { data: [1, 2] } });
  expect(read({ type: 'sale', data: 1, more: 2 })).toMatchObject({ event: { data: { data: 1, more: 2 } } });
});

test('a request for a template names it', () => {
  expect(read({ type: 'request_print_template', template: 'invoice' })).toEqual({
    kind: 'template-request',
    template: 'invoice',
  });
  expect(refusal({ type: 'request_print_template' })).toContain('template');
});

test.each([
  ['no type', { text: 'bonjour' }, 'type'],
  ['an empty type', { type: '' }, 'type'],
  ['a type that is a number', { type: 5 }, 'type'],
  ['an endless type', { type: 'x'.repeat(201) }, 'type'],
  ['an id that is an object', { type: 'sale', id: {} }, 'id'],
  ['an empty id', { type: 'sale', id: '' }, 'id'],
  ['a time that is a text', { type: 'sale', timestamp: 'hier' }, 'timestamp'],
  ['a time beyond all numbers', { type: 'sale', timestamp: Number.POSITIVE_INFINITY }, 'timestamp'],
  ['a number beyond all numbers', { type: 'sale', total: Number.POSITIVE_INFINITY }, 'data'],
  ['a list in the place of an object', [1], 'object'],
  ['a text in the place of an object', 'bonjour', 'object'],
  ['nothing', null, 'object'],
])('%s is refused, and said which', (_what, value, which) => {
  expect(refusal(value)).toContain('MessageError');
  expect(refusal(value)).toContain(which);
});
