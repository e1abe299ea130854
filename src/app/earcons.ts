import type { Phase } from './counter/view.ts';
import type { CounterStore } from './store.ts';

export type Earcon = 'listen' | 'heard';

/** Two sine notes each, in hertz: up to begin, down to end. */
const notesHz: Record<Earcon, [number, number]> = { listen: [523.25, 783.99], heard: [783.99, 523.25] };
const noteSeconds = 0.07;
const peakGain = 0.06;

/** Plays an earcon through `context`, about 0.2 s, softly in and out. */
export function playEarcon(context: BaseAudioContext, earcon: Earcon): void {
  const gain = context.createGain();
  gain.connect(context.destination);
  const from = context.currentTime;
  const to = from + 2 * noteSeconds + 0.06;
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(peakGain, from + 0.015);
  gain.gain.setValueAtTime(peakGain, from + 2 * noteSeconds);
  gain.gain.linearRampToValueAtTime(0, to);
  const [first, second] = notesHz[earcon];
  const tone = context.createOscillator();
  tone.frequency.setValueAtTime(first, from);
  tone.frequency.setValueAtTime(second, from + noteSeconds);
  tone.connect(gain);
  tone.onended = () => gain.disconnect();
  tone.start(from);
  tone.stop(to);
}

/** The sound that belongs to a change of phase; null when there is none. The voice is never covered. */
export function earconBetween(before: Phase, after: Phase): Earcon | null {
  if (after === 'speaking' || before === after) return null;
  if (after === 'listening') return 'listen';
  return before === 'listening' ? 'heard' : null;
}

/** Plays earcons as the page's phase changes, while `enabled`; returns what ends it. */
export function followWithEarcons(
  store: CounterStore,
  play: (earcon: Earcon) => void,
  enabled: () => boolean,
): () => void {
  return store.subscribe((state, previous) => {
    const earcon = earconBetween(previous.phase, state.phase);
    if (earcon && enabled()) play(earcon);
  });
}
