import { fromMinor } from '../documents/money.ts';
import type { IssuedDocument } from '../schema/documents.ts';
import { choose, fill, isSameWanted, removeLine } from './dialogue/fill.ts';
import {
  beginsWithYes,
  type Changed,
  type Control,
  documentAsked,
  namesDocument,
  type Reply,
  readBeginning,
  readReply,
  wantsResume,
  wantsStop,
} from './dialogue/read.ts';
import { chooseAmount } from './dialogue/read-amount.ts';
import {
  askQuestion,
  beginWith,
  explain,
  fixed,
  sayIssued,
  sayNotFound,
  saySales,
  sayShown,
  sayStays,
  sayTotal,
  unbillable,
} from './dialogue/say.ts';
import type {
  DialogueContext,
  DialogueState,
  Effect,
  Heard,
  OpenDialogue,
  Outcome,
  Question,
  Step,
  Wanted,
  WantedKind,
} from './dialogue/state.ts';
import {
  ask,
  isDoubtful,
  keep,
  keepDraft,
  meaning,
  miss,
  said,
  say,
  type Turn,
  touch,
  wait,
  withState,
} from './dialogue/step.ts';
import { isEmpty, nothingWanted } from './dialogue/wanted.ts';
import { findNamedCurrency } from './french/currencies.ts';
import { tokenize } from './french/fold.ts';
import { answer as answerIntent } from './intents/index.ts';
import { foldUtterance } from './nlu/utterance.ts';

export { fixedQuestions } from './dialogue/say.ts';
export * from './dialogue/state.ts';
export {
  type Choice,
  type DialogueView,
  emptyDialogueView,
  type LineView,
  type OpenView,
  viewOf,
} from './dialogue/view.ts';
export type { TermChoices, TermPart, TermView } from './dialogue/view-terms.ts';
export { draftOf, wantedOf } from './dialogue/wanted.ts';

type Filling = Extract<Reply, { type: 'fill' }>;

/**
 * What words mean and do where the dialogue stands. Pure: the same words in the same state and context give the same step. A step with a
 * `request` changes nothing until its outcome is given to `settle`.
 */
