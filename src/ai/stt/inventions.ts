/**
 * What Whisper is known to write when nobody speaks: credits and thanks from the subtitles it learned on.
 * Folded text; a text that is nothing but these is nothing.
 */
const knownInventions: readonly RegExp[] = [
  /\bsous[ -]?titr\w*/,
  /\bamara\b/,
  /\btraduit par\b/,
  /\btraduction (de|par|et relecture)\b/,
  /^(merci( a tous| beaucoup)? )?(d ?avoir|de) (regarde\w*|visionne\w*|suivi\w*)\b/,
  /^merci (a tous |beaucoup )?(d ?avoir (regarde|visionne|suivi)\w*|de (votre visionnage|m ?avoir (suivi|regarde)\w*))/,
  /\b(abonnez[ -]vous|like et abonne\w*|pouce bleu|activer la cloche|n ?oubliez pas de vous abonner)/,
  /\ba (la prochaine|bientot) (pour une (nouvelle|autre) )?(video|episode)\b/,
  /\b(cliquez|lien) (sur|en|dans) (le lien|la )?description\b/,
  /^(thanks?|thank you) (so much )?for watching\b/,
  /^(please )?subscribe\b/,
  /\bsociete radio[ -]canada\b/,
  /^(musique|applaudissements|rires?|silence|blank audio|bruit( de fond)?|inaudible|music|applause)( \1)*$/,
];

const soundLabel = /\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|<\|[^|]*\|>|[♪♫♩♬♭♯]+/gu;
const hasWord = /[\p{L}\p{N}]/u;

/**
 * What was really said in a transcript: labels of sounds ("[BLANK_AUDIO]", "(musique)", "♪") are taken out, and a text that
 * is only symbols, a known invention or a loop is nothing: the empty text.
 */
export function withoutInventions(transcript: string): string {
  const text = transcript.replace(soundLabel, ' ').replace(/\s+/g, ' ').trim();
  if (!hasWord.test(text)) return '';
  const folded = fold(text);
  if (knownInventions.some((invention) => invention.test(folded))) return '';
  return isLoop(folded.split(' ')) ? '' : text;
}

/**
 * True when a group of items comes again and again without anything between: a decoder that lost its way.
 * Six times for one or two, four for longer groups: telephone numbers repeat more than prose does.
 */
export function isLoop(items: readonly unknown[]): boolean {
  for (let size = 1; size <= Math.floor(items.length / 4); size++) {
    const needed = size <= 2 ? 6 : 4;
    let same = 0;
    for (let index = size; index < items.length; index++) {
      same = items[index] === items[index - size] ? same + 1 : 0;
      if (same >= size * (needed - 1)) return true;
    }
  }
  return false;
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}-]+/gu, ' ')
    .trim();
}
