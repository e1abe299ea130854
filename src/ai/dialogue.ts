import { fromMinor } from '../documents/money.ts';
import type { IssuedDocument } from '../schema/documents.ts';
import type { Slots, Understanding } from '../schema.ts';
import {
  type Control,
  chooseAmount,
  documentAsked,
  type Reply,
  readBeginning,
  readReply,
  wantsResume,
  wantsStop,
} from './dialogue/read.ts';
import {
  afterMiss,
  askQuestion,
  beginWith,
  explain,
  fixed,
  sayIssued,
  sayNotFound,
  saySales,
  sayShown,
  unbillable,
} from './dialogue/say.ts';
import type {
  DialogueContext,
  DialogueState,
  Effect,
  Heard,
  Money,
  OpenDialogue,
  Outcome,
  Question,
  Request,
  Step,
  Wanted,
  WantedKind,
} from './dialogue/state.ts';
import { answer as answerIntent } from './intents/index.ts';
import { foldUtterance } from './nlu/utterance.ts';

export { fixedQuestions } from './dialogue/say.ts';
export * from './dialogue/state.ts';
export { type DialogueView, emptyDialogueView, type OpenView, viewOf } from './dialogue/view.ts';

type ReplyOf<T extends Reply['type']> = Extract<Reply, { type: T }>;

/** A step under way: what was heard, where the dialogue stands, and what it may depend on. */
interface Turn {
  state: DialogueState;
  heard: Heard;
  context: DialogueContext;
}

/**
 * What words mean and do where the dialogue stands. Pure: the same words in the same state and context give the same step. A step with a
 * `request` changes nothing until its outcome is given to `settle`.
 */
export function hear(before: DialogueState, heard: Heard, context: DialogueContext): Step {
  const { state, effects } = expire(before, context);
  const turn: Turn = { state: { ...state, shown: null }, heard, context };
  const step = state.open === null ? hearUnasked(turn) : hearAnswer(turn, state.open);
  return { ...step, effects: [...effects, ...step.effects] };
}

/** The state once nobody has spoken for so long that the dialogue is over; its draft is kept. */
export function expire(
  state: DialogueState,
  { now, idleMs }: Pick<DialogueContext, 'now' | 'idleMs'>,
): { state: DialogueState; effects: readonly Effect[] } {
  if (state.open === null || now - state.open.touchedAt < idleMs) return { state, effects: [] };
  return { state: { ...state, open: null, ...keep(state, state.open.wanted) }, effects: [] };
}

/** The answer to a request that was carried out, and where it leaves the dialogue. */
export function settle(state: DialogueState, step: Step, outcome: Outcome, context: DialogueContext): Step {
  if (outcome.type === 'issued') {
    const after = { ...state, open: null, shown: outcome.document };
    return said(after, step.understanding, sayIssued(outcome.document));
  }
  if (outcome.type === 'sales') {
    const answer = backTo(state.open, saySales(outcome.period, outcome.sales), context);
    return said({ ...state, shown: null }, step.understanding, answer);
  }
  return settleFound(state, step, outcome, context);
}

function settleFound(
  state: DialogueState,
  { understanding, request }: Step,
  { template, document, invoice }: Extract<Outcome, { type: 'found' }>,
  context: DialogueContext,
): Step {
  if (document !== null) return said({ ...state, shown: document }, understanding, sayShown(document));
  if (template === 'receipt' && invoice !== null) {
    const open = ask(receiptFor(invoice, context), context);
    return said({ ...state, open, shown: null }, understanding, askQuestion(open, context));
  }
  const which = request?.type === 'find-document' ? request.which : 'last';
  return said({ ...state, shown: null }, understanding, sayNotFound(template, which));
}

function receiptFor(invoice: IssuedDocument, context: DialogueContext): Wanted {
  const { currency, client, totals } = invoice;
  return {
    ...nothingWanted('receipt', context),
    amount: { value: fromMinor(totals.total, currency), currency },
    client: { name: client },
    madeFrom: invoice,
  };
}

