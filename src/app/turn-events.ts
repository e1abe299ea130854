import type { Json, ShopEvent } from '../schema/events.ts';
import type { Turn, Understanding } from '../schema.ts';

export interface TurnEventOptions {
  /** Whether the owner wants to keep what is said. */
  keepTranscripts: boolean;
  /** Which counter it was. */
  source: string;
  /** Epoch milliseconds. */
  endedAt: number;
}

/**
 * What the shop's other programs learn of a turn: how it ended, what was meant and how long it took. What was said goes along only
 * where the owner keeps it, and then as well in the way that older programs know.
 */
export function eventsOfTurn(turn: Turn, { keepTranscripts, source, endedAt }: TurnEventOptions): ShopEvent[] {
  const { id, outcome, transcript, answer, understanding, timings, backend, error } = turn;
  const timestamp = endedAt / 1000;
  const said = keepTranscripts ? { transcript, answer, slots: slotsOf(understanding) } : {};
  const data = {
    outcome,
    intent: understanding?.intent ?? null,
    confidence: understanding?.confidence ?? null,
    by: understanding?.by ?? null,
    timings,
    backend,
    error: error?.code ?? null,
    ...said,
  };
  const events: ShopEvent[] = [{ id: `turn-${id}`, type: 'assistant.turn', data, timestamp, source }];
  if (keepTranscripts && transcript) {
    events.push({ id: `transcription-${id}`, type: 'transcription', data: { text: transcript }, timestamp, source });
  }
  return events;
}

function slotsOf(understanding: Understanding | null): Json {
  const slots: Json = {};
  for (const [name, value] of Object.entries(understanding?.slots ?? {})) if (value !== undefined) slots[name] = value;
  return slots;
}
