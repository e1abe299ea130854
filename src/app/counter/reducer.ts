import type { TurnEvent } from '../../ai/turn.ts';
import type { Turn } from '../../schema.ts';
import type { AssistantEvent, NoticeReport } from '../assistant-port.ts';
import type { CounterView, TurnView } from './view.ts';

/** Blocks kept on the receipt: a counter runs all day, the page must not grow all day. */
export const maxTurnsShown = 50;
/** After this long without a turn, who speaks next is another customer. */
export const customerPauseMs = 3 * 60_000;

/** The view after one event; `at` is the clock, epoch in milliseconds. A turn that another one has replaced can only end. */
export function reduceAssistantEvent(view: CounterView, event: AssistantEvent, at: number): CounterView {
  return withPhase(applyAssistantEvent(view, event, at));
}

function applyAssistantEvent(view: CounterView, event: AssistantEvent, at: number): CounterView {
  switch (event.type) {
    case 'models':
      return { ...view, models: event.models, trial: event.models.some((model) => model.trial) };
    case 'progress':
      return { ...view, progress: upsertProgress(view.progress, event.progress) };
    case 'loading':
      return { ...withNotice(view, null), rest: 'loading', progress: [] };
    case 'ready':
      return { ...view, rest: 'ready', backend: event.backend };
    case 'reloading':
      return { ...view, reloading: [...view.reloading.filter((task) => task !== event.task), event.task] };
    case 'reloaded':
      return { ...view, reloading: view.reloading.filter((task) => task !== event.task) };
    case 'failed':
      return { ...withNotice(view, event.notice), rest: 'failed' };
    case 'level':
      return view;
    case 'turn':
      return applyTurnEvent(view, event.event, at);
    case 'backend':
      return { ...view, backend: event.backend };
    case 'connection':
      return { ...view, connection: event.connection };
    case 'notice':
      return withNotice(view, event.notice);
  }
}

/** The phase is never set, only derived: the newest turn's stage, else what the page rests on. */
function withPhase(view: CounterView): CounterView {
  const phase = view.openTurn?.stage ?? view.rest;
  return phase === view.phase ? view : { ...view, phase };
}

/** The view after one event of a turn, its phase included. */
export function reduceTurnEvent(view: CounterView, event: TurnEvent, at: number): CounterView {
  return withPhase(applyTurnEvent(view, event, at));
}

function applyTurnEvent(view: CounterView, event: TurnEvent, at: number): CounterView {
  if (event.type === 'turn-start') return startTurn(view, event, at);
  const turn = view.turns.find(({ id }) => id === event.turnId);
  if (!turn || turn.report) return view;
  if (event.type === 'turn-end') return endTurn(view, turn, event.turn);
  if (view.openTurn?.id !== turn.id) return view;
  switch (event.type) {
    case 'stage':
      return { ...view, openTurn: { id: turn.id, stage: event.stage } };
    case 'partial':
      return { ...view, partial: event.text };
    case 'transcript':
      return { ...withTurn(view, { ...turn, transcript: event.text }), partial: '' };
    case 'understood':
      return withTurn(view, { ...turn, understanding: event.understanding });
    case 'answer':
      return withTurn(view, { ...turn, answer: event.text });
    case 'sentence':
      return view;
  }
}

function startTurn(view: CounterView, event: TurnEvent & { type: 'turn-start' }, at: number): CounterView {
  if (view.turns.some(({ id }) => id === event.turnId)) return view;
  const turn: TurnView = {
    id: event.turnId,
    input: event.input,
    startedAt: at,
    startsCustomer: startsCustomer(view.turns.at(-1), at),
    transcript: null,
    understanding: null,
    answer: null,
    interrupted: false,
    report: null,
  };
  return {
    ...view,
    turns: [...view.turns, turn].slice(-maxTurnsShown),
    openTurn: { id: turn.id, stage: event.input === 'speech' ? 'opening' : 'thinking' },
    partial: '',
    notice: null,
    details: null,
  };
}

function startsCustomer(previous: TurnView | undefined, at: number): boolean {
  if (!previous) return true;
  return previous.understanding?.intent === 'goodbye' || at - previous.startedAt > customerPauseMs;
}

/**
 * What was cancelled never appears: neither its answer nor what was understood. A report with an answer tells of what is done, whose voice
 * alone was cut off: it stays.
 */
function endTurn(view: CounterView, turn: TurnView, report: Turn): CounterView {
  const cancelled = report.outcome === 'cancelled';
  const interrupted = cancelled && report.answer !== null;
  const ended: TurnView = {
    ...turn,
    transcript: report.transcript,
    understanding: cancelled && !interrupted ? null : report.understanding,
    answer: report.answer,
    interrupted,
    report,
  };
  const current = view.openTurn?.id === turn.id;
  const next: CounterView = {
    ...withTurn(view, ended),
    openTurn: current ? null : view.openTurn,
    partial: current ? '' : view.partial,
    backend: report.backend ?? view.backend,
  };
  if (!report.error || cancelled || !current) return next;
  return { ...next, notice: report.error.message, details: report.error };
}

function withTurn(view: CounterView, turn: TurnView): CounterView {
  return { ...view, turns: view.turns.map((other) => (other.id === turn.id ? turn : other)) };
}

function withNotice(view: CounterView, notice: NoticeReport | null): CounterView {
  if (!notice) return { ...view, notice: null, details: null };
  return { ...view, notice: notice.sentence, details: { code: notice.code, message: notice.message } };
}

function upsertProgress(all: CounterView['progress'], one: CounterView['progress'][number]): CounterView['progress'] {
  return all.some(({ packId }) => packId === one.packId)
    ? all.map((other) => (other.packId === one.packId ? one : other))
    : [...all, one];
}