/** Words that answer no question of ours. */
function hearUnasked(turn: Turn): Step {
  const { state, heard, context } = turn;
  const { understanding } = heard;
  const kind = documentAsked(heard, foldUtterance(heard.text, context));
  if (kind !== null) return beginUnlessKept(turn, kind);
  if (state.kept !== null && wantsResume(heard.text)) return resume(turn, state.kept);
  const { intent } = understanding;
  if (intent === 'cancel') return cancelKept(turn);
  if (intent === 'affirm') return say(turn, fixed.nothingToConfirm);
  if (intent === 'deny') return say(turn, fixed.nothingToDeny);
  if (intent === 'repeat') return say(turn, state.lastAnswer ?? fixed.nothingSaid);
  return answerOther(turn);
}

function cancelKept(turn: Turn): Step {
  const { kept } = turn.state;
  if (kept === null || wantsStop(turn.heard.text)) return say(turn, fixed.cancelled);
  return { ...say(withState(turn, { kept: null }), fixed.cancelled), effects: [{ type: 'drop-draft', id: kept.id }] };
}

/** What is answered out of any dialogue, and besides one: then the question follows again. */
function answerOther(turn: Turn): Step {
  const { state, heard, context } = turn;
  const { understanding } = heard;
  const { intent, slots } = understanding;
  if (intent === 'sales_total') return wait(turn, { type: 'sales', period: slots.period ?? 'today' });
  if (intent === 'print') {
    if (state.open !== null) return say(turn, backTo(state.open, fixed.notYetIssued, context));
    if (slots.template === undefined) return say(turn, fixed.whichDocument);
    return wait(turn, { type: 'find-document', template: slots.template, which: slots.which ?? 'last' });
  }
  const answer = answerIntent(understanding, { now: new Date(context.now), region: context.region });
  return say(turn, backTo(state.open, answer, context));
}

/** A document left unfinished is offered before another one of its kind is begun with nothing said of it. */
function beginUnlessKept(turn: Turn, kind: WantedKind): Step {
  const { state, heard, context } = turn;
  const begun = begin(turn, kind);
  const saysNothing = readBeginning(heard, ask(nothingWanted(kind, context), context), context) === null;
  if (state.kept === null || state.kept.kind !== kind || !saysNothing) return begun;
  const open: OpenDialogue = { ...ask(state.kept, context), question: 'resume' };
  return said({ ...state, open, kept: null }, heard.understanding, askQuestion(open, context));
}

/** A new document, with what its first words say of it. */
function begin(turn: Turn, kind: WantedKind): Step {
  const { heard, context } = turn;
  const open = ask(nothingWanted(kind, context), context);
  const reply = readBeginning(heard, open, context);
  if (reply === null) {
    return said({ ...turn.state, open }, meaning(turn, {}), beginWith(kind));
  }
  return answerReply({ ...turn, state: { ...turn.state, open } }, open, reply);
}

function resume(turn: Turn, wanted: Wanted): Step {
  const open = ask(wanted, turn.context);
  const state = { ...turn.state, open, kept: null };
  return {
    ...said(state, turn.heard.understanding, askQuestion(open, turn.context)),
    effects: keepDraft(wanted),
  };
}

/** Words after a question. */
function hearAnswer(turn: Turn, open: OpenDialogue): Step {
  if (open.question === 'which-amount') {
    const chosen = chooseAmount(turn.heard.text, open.candidates, turn.context);
    if (chosen !== null)
      return fill(turn, open, { type: 'fill', amounts: [chosen], currency: null, client: null }, true);
  }
  return answerReply(turn, open, readReply(turn.heard, open, turn.context));
}

function answerReply(turn: Turn, open: OpenDialogue, reply: Reply): Step {
  switch (reply.type) {
    case 'control':
      return obey(turn, open, reply.control);
    case 'fill':
      return open.question === 'resume' ? fillAnew(turn, open, reply) : fill(turn, open, reply, false);
    case 'unbillable':
      return miss(turn, { ...open, question: 'amount' }, unbillable(reply.amount));
    case 'change':
      return change(turn, open, reply.what);
    case 'begin':
      return begin(withState(turn, { open: null, ...keep(turn.state, open.wanted) }), reply.kind);
    case 'aside':
      return answerOther(withState(turn, { open: touch(open, turn.context) }));
    case 'miss':
      return miss(turn, open);
  }
}

