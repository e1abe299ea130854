import { expect, test } from 'vitest';
import type { Turn } from '../src/schema.ts';
import { answerName, describe, toReply } from './turns.mjs';

const turn: Turn = {
  id: 't1',
  outcome: 'answered',
  transcript: 'une facture de deux cent cinquante dollars',
  transcriptConfidence: -0.1,
  understanding: { intent: 'invoice', confidence: 0.97, by: 'template', slots: { amount: 250, currency: 'USD' } },
  answer: 'Une facture de deux cent cinquante dollars. Pour quel client ?',
  timings: { decode: 3, vad: 12, stt: 210, nlu: 1, tts: 90, firstAudio: 316.4, total: 402 },
  backend: 'wasm',
  models: { stt: 'whisper-lagrace-starter' },
  error: null,
};

test('a reply has exactly these fields, in this order', () => {
  expect(Object.keys(toReply('a.wav', turn, '/out/a.answer.wav'))).toEqual([
    'file',
    'transcript',
    'intent',
    'confidence',
    'slots',
    'answer',
    'audio',
    'timings',
    'backend',
    'models',
  ]);
  expect(Object.keys(toReply('a.wav', turn, null).timings)).toEqual([
    'decode',
    'vad',
    'stt',
    'nlu',
    'tts',
    'firstAudio',
    'total',
  ]);
});

test('silence has a reply too, with nothing understood', () => {
  const silent = { ...turn, outcome: 'nothing-heard', transcript: null, understanding: null, answer: null } as const;
  expect(toReply('a.wav', silent, null)).toMatchObject({
    transcript: '',
    intent: 'unknown',
    confidence: 0,
    slots: {},
    audio: null,
  });
  expect(describe(toReply('a.wav', silent, null))).toContain('personne ne parle');
});

test('a person reads what was heard, understood and answered, and when', () => {
  const text = describe(toReply('a.wav', turn, '/out/a.answer.wav'));
  for (const part of [
    '« une facture',
    'invoice (97 %)',
    'amount = 250, currency = USD',
    '316 ms (wasm)',
    'a.answer.wav',
  ]) {
    expect(text).toContain(part);
  }
});

test('answers to recordings of one name stay apart', () => {
  expect(answerName(['x/a.wav', 'b.wav'], 0)).toBe('a.answer.wav');
  expect(answerName(['x/a.wav', 'y/a.wav'], 0)).toBe('a.1.answer.wav');
  expect(answerName(['x/a.wav', 'y/a.wav'], 1)).toBe('a.2.answer.wav');
});
