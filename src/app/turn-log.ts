import type { Turn } from '../schema.ts';

/**
 * What was said in a turn, as one line of the log; null where there was nothing. Only for owners who turned that on: what the log says
 * of a turn otherwise is its intent and timings. As JSON, a text cannot begin a line of its own.
 */
export function describeSpeech({ id, transcript, answer }: Turn): string | null {
  if (transcript === null) return null;
  const answered = answer === null ? '' : `, answered ${JSON.stringify(answer)}`;
  return `turn ${id} heard ${JSON.stringify(transcript)}${answered}`;
}
