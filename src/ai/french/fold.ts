/** One word, number or sign of a text that was heard or typed. */
export interface Token {
  /** Folded: lower case, no accents; a number keeps its inner `.` and `,` ("12,50"), a sign is `$`, `€` or `%`. */
  text: string;
  /** As it was written. */
  said: string;
  /** Offsets in the text it came from, end exclusive. */
  start: number;
  end: number;
  /** What stands between the token before and this one: spaces, hyphens, stops. */
  gap: string;
  /** True when a comma or another stop stands before it: "12, 500" is not 12 500. */
  breakBefore: boolean;
}

const numberPattern = String.raw`(?:\d{1,3}(?:['’]\d{3})+(?!\d)|\d+)(?:[.,]\d+)*`;
const ordinalPattern = String.raw`(?:(?:i?[èe]me|er|[èe]re|re|nde|nd|e)s?(?!\p{L}))?`;
/** "USD45" and "FC5000" are a currency and a number, "A4" is one word. */
const codePattern = String.raw`(?:usd?|eur|chf|cdf|xof|xaf|f?cfa|fc)(?=\d)`;
const wordPattern = String.raw`n[°º]|№|${codePattern}|[\p{L}\p{M}][\p{L}\p{M}\d]*|[$€%&]`;
const tokenPattern = new RegExp(`${numberPattern}${ordinalPattern}|${wordPattern}`, 'giu');

const hyphensAndApostrophes = /^[\s'’‘ʼ`´\-‐‑\u00ad\u200b\ufeff]*$/u;
const spelledSigns = new Map([
  ['n°', 'numero'],
  ['nº', 'numero'],
  ['№', 'numero'],
  ['&', 'et'],
]);

function foldToken(said: string): string {
  const spelled = spelledSigns.get(said.toLowerCase());
  if (spelled !== undefined) return spelled;
  if (/^[$€%]$/u.test(said)) return said;
  if (/^\d/.test(said) && !/\p{L}/u.test(said)) return said.replace(/['’]/g, '');
  return said
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .normalize('NFKD')
    .replace(/[^\p{L}\d]/gu, '');
}

/**
 * The words, numbers and signs of a text, in order, folded for recognition but with their spelling and place kept.
 * "l'école Saint-Joseph" gives l, ecole, saint, joseph. Never throws.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let previousEnd = 0;
  for (const match of text.matchAll(tokenPattern)) {
    const said = match[0];
    const folded = foldToken(said);
    if (folded === '') continue;
    const start = match.index;
    const gap = text.slice(previousEnd, start);
    const breakBefore = !hyphensAndApostrophes.test(gap);
    tokens.push({ text: folded, said, start, end: start + said.length, gap, breakBefore });
    previousEnd = start + said.length;
  }
  return tokens;
}

/** A text as recognition compares it: folded tokens with one space between. Folding twice changes nothing. */
export function fold(text: string): string {
  return tokenize(text)
    .map((token) => token.text)
    .join(' ');
}

/** What was said from token `start` to token `end` (exclusive), spelled as in the text the tokens came from. */
export function asSaid(text: string, tokens: readonly Token[], start: number, end: number): string {
  const first = tokens[start];
  const last = tokens[end - 1];
  return first === undefined || last === undefined || end <= start ? '' : text.slice(first.start, last.end);
}
