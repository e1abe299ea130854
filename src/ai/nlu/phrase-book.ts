import type { Token } from '../french/fold.ts';

/** The parts of a text that `|` separates; line breaks are spaces. */
export function readList(list: string): string[] {
  return list.split('|').map((part) => readWords(part).join(' '));
}

export function readWords(words: string): string[] {
  return words.trim().split(/\s+/);
}

/** Folded phrases, longest first, looked up by their first word. */
export class PhraseBook<Value> {
  readonly #byFirstWord = new Map<string, { words: string[]; value: Value }[]>();

  /** `entries`: phrases separated by `|`, already folded, and what they stand for. */
  constructor(entries: Iterable<readonly [phrases: string, value: Value]>) {
    for (const [phrases, value] of entries) {
      for (const words of readList(phrases).map(readWords)) {
        const [first = ''] = words;
        const known = this.#byFirstWord.get(first) ?? [];
        this.#byFirstWord.set(
          first,
          [...known, { words, value }].sort((a, b) => b.words.length - a.words.length),
        );
      }
    }
  }

  /** The longest phrase that begins at token `at` and ends by `end`. */
  read(tokens: readonly Token[], at: number, end = tokens.length): { value: Value; end: number } | null {
    const candidates = this.#byFirstWord.get(tokens[at]?.text ?? '') ?? [];
    const found = candidates.find(
      ({ words }) => at + words.length <= end && words.every((word, index) => tokens[at + index]?.text === word),
    );
    return found === undefined ? null : { value: found.value, end: at + found.words.length };
  }

  /** The first phrase of the tokens, with its place. */
  find(tokens: readonly Token[]): { value: Value; start: number; end: number } | null {
    for (let start = 0; start < tokens.length; start += 1) {
      const found = this.read(tokens, start);
      if (found !== null) return { ...found, start };
    }
    return null;
  }
}

/** A set of folded phrases, separated by `|`. */
export function phraseSet(phrases: string): PhraseBook<true> {
  return new PhraseBook([[phrases, true]]);
}

export function wordSet(words: string): ReadonlySet<string> {
  return new Set(readWords(words));
}

/** Stands between words that are not one: a full stop after an abbreviation or an initial does not end a name. */
export function isBreak(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text ?? '';
  return tokens[at]?.breakBefore === true && !abbreviations.has(before) && !/^[a-z]$/.test(before);
}

const abbreviations = wordSet('m mr monsieur mme madame mlle mademoiselle mm dr pr st ste me ets sa sarl');

/** True when the word was said, or written, as a name is. */
export function isCapitalised(token: Token | undefined): boolean {
  return token !== undefined && /^\p{Lu}/u.test(token.said);
}