export function hear(before: DialogueState, heard: Heard, context: DialogueContext): Step {
  const { state, effects } = expire(before, context);
  const turn: Turn = { state: { ...state, shown: null }, heard, context };
  const step = state.open === null ? hearUnasked(turn, before.shown) : hearAnswer(turn, state.open);
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
    const answer = backTo(state.open, saySales(outcome), context);
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

/** Words that answer no question of ours; `shown` was issued or looked for just before. */
function hearUnasked(turn: Turn, shown: IssuedDocument | null): Step {
  const { state, heard, context } = turn;
  const { understanding } = heard;
  const kind = documentAsked(heard, foldUtterance(heard.text, context));
  if (kind !== null) return beginUnlessKept(turn, kind);
  if (state.kept !== null && wantsResume(heard.text)) return resume(turn, state.kept);
  const { intent } = understanding;
  if (intent === 'cancel') return cancelKept(turn, shown);
  if (intent === 'affirm') return say(turn, fixed.nothingToConfirm);
  if (intent === 'deny') return say(turn, fixed.nothingToDeny);
  if (intent === 'repeat') return say(turn, state.lastAnswer ?? fixed.nothingSaid);
  return answerOther(turn);
}

/** A draft that was left is thrown away; what is issued stays, which must be told to who believes it cancelled. */
function cancelKept(turn: Turn, shown: IssuedDocument | null): Step {
  const { kept } = turn.state;
  if (wantsStop(turn.heard.text)) return say(turn, fixed.cancelled);
  if (shown !== null && isToBeCancelled(turn, shown)) return say(withState(turn, { shown }), sayStays(shown));
  if (kept === null) return say(turn, namesDocument(turn.heard.text) ? fixed.nothingToCancel : fixed.cancelled);
  return { ...say(withState(turn, { kept: null }), fixed.cancelled), effects: [{ type: 'drop-draft', id: kept.id }] };
}

/** Whether it is this document that is to be cancelled, and not only that it be printed: it was named, or has just been made. */
function isToBeCancelled({ heard, context }: Turn, { issuedAt }: IssuedDocument): boolean {
  return namesDocument(heard.text) || context.now - issuedAt < context.idleMs;
}

/** What is answered out of any dialogue, and besides one: then the question follows again. */
function answerOther(turn: Turn): Step {
  const { state, heard, context } = turn;
  const { understanding } = heard;
  const { intent, slots } = understanding;
  const total = state.open && asksTotal(understanding) ? sayTotal(state.open, context) : null;
  if (total !== null) return say(turn, backTo(state.open, total, context));
  if (intent === 'sales_total') {
    const currency = findNamedCurrency(tokenize(heard.text), context)?.currency ?? null;
    return wait(turn, { type: 'sales', period: slots.period ?? 'today', currency });
  }
  if (intent === 'print') {
    if (state.open !== null) return say(turn, backTo(state.open, fixed.notYetIssued, context));
    if (slots.template === undefined) return say(turn, fixed.whichDocument);
    return wait(turn, { type: 'find-document', template: slots.template, which: slots.which ?? 'last' });
  }
  const answer = answerIntent(understanding, { now: new Date(context.now), region: context.region });
  return say(turn, backTo(state.open, answer, context));
}

/** "ça fait combien", "c'est quoi le total": with a document in hand, it is that one's. */
function asksTotal({ intent, slots }: Heard['understanding']): boolean {
  return (
    (intent === 'price' && slots.product === undefined) || (intent === 'sales_total' && slots.period === undefined)
  );
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
    return said({ ...turn.state, open }, meaning(turn), beginWith(kind));
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
  if (open.candidates.length > 1) {
    const chosen = chooseAmount(turn.heard.text, open.candidates, turn.context);
    if (chosen !== null) return choose(turn, open, chosen);
  }
  return answerReply(turn, open, readReply(turn.heard, open, turn.context));
}

function answerReply(turn: Turn, open: OpenDialogue, reply: Reply): Step {
  switch (reply.type) {
    case 'control':
      return obey(turn, open, reply.control);
    case 'fill':
      return fillOrAffirm(turn, open, reply);
    case 'unbillable':
      return refuseAmount(turn, open, reply.amount);
    case 'change':
      return change(turn, open, reply.what);
    case 'remove':
      return removeLine(turn, open, reply);
    case 'enough':
      return say(
        withState(turn, { open: ask(open.wanted, turn.context) }),
        askQuestion(ask(open.wanted, turn.context), turn.context),
      );
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
  const isChecked = open.question === 'check-amount' || (open.question === 'price' && open.candidates.length === 1);
  if (isChecked && candidate) return choose(turn, open, candidate);
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
  if (open.question === 'price') return denyPrice(turn, open);
  if (open.question === 'change') {
    const confirm: OpenDialogue = { ...touch(open, context), question: 'confirm' };
    return say({ ...turn, state: { ...state, open: confirm } }, askQuestion(confirm, context));
  }
  return miss(turn, open);
}

/** The price is none of those that were heard; where none was, the line itself is not wanted. */
function denyPrice(turn: Turn, open: OpenDialogue): Step {
  const unpriced = open.candidates.length > 0 ? open.unpriced : open.unpriced.slice(1);
  const asked = ask(open.wanted, turn.context, unpriced);
  return say(withState(turn, { open: asked }), `D’accord. ${askQuestion(asked, turn.context)}`);
}

/** Asks for the part that is wrong; where there is but one, for that one. */
function change(turn: Turn, open: OpenDialogue, what: Changed | null): Step {
  const part = what === 'amount' && open.wanted.lines.length > 0 ? 'lines' : what;
  const question: Question = part ?? (open.question === 'check-amount' ? 'amount' : 'change');
  const asked: OpenDialogue = { ...touch(open, turn.context), question, candidates: [], misses: 0 };
  return say(withState(turn, { open: asked }), `D’accord. ${askQuestion(asked, turn.context)}`);
}

function refuseAmount(turn: Turn, open: OpenDialogue, amount: Extract<Reply, { type: 'unbillable' }>['amount']): Step {
  const isPrice = open.unpriced.length > 0 || open.wanted.lines.length > 0;
  return miss(
    turn,
    isPrice ? open : { ...open, question: 'amount' },
    unbillable(amount, isPrice ? open : null, turn.context),
  );
}

/** What was said of the document, put in; « oui » and the same again confirms it. */
function fillOrAffirm(turn: Turn, open: OpenDialogue, reply: Filling): Step {
  if (open.question === 'resume') return fillAnew(turn, open, reply);
  const step = fill(turn, open, reply, false);
  const saysYes = turn.heard.understanding.intent === 'affirm' || beginsWithYes(turn.heard.text);
  const confirms = open.question === 'confirm' && saysYes;
  const filled = step.state.open;
  const isSame = filled?.question === 'confirm' && isSameWanted(filled.wanted, open.wanted);
  return confirms && isSame ? affirm(turn, open) : step;
}

/** Instead of taking up what was left, the clerk says what is wanted now. */
function fillAnew(turn: Turn, { wanted }: OpenDialogue, reply: Filling): Step {
  const open = ask(nothingWanted(wanted.kind, turn.context), turn.context);
  return fill(withState(turn, { open, kept: wanted }), open, reply, false);
}

function backTo(open: OpenDialogue | null, answer: string, context: DialogueContext): string {
  return open === null ? answer : `${answer} ${askQuestion(open, context)}`;
}
