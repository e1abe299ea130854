type Mark = '.' | '?' | '!' | ',' | ';' | ':' | '…';
/** A stretch of text that espeak-ng reads in one go, with the mark that ends it; '' where none does. */
export interface Clause {
  text: string;
  mark: Mark | '';
}

const blankLine = '\u2029';
/** What may end a clause, and as which mark: espeak-ng hears a dash between words as a semicolon. */
const marks: Readonly<Record<string, Mark>> = {
  '.': '.',
  '?': '?',
  '!': '!',
  ',': ',',
  ';': ';',
  ':': ':',
  '–': ';',
  '—': ';',
  '…': '…',
  [blankLine]: '.',
};
const whitespace = /\s/u;
const lineBreak = /[\n\u2029]/u;
const letterOrDigit = /[\p{L}\p{N}]/u;
const lowercase = /\p{Ll}/u;
const bracket = /[()[\]{}<>"'`«»《》\u2014-\u201f]/u;

/** espeak-ng's buffer holds 800 bytes: it would cut a longer clause by itself, in silence. */
const maxClauseCharacters = 250;

/**
 * Text as clauses, cut where espeak-ng cuts it: at a mark before white space, a bracket or the end; not at a dot before a small letter,
 * which is an abbreviation's; not before the first letter or digit.
 */
export function splitClauses(text: string): Clause[] {
  const characters = Array.from(
    text
      .trim()
      .replaceAll(/\s*\n\s*\n\s*/gu, blankLine)
      .replaceAll(/\p{Zs}/gu, ' '),
  );
  const clauses: Clause[] = [];
  let clause = '';
  let spoken = false;
  const end = (mark: Clause['mark']): void => {
    if (clause.trim() !== '') clauses.push({ text: clause.trim(), mark });
    clause = '';
    spoken = false;
  };
  let at = 0;
  while (at < characters.length) {
    const character = characters[at] ?? '';
    const found = readMark(characters, at, spoken);
    clause += found?.read ?? character;
    at = found?.next ?? at + 1;
    if (found?.ends) end(found.mark);
    else if (clause.length > maxClauseCharacters && whitespace.test(character)) end('');
    spoken ||= letterOrDigit.test(character);
  }
  end('');
  return clauses;
}

/** The mark at `at`, if one is there: what is read of it, where the text goes on, and whether it ends the clause. */
function readMark(
  characters: readonly string[],
  at: number,
  spoken: boolean,
): { read: string; next: number; mark: Mark; ends: boolean } | null {
  const dots = countWhile(characters, at, (character) => character === '.');
  const character = dots >= 3 ? '…' : (characters[at] ?? '');
  const mark = marks[character];
  if (!mark) return null;
  // The first of several marks decides.
  let next = at + Math.max(dots, 1);
  next += countWhile(characters, next, (other) => other in marks && !whitespace.test(other));
  const spaces = countWhile(characters, next, (other) => whitespace.test(other));
  const gap = characters.slice(next, next + spaces);
  const after = characters[next];
  if (after !== undefined && spaces === 0 && !bracket.test(after) && mark !== '…' && character !== blankLine) {
    return { read: character, next, mark, ends: false };
  }
  const following = characters[next + spaces] ?? '';
  const abbreviation = character === '.' && lowercase.test(following);
  if (gap.some((space) => lineBreak.test(space)) || (spoken && !abbreviation)) {
    const sentenceEnds = gap.includes(blankLine) && mark !== '?' && mark !== '!';
    return { read: character, next: next + spaces, mark: sentenceEnds ? '.' : mark, ends: true };
  }
  const read = character === '.' && !spoken ? '' : character;
  return { read: spaces > 0 ? `${read} ` : read, next: next + spaces, mark, ends: false };
}

function countWhile(characters: readonly string[], from: number, accepts: (character: string) => boolean): number {
  let count = 0;
  while (from + count < characters.length && accepts(characters[from + count] ?? '')) count += 1;
  return count;
}

/** What Piper writes after a clause. Its own rules write nothing for an ellipsis, which glues two words together; espeak-ng hears a semicolon. */
const written: Readonly<Record<Clause['mark'], string>> = {
  '.': '.',
  '?': '?',
  '!': '!',
  ',': ', ',
  ';': '; ',
  ':': ': ',
  '…': '; ',
  '': ' ',
};
const sentenceMarks: ReadonlySet<string> = new Set(['.', '?', '!']);

/** About half a minute of speech. A longer sentence is cut after a clause: a voice needs memory in proportion. */
const maxSentenceSymbols = 400;

/**
 * Text as Piper's symbols, a list per sentence: the IPA of its clauses, decomposed (NFD), and the marks between them. A generator, so that a long text can be spoken, or stopped, sentence by sentence.
 */
export function* piperSentences(text: string, clauseIpa: (clause: string) => string): Generator<string[]> {
  let symbols: string[] = [];
  const clauses = splitClauses(text);
  for (const [index, clause] of clauses.entries()) {
    const ipa = clauseIpa(clause.text);
    const last = index === clauses.length - 1;
    const mark = last && clause.mark === '' ? '' : written[clause.mark];
    symbols.push(...Array.from(ipa.normalize('NFD') + mark));
    if (!last && !sentenceMarks.has(clause.mark) && symbols.length < maxSentenceSymbols) continue;
    if (symbols.some((symbol) => letterOrDigit.test(symbol))) yield symbols;
    symbols = [];
  }
}

/** What a voice's `phoneme_id_map` says: each symbol's numbers. */
export type PhonemeIds = Readonly<Record<string, readonly number[]>>;

/** Symbols as a voice's numbers: `^`, every symbol, `$`, with a `_` after each but the last. Unknown symbols are skipped and reported. */
export function toPhonemeIds(
  symbols: readonly string[],
  phonemeIds: PhonemeIds,
  onUnknown: (symbol: string) => void,
): number[] {
  const idsOf = (symbol: string): readonly number[] => (Object.hasOwn(phonemeIds, symbol) && phonemeIds[symbol]) || [];
  const pad = idsOf('_');
  const ids = [...idsOf('^'), ...pad];
  for (const symbol of symbols) {
    const known = idsOf(symbol);
    if (known.length === 0) onUnknown(symbol);
    for (const id of known) ids.push(id, ...pad);
  }
  ids.push(...idsOf('$'));
  return ids;
}
