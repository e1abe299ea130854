import { otherAbbreviations, titleAbbreviations } from './abbreviations.ts';

/** Above this many characters a sentence is spoken in parts. */
export const longestSentence = 200;

/** A colon is one: what stands before it is heard while what it announces is still being made. */
const stop = /[.!?…]+[)\]»”"']*(?:\s*[»”"])?(?=\s|$)|:(?=\s)|\n+/gu;

/** Whether the dot that ends `head` belongs to an abbreviation, an initial or a "n°", given what follows. */
function isAbbreviation(head: string, tail: string): boolean {
  const lastWord = /[\p{L}\d.\-°]+$/u.exec(head)?.[0] ?? '';
  if (!lastWord.endsWith('.') || lastWord.endsWith('..')) return false;
  const bare = lastWord.slice(0, -1);
  if (titleAbbreviations.has(bare) || /^\p{Lu}(?:\.\p{Lu})*$/u.test(bare)) return true;
  return otherAbbreviations.has(bare.toLowerCase()) && /^\s+[\p{Ll}\d]/u.test(tail);
}

/** Whether a sentence ends after `head`. */
function endsSentence(head: string, tail: string): boolean {
  if (/\n$/.test(head)) return true;
  if (/(?:…|\.{2,})[)\]»”"']*$/u.test(head)) return !/^\s+\p{Ll}/u.test(tail);
  if (/[)\]»”"']$/.test(head)) return !/^\s+[\p{Ll},;]/u.test(tail);
  if (/[!?]$/.test(head)) return !/^\s+[,;]/.test(tail);
  return !isAbbreviation(head, tail);
}

/** Where a long sentence is best cut: at a strong clause mark, else a comma, else before a conjunction, else at a space. */
const clauseMarks = [
  /;(?=\s)|(?<=\s)[–—](?=\s)/gu,
  /,(?=\s)/g,
  /\s(?=(?:et|ou|mais|car|puis|donc|que|qui|pour|avec|sans|dans)\s)/gu,
  /\s/g,
];

function cutPoint(text: string, most: number): number {
  const head = text.slice(0, most);
  for (const mark of clauseMarks) {
    let cut = 0;
    for (const match of head.matchAll(mark)) cut = match.index + match[0].length;
    if (cut >= most / 4) return cut;
  }
  const space = text.slice(1).search(/\s/);
  return space === -1 ? text.length : space + 1;
}

function splitLong(sentence: string, most: number): string[] {
  const parts: string[] = [];
  let rest = sentence;
  while (rest.length > most) {
    const cut = cutPoint(rest, most);
    parts.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return [...parts, rest].filter((part) => part !== '');
}

/**
 * The sentences of a text, trimmed, none empty: abbreviations and decimals do not end one, a line and a colon do. One above `most`
 * characters is cut at its clauses. Joined by spaces they give the text back, up to white space.
 */
export function splitSentences(text: string, most = longestSentence): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const match of text.matchAll(stop)) {
    const end = match.index + match[0].length;
    if (!endsSentence(text.slice(start, end), text.slice(end))) continue;
    sentences.push(text.slice(start, end).trim());
    start = end;
  }
  sentences.push(text.slice(start).trim());
  return sentences.filter((sentence) => sentence !== '').flatMap((sentence) => splitLong(sentence, most));
}
