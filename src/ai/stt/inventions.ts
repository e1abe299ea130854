/**
 * What Whisper is known to write when nobody speaks: credits, thanks and goodbyes from the subtitles it learned on.
 * Folded sentences; nothing that a clerk says matches.
 */
const knownInventions: readonly RegExp[] = [
  /\bsous[ -]?tit(r|l)\w*/,
  /\bamara\b/,
  /\b(sub|unter)tit\w*/,
  /\b(sottotitol|legendas pela|legendado)\w*/,
  /\btraduit par\b/,
  /\b(traduction|transcription|relecture|adaptation) (de|par|by|et|a)\b/,
  /\bsociete radio[ -]canada\b/,
  /^(c )?(copyright|tous droits reserves)\b/,
  /^(une )?(video|emission|film) (realisee?|produite?|montee?|de) par\b/,
  /^(merci )?((et )?a tous |(et )?a toutes |beaucoup |infiniment )*(d ?avoir|de|pour) (l ?|m ?|nous )?(avoir )?(regarde\w*|visionn\w*|suivi\w*|ecoute\w*|votre (visionnage|ecoute|fidelite))\b/,
  /^merci (a tous |a toutes |beaucoup )*(d ?avoir|de) .*\b(video|episode|emission|chaine|podcast)\b/,
  /\b(abonnez[ -]vous|vous abonner|like et abonne\w*|likez|pouce (bleu|en l ?air|vers le haut)|activer la cloche|la petite cloche)\b/,
  /\b(nouvelle|prochaine|cette) (video|chaine)\b.*\b(bientot|prochaine|retrouve\w*|plu)\b/,
  /\b(a la prochaine|a bientot|rendez[ -]vous|on se (retrouve|revoit)) .*\b(video|episode|emission|chaine)\b/,
  /\b(cliquez|lien) (sur|en|dans) (le lien|la )?description\b/,
  /\b(soustitreur|castingwords|opensubtitles|youtube) ?(com|org)?$/,
  /^(retrouvez|suivez)[ -]nous sur\b/,
  /^(thanks?|thank you)( so much| very much| everyone)* for (watching|listening|your attention)\b/,
  /^(please )?(like and )?subscribe\b/,
  /^(see you|i ?ll see you) (in the )?next (time|video)\b/,
  /^(musique|applaudissements|rires?|silence|blank audio|bruit( de fond)?|inaudible|music|applause|generique)( (de fin|de fond|douce|entrainante|\1))*$/,
];

const soundLabel = /\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|<\|[^|]*\|>|[♪♫♩♬♭♯]+/gu;
/** French is written in these; Whisper's inventions also come in Japanese, Korean or Arabic. */
const hasWord = /[\p{Script=Latin}\p{N}]/u;
const sentenceEnd = /(?<=[.!?…])\s+/u;

/**
 * What was really said in a transcript: labels of sounds ("[BLANK_AUDIO]", "(musique)", "♪") and sentences that are known
 * inventions are taken out; a text that is only symbols, or a loop, is nothing: the empty text.
 */
export function withoutInventions(transcript: string): string {
  const text = transcript.replace(soundLabel, ' ').replace(/\s+/g, ' ').trim();
  const said = text.split(sentenceEnd).filter((sentence) => !isInvented(sentence));
  const left = said.join(' ');
  return isLoop(fold(left).split(' ')) ? '' : left;
}

function isInvented(sentence: string): boolean {
  if (!hasWord.test(sentence)) return true;
  const folded = fold(sentence);
  return knownInventions.some((invention) => invention.test(folded));
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
