/** What decides how much a Whisper computes; the sizes of the released models. */
export interface WhisperShape {
  channels: number;
  layers: number;
  heads: number;
  feedForward: number;
}
export const shapes = {
  base: { channels: 512, layers: 6, heads: 8, feedForward: 2048 },
  small: { channels: 768, layers: 12, heads: 12, feedForward: 3072 },
} as const satisfies Record<string, WhisperShape>;
export type ShapeName = keyof typeof shapes;

/** What they all have in common. */
export const whisper = {
  mels: 80,
  frames: 3000,
  positions: 1500,
  targetPositions: 448,
  vocabulary: 51_865,
  tokens: { end: 50_257, start: 50_258, french: 50_265, transcribe: 50_359, noTimestamps: 50_363 },
} as const;

const { start, french, transcribe, noTimestamps, end } = whisper.tokens;
export const prompt: readonly number[] = [start, french, transcribe, noTimestamps];
/** What the random models write, whatever they hear: 16 tokens, then the end. */
export const said: readonly number[] = [...Array.from({ length: 16 }, (_, index) => 1000 + 37 * index), end];
