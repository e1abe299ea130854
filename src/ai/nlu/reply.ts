import type { Slots } from '../../schema.ts';
import { type AmountCandidate, type AmountOptions, amountReadings } from '../french/amounts.ts';
import { asSaid, type Token } from '../french/fold.ts';
import { isBreak, phraseSet } from './phrase-book.ts';
import { matchSentences } from './sentences.ts';
import { skipTitles } from './slots/client.ts';
import { findSlots, mergeSlots } from './slots.ts';
import { coreOf, type FoldedUtterance, foldUtterance } from './utterance.ts';

/** What a clerk's words carry when the assistant has asked something, or is told to change it. */
export interface Reply {
  /** Amount, currency, client, template, copies, which and period, as each would be found in a whole sentence. */
  slots: Slots;
  /** What the amount may mean, the literal reading first; more than one when a hearer would ask. */
  amounts: AmountCandidate[];
  /** The words as somebody's name, civility dropped: "Kabongo", "non, l’école Saint-Joseph". Null when they are none. */
  name: string | null;
}

/** Before what is meant: a refusal, a hesitation, the verb that changes it. */
const openings = phraseSet(
  `
    non|nan|oui|pas du tout|plutot|en fait|enfin|je voulais dire|je veux dire|j ai dit|je dis|c est|ce sera|ca sera|
    c est pour|pour|au nom de|au nom d|au nom du|mets|mettez|mettre|change|changez|changer|corrige|corrigez|remplace|
    remplacez|le client|la cliente|client|le nom|son nom|il s appelle|elle s appelle|le client c est|la cliente c est|
    le nom c est|par|en|mais|euh|alors|bon|ben|et|pardon|a|au|il faut|ecris|ecrivez|note|notez|le client est|
    le nom est|une facture pour|c est une|c est un|c etait
  `,
);
const longestName = 6;

function openingEnd(tokens: readonly Token[], from: number, limit: number): number {
  let at = from;
  for (let read = openings.read(tokens, at, limit); read !== null; read = openings.read(tokens, at, limit)) {
    at = read.end;
  }
  return at;
}

/** A name that is all there is after the opening words; null for what is a sentence, an amount or too long. */
function bareName(utterance: FoldedUtterance): string | null {
  const { text, tokens } = utterance;
  const core = coreOf(tokens);
  const start = skipTitles(tokens, openingEnd(tokens, core.start, core.end));
  if (start >= core.end || utterance.amount !== null || core.end - start > longestName) return null;
  if (tokens.slice(start + 1, core.end).some((_, index) => isBreak(tokens, start + 1 + index))) return null;
  const isSentence = matchSentences(foldUtterance(asSaid(text, tokens, start, core.end))).some(
    ({ wildcardWords }) => wildcardWords === 0,
  );
  return isSentence ? null : asSaid(text, tokens, start, core.end);
}

/** Reads a reply to whatever was asked: every slot that is in it, and the words as a name. Never throws. */
export function readReply(text: string, money?: AmountOptions): Reply {
  const utterance = foldUtterance(text, money);
  const slots = mergeSlots(
    (['invoice', 'print', 'sales_total'] as const).flatMap((intent) => findSlots(intent, utterance, money)),
  );
  return { slots, amounts: amountReadings(utterance.text, money), name: bareName(utterance) };
}
