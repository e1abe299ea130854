import * as v from 'valibot';
import { expect, it } from 'vitest';
import { shopEventSchema } from '../schema/events.ts';
import type { Turn } from '../schema.ts';
import { eventsOfTurn } from './turn-events.ts';

const turn: Turn = {
  id: 't1',
  outcome: 'answered',
  transcript: 'facture de dix dollars pour Madame Ilunga',
  transcriptConfidence: -0.1,
  understanding: { intent: 'invoice', confidence: 1, by: 'template', slots: { amount: 10, client: 'Ilunga' } },
  answer: 'Facture de 10 dollars pour Ilunga.',
  timings: { decode: 1, vad: 2, stt: 300, nlu: 3, tts: 80, firstAudio: 400, total: 900 },
  backend: 'wasm',
  models: { stt: 'starter' },
  error: null,
};
const options = { source: 'comptoir-2', endedAt: 1_763_820_187_250 };

it('tells how a turn ended and how long it took, and nothing of what was said', () => {
  const events = eventsOfTurn(turn, { ...options, keepTranscripts: false });
  expect(events).toMatchObject([
    {
      id: 'turn-t1',
      type: 'assistant.turn',
      timestamp: 1_763_820_187.25,
      data: { intent: 'invoice', outcome: 'answered' },
    },
  ]);
  expect(JSON.stringify(events)).not.toMatch(/Ilunga|dollars/);
});

it('tells what was said where the owner keeps it, and as older programs know it', () => {
  const events = eventsOfTurn(turn, { ...options, keepTranscripts: true });
  expect(events).toMatchObject([
    { type: 'assistant.turn', data: { transcript: turn.transcript } },
    { id: 'transcription-t1', type: 'transcription', data: { text: turn.transcript } },
  ]);
  for (const event of events) expect(v.is(shopEventSchema, event)).toBe(true);
});

it('has no transcription where nothing was heard', () => {
  const silent: Turn = { ...turn, outcome: 'nothing-heard', transcript: null, understanding: null, answer: null };
  expect(eventsOfTurn(silent, { ...options, keepTranscripts: true })).toHaveLength(1);
});
