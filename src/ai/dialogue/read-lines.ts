import { asSaid } from '../french/fold.ts';
import { readNumber } from '../french/numbers.ts';
import { phraseSet } from '../nlu/phrase-book.ts';
import { coreOf, type FoldedUtterance } from '../nlu/utterance.ts';
import type { Wanted } from './state.ts';
import { lineNamed } from './wanted.ts';

/** A line is to be left out: its place, -1 where there is none such, and what it was called. */
export interface Removal {
  at: number;
  said: string;
}

const removes = phraseSet(
  `
    enleve|enlevez|enlever|retire|retirez|retirer|supprime|supprimez|supprimer|efface|effacez|effacer|ote|otez|oter|annule|
    annulez|annuler|enleve moi|retire moi|pas de|sans|il ne prend pas|elle ne prend pas
  `,
);
const removedLast = phraseSet(
  `
    la derniere ligne|le dernier article|la derniere|le dernier|le dernier produit|la ligne|l article|la derniere chose
  `,
);
const removedArticles = phraseSet('le|la|les|l|un|une|des|du|de la|de l|de|d|son|sa|ses');
const firsts = ['premiere', 'deuxieme', 'troisieme', 'quatrieme', 'cinquieme'] as const;
const numberedLine = phraseSet('la ligne|ligne|l article|article|la ligne numero|ligne numero|le numero');

/** "enlève le savon", "retire la dernière ligne", "supprime la ligne deux". Null for words that leave no line out. */
export function readRemoval({ text, tokens }: FoldedUtterance, { lines }: Wanted): Removal | null {
  const core = coreOf(tokens);
  const first = tokens[core.start]?.text === 'non' ? core.start + 1 : core.start;
  const verb = removes.read(tokens, first, core.end);
  if (verb === null || lines.length === 0 || verb.end >= core.end) return null;
  const numbered = numberedLine.read(tokens, verb.end, core.end);
  const place = numbered && readNumber(tokens, numbered.end);
  const said = asSaid(text, tokens, verb.end, core.end);
  if (place?.end === core.end) return { at: place.value <= lines.length ? place.value - 1 : -1, said };
  if (removedLast.read(tokens, verb.end, core.end)?.end === core.end) return { at: lines.length - 1, said };
  const ordinal = /^(?:la|le) ([a-z]+?)(?:s|e)? (?:ligne|article)$/.exec(words(tokens, verb.end, core.end))?.[1];
  const nth = ordinal === undefined ? -1 : firsts.findIndex((first) => first.startsWith(ordinal));
  if (nth >= 0) return { at: nth < lines.length ? nth : -1, said };
  const named = removedArticles.read(tokens, verb.end, core.end)?.end ?? verb.end;
  const counted = readNumber(tokens, named)?.end ?? named;
  const at = lineNamed(lines, asSaid(text, tokens, counted < core.end ? counted : named, core.end));
  const isCancel = /^(annul|pas|sans|efface|supprim)/.test(tokens[first]?.text ?? '');
  return at < 0 && isCancel ? null : { at, said };
}

const words = (tokens: FoldedUtterance['tokens'], start: number, end: number): string =>
  tokens
    .slice(start, end)
    .map(({ text }) => text)
    .join(' ');

const enough = phraseSet(
  `
    c est tout|ce sera tout|c est bon|voila|c est fini|fini|termine|rien d autre|plus rien|stop la|ca suffit comme ca|
    c est termine|et voila|rien
  `,
);

/** Whether no more lines are to come. */
export function saysEnough({ tokens }: FoldedUtterance): boolean {
  return enough.read(tokens, 0)?.end === tokens.length;
}
