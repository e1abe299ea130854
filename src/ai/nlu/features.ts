import type { Token } from '../french/fold.ts';
import { findNumbers } from '../french/numbers.ts';
import { soundOf } from './phonetic.ts';
import { coreOf, type FoldedUtterance } from './utterance.ts';

/** An utterance as the model takes it: hashed n-grams of words, letters and sounds, with their weights. */
export interface Features {
  /** Rows of the model's weights, ascending, without repetition. */
  indices: Int32Array;
  weights: Float32Array;
}

/** What a hash row counts for, by the kind of n-gram; each kind is scaled to this length. */
const kindWeights = { word: 1, pair: 0.8, letters: 0.7, sounds: 0.7, edge: 0.6, novelty: 0.3 } as const;
type Kind = keyof typeof kindWeights;

/** A name for the way n-grams are made and hashed: a model made for another way cannot be used. */
export const featureScheme = 'word-pair-letters-sounds-edge-novelty/1';

const currencyWord =
  /^(dollars?|dollards?|euros?|francs?|fc|fcfa|cfa|cdf|usd|eur|xof|xaf|chf|congolais|suisses?|[$€])$/;

/** The core of the utterance with amounts and numbers replaced by what they are: no figure says what is wanted. */
function modelWords({ tokens, amount }: FoldedUtterance, start: number, end: number): string[] {
  const numbers = findNumbers(tokens).filter(({ article }) => !article);
  const words: string[] = [];
  let at = start;
  while (at < end) {
    const number = numbers.find((candidate) => candidate.start === at);
    if (amount?.start === at && amount.currency !== undefined && amount.end <= end) {
      words.push('#amount');
      at = amount.end;
    } else if (number !== undefined && number.end <= end) {
      words.push('#number');
      at = number.end;
    } else {
      const word = tokens[at]?.text ?? '';
      words.push(currencyWord.test(word) ? '#currency' : word);
      at += 1;
    }
  }
  return words;
}

function letterGrams(word: string, shortest: number, longest: number): string[] {
  const grams: string[] = [];
  for (let size = shortest; size <= longest; size += 1) {
    for (let at = 0; at + size <= word.length; at += 1) grams.push(word.slice(at, at + size));
  }
  return grams;
}

/** How much of what was said is in no command that is known: many new words are rarely meant for us. */
function noveltyOf(words: readonly string[], vocabulary: ReadonlySet<string>): string[] {
  const unheard = words.filter((word) => !word.startsWith('#') && !vocabulary.has(word)).length;
  return [`${Math.min(unheard, 4)} new`, `${Math.round((4 * unheard) / Math.max(1, words.length))} of 4 new`];
}

function edgeWords(tokens: readonly Token[], start: number, end: number): string[] {
  return tokens.filter((_, at) => at < start || at >= end).map(({ text }) => text);
}

/** The n-grams of an utterance, by kind. */
function gramsOf(utterance: FoldedUtterance, vocabulary: ReadonlySet<string>): Record<Kind, string[]> {
  const core = coreOf(utterance.tokens);
  const words = modelWords(utterance, core.start, core.end);
  const framed = ['^', ...words, '$'];
  const pairs = framed.slice(1).map((word, index) => `${framed[index]} ${word}`);
  const letters = words.flatMap((word) => (word.startsWith('#') ? [] : letterGrams(`_${word}_`, 3, 4)));
  const sounds = words.map((word) => (word.startsWith('#') ? word : soundOf(word)));
  const stream = `_${sounds.join('')}_`;
  return {
    word: words,
    pair: pairs,
    letters,
    sounds: [...sounds.map((sound) => `${sound}.`), ...letterGrams(stream, 4, 5)],
    edge: edgeWords(utterance.tokens, core.start, core.end),
    novelty: noveltyOf(words, vocabulary),
  };
}

/** FNV-1a with a last mix, over UTF-16 units: the same on every machine. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> 0;
}

/** An utterance as hashed n-grams over `rows` rows; `vocabulary` are the folded words that commands are known to use. */
export function featuresOf(utterance: FoldedUtterance, rows: number, vocabulary: ReadonlySet<string>): Features {
  const byRow = new Map<number, number>();
  for (const [kind, grams] of Object.entries(gramsOf(utterance, vocabulary)) as [Kind, string[]][]) {
    const distinct = new Set(grams);
    const weight = kindWeights[kind] / Math.sqrt(Math.max(1, distinct.size));
    for (const gram of distinct) {
      const row = hash(`${kind} ${gram}`) % rows;
      byRow.set(row, (byRow.get(row) ?? 0) + weight);
    }
  }
  const ascending = [...byRow].sort(([a], [b]) => a - b);
  return {
    indices: Int32Array.from(ascending, ([row]) => row),
    weights: Float32Array.from(ascending, ([, weight]) => weight),
  };
}