function obey(turn: Turn, open: OpenDialogue, control: Control): Step {
  const { state, heard, context } = turn;
  const { wanted } = open;
  switch (control) {
    case 'cancel':
      return {
        ...say(withState(turn, { open: null }), fixed.cancelled),
        effects: [{ type: 'drop-draft', id: wanted.id }],
      };
    case 'stop': {
      const answer = isEmpty(wanted) ? fixed.stoppedEmpty : fixed.stopped;
      return say(withState(turn, { open: null, ...keep(state, wanted) }), answer);
    }
    case 'goodbye':
      return answerOther(withState(turn, { open: null, ...keep(state, wanted) }));
    case 'restart': {
      const anew = { ...nothingWanted(wanted.kind, context), id: wanted.id };
      return {
        ...said({ ...state, open: ask(anew, context) }, heard.understanding, fixed.restarted),
        effects: [{ type: 'drop-draft', id: wanted.id }],
      };
    }
    case 'repeat':
      return say(withState(turn, { open: touch(open, context) }), state.lastAnswer ?? askQuestion(open, context));
    case 'help':
      return say(withState(turn, { open: touch(open, context) }), explain(open));
    case 'resume':
      return resume(turn, wanted);
    case 'affirm':
      return affirm(turn, open);
    case 'deny':
      return deny(turn, open);
  }
}

function affirm(turn: Turn, open: OpenDialogue): Step {
  const [candidate] = open.candidates;
  if (open.question === 'resume') return resume(turn, open.wanted);
  if (open.question === 'check-amount' && candidate) {
    return fill(turn, open, { type: 'fill', amounts: [candidate], currency: null, client: null }, true);
  }
  if (open.question !== 'confirm') return miss(turn, open);
  if (isDoubtful(turn)) return miss(turn, open, fixed.hardlyHeard);
  return wait(withState(turn, { open: touch(open, turn.context) }), { type: 'issue', wanted: open.wanted });
}

function deny(turn: Turn, open: OpenDialogue): Step {
  const { state, context } = turn;
  if (open.question === 'resume') {
    const step = begin(withState(turn, { open: null }), open.wanted.kind);
    return { ...step, effects: [{ type: 'drop-draft', id: open.wanted.id }, ...step.effects] };
  }
  if (open.question === 'which-amount' || open.question === 'check-amount') return change(turn, open, 'amount');
  if (open.question === 'change') {
    const confirm: OpenDialogue = { ...touch(open, context), question: 'confirm' };
    return say({ ...turn, state: { ...state, open: confirm } }, askQuestion(confirm, context));
  }
  return miss(turn, open);
}

/** Asks for the part that is wrong; where there is but one, for that one. */
function change(turn: Turn, open: OpenDialogue, what: 'amount' | 'client' | null): Step {
  const question: Question = what ?? (open.question === 'check-amount' ? 'amount' : 'change');
  const asked: OpenDialogue = { ...touch(open, turn.context), question, misses: 0 };
  return say(withState(turn, { open: asked }), `D’accord. ${askQuestion(asked, turn.context)}`);
}

/** Parts that were said, put in; then what is still missing is asked, or all of it read back. */
function fill(turn: Turn, open: OpenDialogue, reply: ReplyOf<'fill'>, sure: boolean): Step {
  const { heard, context, state } = turn;
  const wanted = withParts(open.wanted, reply);
  const [amount, other] = reply.amounts;
  const known = sure || isSame(amount, open.wanted.amount) || open.candidates.some((one) => isSame(one, amount));
  const understanding = meaning(turn, slotsOf(reply));
  if (amount && (other || (isDoubtful(turn) && !known))) {
    const question = other ? 'which-amount' : 'check-amount';
    const asked: OpenDialogue = { ...ask(wanted, context), question, candidates: reply.amounts };
    return {
      ...said({ ...state, open: asked }, understanding, askQuestion(asked, context)),
      effects: keepDraft(wanted),
    };
  }
  const filled = amount ? { ...wanted, amount } : wanted;
  const asked = ask(filled, context);
  const confirms = open.question === 'confirm' && heard.understanding.intent === 'affirm';
  if (confirms && isSameWanted(filled, open.wanted)) return affirm(turn, open);
  return {
    ...said({ ...state, open: asked }, understanding, askQuestion(asked, context)),
    effects: keepDraft(filled),
  };
}

