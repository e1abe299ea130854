import { expect, it } from 'vitest';
import type { Turn } from '../schema.ts';
import { describeSpeech } from './turn-log.ts';

const turn: Turn = {
  id: 'a1',
  outcome: 'answered',
  transcript: 'facture de 99 dollars\npour Kabongo',
  transcriptConfidence: -0.1,
  understanding: null,
  answer: 'Une facture de 99 dollars pour Kabongo.',
  timings: { decode: null, vad: 12.4, stt: 320.6, nlu: 1, tts: 80, firstAudio: 402, total: 420 },
  backend: 'wasm',
  models: {},
  error: null,
};

it('says what was said and answered, on one line whatever was said', () => {
  expect(describeSpeech(turn)).toBe(
    'turn a1 heard "facture de 99 dollars\\npour Kabongo", answered "Une facture de 99 dollars pour Kabongo."',
  );
  expect(describeSpeech({ ...turn, answer: null })).toBe('turn a1 heard "facture de 99 dollars\\npour Kabongo"');
});

it('says nothing where nothing was heard', () => {
  expect(describeSpeech({ ...turn, transcript: null, answer: null })).toBe(null);
});
