import type { IntentName, Slots, Understanding } from '../../schema.ts';
import type { AmountOptions } from '../french/amounts.ts';
import { littleWords } from './little-words.ts';
import { matchSentences, type SentenceMatch } from './sentences.ts';
import { type FoundSlot, findSlots, mergeSlots } from './slots.ts';
import { type FoldedUtterance, foldUtterance } from './utterance.ts';

export interface ScoredIntent {
  intent: IntentName;
  confidence: number;
}

/** Gives every intent's probability, the likeliest first. */
export type Classify = (utterance: FoldedUtterance) => Promise<ScoredIntent[]>;

/** What was understood and everything that led there. */
export interface Explanation {
  understanding: Understanding;
  /** As recognition compared it. */
  folded: string;
  /** Sentences that the utterance is, the surest first. */
  matches: SentenceMatch[];
  /** What the model thinks, the likeliest first. */
  scores: ScoredIntent[];
  slots: FoundSlot[];
}

export interface RecogniserOptions {
  /** Under this confidence nothing is understood. */
  threshold: number;
  money?: AmountOptions;
}

const nothing: Understanding = { intent: 'unknown', confidence: 0, by: 'none', slots: {} };

/** How sure of something else the model must be before a sentence with free words, or one said only in part, is not believed. */
const contradictions = { otherCommand: 0.6, noCommand: 0.8, inPart: 0.9 };

/** A word alone that no sentence has is a name or a product more often than a command: the model takes « Paul » for a greeting. */
const sureOfOneWord = 0.97;

function isContradicted(best: SentenceMatch, likeliest: ScoredIntent | undefined): boolean {
  if (likeliest === undefined || likeliest.intent === best.intent) return false;
  if (best.wildcardWords === 0) return best.stripped && likeliest.confidence >= contradictions.inPart;
  return likeliest.confidence >= contradictions[likeliest.intent === 'unknown' ? 'noCommand' : 'otherCommand'];
}

function scoreOf(scores: readonly ScoredIntent[], intent: IntentName): number {
  return scores.find((score) => score.intent === intent)?.confidence ?? 0;
}

/** The intent that the templates give; null when none matches, or when free words hide something else that the model knows. */
function byTemplate(matches: readonly SentenceMatch[], scores: readonly ScoredIntent[]): ScoredIntent | null {
  const [best] = matches;
  if (best === undefined) return null;
  const rivals = new Set(matches.filter((m) => m.wildcardWords === best.wildcardWords).map((m) => m.intent));
  if (rivals.size > 1) return null;
  if (isContradicted(best, scores[0])) return null;
  return {
    intent: best.intent,
    confidence: best.wildcardWords === 0 ? 1 : Math.max(0.9, scoreOf(scores, best.intent)),
  };
}

function decide(
  folded: string,
  matches: readonly SentenceMatch[],
  scores: readonly ScoredIntent[],
  threshold: number,
): Understanding {
  const matched = byTemplate(matches, scores);
  if (matched !== null) return { ...matched, by: 'template', slots: {} };
  const [likeliest] = scores;
  if (likeliest === undefined || littleWords.has(folded)) return nothing;
  const sure = folded.includes(' ') ? threshold : Math.max(threshold, sureOfOneWord);
  if (likeliest.confidence < sure) return { ...nothing, confidence: 1 - likeliest.confidence };
  return { ...likeliest, by: 'model', slots: {} };
}

/** Understands one text: templates first, then the model, then nothing; slots by rules. */
export async function recognise(text: string, classify: Classify, options: RecogniserOptions): Promise<Explanation> {
  const utterance = foldUtterance(text, options.money);
  const folded = utterance.tokens.map((token) => token.text).join(' ');
  if (folded === '') return { understanding: nothing, folded, matches: [], scores: [], slots: [] };
  const matches = matchSentences(utterance);
  const scores = await classify(utterance);
  const decided = decide(folded, matches, scores, options.threshold);
  const slots = findSlots(decided.intent, utterance, options.money);
  const merged: Slots = mergeSlots(slots);
  return { understanding: { ...decided, slots: merged }, folded, matches, scores, slots };
}
