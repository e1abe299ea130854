import type { GateEvent, LiveGate, Utterance } from '../engines.ts';

export interface HearOptions {
  signal: AbortSignal;
  onEvent?: (event: GateEvent) => void;
  /** Give up after this much sound without speech. */
  patienceMs: number;
  sampleRate: number;
}

/**
 * Listens until one utterance is over: resolves to it, or to null when `chunks` end or patience does with nothing said.
 * Rejects with an AbortError. `chunks` is left where it was, so that the next call hears what follows.
 */
export async function hearUtterance(
  gate: LiveGate,
  chunks: AsyncIterator<Float32Array>,
  { signal, onEvent, patienceMs, sampleRate }: HearOptions,
): Promise<Utterance | null> {
  let speaking = false;
  let waitedMs = 0;
  for (;;) {
    const { value: chunk, done } = await chunks.next();
    if (signal.aborted) throw new DOMException('Listening was cancelled.', 'AbortError');
    const events = done ? await gate.end() : await gate.push(chunk);
    for (const event of events) {
      onEvent?.(event);
      if (event.type === 'utterance') return event.utterance;
      speaking = isSpeakingAfter(event, speaking);
    }
    if (done) return null;
    waitedMs = speaking ? 0 : waitedMs + (chunk.length / sampleRate) * 1000;
    if (waitedMs >= patienceMs) return null;
  }
}

function isSpeakingAfter({ type }: GateEvent, speaking: boolean): boolean {
  if (type === 'speech-start') return true;
  return type === 'misfire' ? false : speaking;
}