/** Instead of taking up what was left, the clerk says what is wanted now. */
function fillAnew(turn: Turn, { wanted }: OpenDialogue, reply: ReplyOf<'fill'>): Step {
  const open = ask(nothingWanted(wanted.kind, turn.context), turn.context);
  return fill(withState(turn, { open, kept: wanted }), open, reply, false);
}

function withParts(wanted: Wanted, { client, currency, amounts }: ReplyOf<'fill'>): Wanted {
  const amount =
    amounts.length === 0 && currency !== null && wanted.amount ? { ...wanted.amount, currency } : wanted.amount;
  return { ...wanted, client: client ?? wanted.client, currency: currency ?? wanted.currency, amount };
}

function miss(turn: Turn, open: OpenDialogue, instead?: string): Step {
  const asked: OpenDialogue = { ...touch(open, turn.context), misses: open.misses + 1 };
  const answer = instead ?? afterMiss(asked, turn.context);
  const state = { ...turn.state, open: asked };
  return said(state, { intent: 'unknown', confidence: 0, by: 'none', slots: {} }, answer);
}

function ask(wanted: Wanted, { now }: Pick<DialogueContext, 'now'>): OpenDialogue {
  const question = wanted.amount === null ? 'amount' : wanted.client === null ? 'client' : 'confirm';
  return { wanted, question, candidates: [], misses: 0, touchedAt: now };
}

function touch(open: OpenDialogue, { now }: DialogueContext): OpenDialogue {
  return { ...open, touchedAt: now };
}

function nothingWanted(kind: WantedKind, { newId, now }: DialogueContext): Wanted {
  return { id: newId(), kind, createdAt: now, amount: null, currency: null, client: null, madeFrom: null };
}

function isEmpty({ amount, client }: Wanted): boolean {
  return amount === null && client === null;
}

function keep(state: DialogueState, wanted: Wanted): Pick<DialogueState, 'kept'> {
  return { kept: isEmpty(wanted) || wanted.madeFrom !== null ? state.kept : wanted };
}

function keepDraft(wanted: Wanted): Effect[] {
  return isEmpty(wanted) || wanted.madeFrom !== null ? [] : [{ type: 'keep-draft', wanted }];
}

function isDoubtful({ heard: { confidence }, context }: Turn): boolean {
  return confidence !== null && confidence < context.doubtBelow;
}

function isSame(one: Money | null | undefined, other: Money | null | undefined): boolean {
  return !!one && !!other && one.value === other.value && one.currency === other.currency;
}

function isSameWanted(one: Wanted, other: Wanted): boolean {
  return isSame(one.amount, other.amount) && one.client?.name === other.client?.name;
}

/** What was said in a dialogue is about its document, whatever it would mean alone. */
function meaning({ heard: { understanding } }: Turn, slots: Slots): Understanding {
  if (understanding.intent === 'invoice') return understanding;
  return { intent: 'invoice', confidence: Math.max(0.9, understanding.confidence), by: 'template', slots };
}

function slotsOf({ amounts: [amount], currency, client }: ReplyOf<'fill'>): Slots {
  const unit = amount?.currency ?? currency;
  return {
    ...(amount && { amount: amount.value }),
    ...(unit && { currency: unit }),
    ...(client?.name && { client: client.name }),
  };
}

function backTo(open: OpenDialogue | null, answer: string, context: DialogueContext): string {
  return open === null ? answer : `${answer} ${askQuestion(open, context)}`;
}

function withState(turn: Turn, changes: Partial<DialogueState>): Turn {
  return { ...turn, state: { ...turn.state, ...changes } };
}

function say({ state, heard }: Turn, answer: string): Step {
  return said(state, heard.understanding, answer);
}

function said(state: DialogueState, understanding: Understanding, answer: string): Step {
  return { state: { ...state, lastAnswer: answer }, understanding, answer, request: null, effects: [] };
}

function wait({ state, heard }: Turn, request: Request): Step {
  return { state, understanding: heard.understanding, answer: null, request, effects: [] };
}
