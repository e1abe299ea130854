import type { Slots, Understanding } from '../../schema.ts';
import type { Parts } from './read-parts.ts';
import { afterMiss, askQuestion } from './say.ts';
import type {
  DialogueContext,
  DialogueState,
  Effect,
  Heard,
  OpenDialogue,
  Request,
  Step,
  UnpricedLine,
  Wanted,
} from './state.ts';
import { isEmpty } from './wanted.ts';

/** A step under way: what was heard, where the dialogue stands, and what it may depend on. */
export interface Turn {
  state: DialogueState;
  heard: Heard;
  context: DialogueContext;
}

/** The dialogue about a document, at the first thing that is not known of it. */
export function ask(
  wanted: Wanted,
  { now }: Pick<DialogueContext, 'now'>,
  unpriced: readonly UnpricedLine[] = [],
): OpenDialogue {
  const isPriced = wanted.amount !== null || wanted.lines.length > 0;
  const missing = isPriced ? (wanted.client === null ? 'client' : 'confirm') : 'amount';
  const question = unpriced.length > 0 ? 'price' : missing;
  return { wanted, question, candidates: [], unpriced, misses: 0, touchedAt: now };
}

export function touch(open: OpenDialogue, { now }: DialogueContext): OpenDialogue {
  return { ...open, touchedAt: now };
}

export function keep(state: DialogueState, wanted: Wanted): Pick<DialogueState, 'kept'> {
  return { kept: isEmpty(wanted) || wanted.madeFrom !== null ? state.kept : wanted };
}

export function keepDraft(wanted: Wanted): Effect[] {
  return isEmpty(wanted) || wanted.madeFrom !== null ? [] : [{ type: 'keep-draft', wanted }];
}

export function withState(turn: Turn, changes: Partial<DialogueState>): Turn {
  return { ...turn, state: { ...turn.state, ...changes } };
}

export function say({ state, heard }: Turn, answer: string): Step {
  return said(state, heard.understanding, answer);
}

export function said(state: DialogueState, understanding: Understanding, answer: string): Step {
  return { state: { ...state, lastAnswer: answer }, understanding, answer, request: null, effects: [] };
}

export function wait({ state, heard }: Turn, request: Request): Step {
  return { state, understanding: heard.understanding, answer: null, request, effects: [] };
}

/** Words of which nothing was made: the question again, or `instead`. */
export function miss(turn: Turn, open: OpenDialogue, instead?: string): Step {
  const asked: OpenDialogue = { ...touch(open, turn.context), misses: open.misses + 1 };
  const answer = instead ?? afterMiss(asked, turn.context);
  const state = { ...turn.state, open: asked };
  return said(state, { intent: 'unknown', confidence: 0, by: 'none', slots: {} }, answer);
}

/** The question that is open now, after `prefix`; the document is kept as it stands. */
export function goOn(turn: Turn, open: OpenDialogue, understanding: Understanding, prefix = ''): Step {
  const step = said({ ...turn.state, open }, understanding, prefix + askQuestion(open, turn.context));
  return { ...step, effects: keepDraft(open.wanted) };
}

export function isDoubtful({ heard: { confidence }, context }: Turn): boolean {
  return confidence !== null && confidence < context.doubtBelow;
}

/** What was said in a dialogue is about its document, whatever it would mean alone. */
export function meaning({ heard: { understanding } }: Turn, parts?: Parts): Understanding {
  const isPlain = parts === undefined || parts.lines.length === 0;
  if (understanding.intent === 'invoice' && isPlain) return understanding;
  const confidence = Math.max(0.9, understanding.confidence);
  return { intent: 'invoice', confidence, by: 'template', slots: parts ? slotsOf(parts) : {} };
}

function slotsOf({ amounts: [amount], currency, client }: Parts): Slots {
  const unit = amount?.currency ?? currency;
  return {
    ...(amount && { amount: amount.value }),
    ...(unit && { currency: unit }),
    ...(client?.name && { client: client.name }),
  };
}
