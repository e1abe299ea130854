import { type DocumentKind, kindLetters } from '../schema/documents.ts';

/** One series: its numbers have no gap. */
export interface Series {
  kind: DocumentKind;
  counter: string;
  year: number;
}

/** `F-C1-2026-000123`. */
export function documentNumber({ kind, counter, year }: Series, sequence: number): string {
  return `${kindLetters[kind]}-${counter}-${year}-${sequence.toString().padStart(6, '0')}`;
}

/** The series as one text: `F-C1-2026`. */
export function seriesKey({ kind, counter, year }: Series): string {
  return `${kindLetters[kind]}-${counter}-${year}`;
}

/** Letters and digits that are not mistaken for one another when they are read aloud or copied. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A counter's name of its own, while no companion has given it one: six letters out of `random` bytes; never like `C1`. */
export function randomCounter(random: Uint8Array): string {
  const letters = [...random.slice(0, 5)].map((byte) => alphabet[byte % alphabet.length] ?? 'A');
  return `X${letters.join('')}`;
}
