import { describe, expect, it } from 'vitest';
import type { TurnEvent } from '../../ai/turn.ts';
import type { AssistantEvent } from '../assistant-port.ts';
import { fakeInvoice, fakeModels, fakeReport, fakeTurnEvents } from '../fake-assistant.ts';
import { customerPauseMs, maxTurnsShown, reduceAssistantEvent, reduceTurnEvent } from './reducer.ts';
import { type CounterView, emptyView } from './view.ts';

const ready: CounterView = { ...emptyView, phase: 'ready', rest: 'ready' };

function play(events: TurnEvent[], from: CounterView = ready, at = 0): CounterView {
  return events.reduce((view, event) => reduceTurnEvent(view, event, at), from);
}

/** A small deterministic generator, so that a failure can be repeated. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('a turn on the receipt', () => {
  it('shows what was heard, understood and answered', () => {
    const report = fakeReport('a', { transcript: 'une facture', understanding: fakeInvoice, answer: 'D’accord.' });
    const [turn] = play(fakeTurnEvents(report)).turns;
    expect(turn).toMatchObject({ transcript: 'une facture', understanding: fakeInvoice, answer: 'D’accord.', report });
  });

  it('goes through opening, listening, thinking and speaking, and leaves the page ready', () => {
    const phases: string[] = [];
    let view = ready;
    for (const event of fakeTurnEvents(fakeReport('a'))) {
      view = reduceTurnEvent(view, event, 0);
      if (view.phase !== phases.at(-1)) phases.push(view.phase);
    }
    expect(phases).toEqual(['opening', 'listening', 'thinking', 'speaking', 'ready']);
  });

  it('shows the words so far only until they are final', () => {
    const events = fakeTurnEvents(fakeReport('a'));
    const partialAt = events.findIndex(({ type }) => type === 'partial');
    expect(play(events.slice(0, partialAt + 1)).partial).not.toBe('');
    expect(play(events.slice(0, partialAt + 2)).partial).toBe('');
  });

  /** Cancelled after so many of its events. */
  const cancelledAfter = (reached: number): CounterView => {
    const report = fakeReport('a', { outcome: 'cancelled', ...(reached < answeredAt && { answer: null }) });
    return play([
      ...fakeTurnEvents(fakeReport('a')).slice(0, reached),
      { type: 'turn-end', turnId: 'a', turn: report },
    ]);
  };
  const answeredAt = fakeTurnEvents(fakeReport('a')).findIndex(({ type }) => type === 'answer') + 1;

  it('shows no answer and nothing understood once it is cancelled before its answer', () => {
    for (let reached = 1; reached < answeredAt; reached++) {
      const view = cancelledAfter(reached);
      expect(view.turns[0]).toMatchObject({ answer: null, understanding: null, interrupted: false });
      expect(view.notice).toBeNull();
    }
  });

  it('goes on telling what was done when it is cancelled while that is said', () => {
    const { answer, understanding } = fakeReport('a');
    for (let reached = answeredAt; reached < fakeTurnEvents(fakeReport('a')).length; reached++) {
      const view = cancelledAfter(reached);
      expect(view.turns[0]).toMatchObject({ answer, understanding, interrupted: true });
      expect(view.notice).toBeNull();
    }
  });

  it('tells what was done though it was cancelled before it could say so', () => {
    const report = fakeReport('a', { outcome: 'cancelled' });
    const [start] = fakeTurnEvents(report);
    const view = play([...(start ? [start] : []), { type: 'turn-end', turnId: 'a', turn: report }]);
    expect(view.turns[0]).toMatchObject({ answer: report.answer, interrupted: true });
  });

  it('that another one replaced shows no result and does not end the new one', () => {
    const [start, ...rest] = fakeTurnEvents(fakeReport('a'));
    const replaced = play([start as TurnEvent, { type: 'turn-start', turnId: 'b', input: 'speech' }]);
    const view = play(rest.slice(0, -1), replaced);
    expect(view.turns[0]).toMatchObject({ transcript: null, answer: null });
    const ended = play([{ type: 'turn-end', turnId: 'a', turn: fakeReport('a', { outcome: 'cancelled' }) }], view);
    expect(ended.phase).toBe('opening');
    expect(ended.openTurn?.id).toBe('b');
  });

  it('that failed says what to do and keeps the code for the details', () => {
    const error = { code: 'microphone-denied', message: 'Je n’ai pas accès au micro.' };
    const view = play(fakeTurnEvents(fakeReport('a', { outcome: 'failed', answer: null, error })));
    expect(view.notice).toBe(error.message);
    expect(view.details).toEqual(error);
    expect(play([{ type: 'turn-start', turnId: 'b', input: 'text' }], view).notice).toBeNull();
  });
});

describe('customers', () => {
  const turnAt = (view: CounterView, id: string, at: number, report = fakeReport(id)) =>
    play(fakeTurnEvents(report), view, at);

  it('are parted after a goodbye', () => {
    const goodbye = fakeReport('a', {
      understanding: { intent: 'goodbye', confidence: 1, by: 'template', slots: {} },
    });
    const view = turnAt(turnAt(turnAt(ready, 'a', 0, goodbye), 'b', 10), 'c', 20);
    expect(view.turns.map(({ startsCustomer }) => startsCustomer)).toEqual([true, true, false]);
  });

  it('are parted after a long pause', () => {
    const view = turnAt(turnAt(ready, 'a', 0), 'b', customerPauseMs + 1);
    expect(view.turns.map(({ startsCustomer }) => startsCustomer)).toEqual([true, true]);
  });
});

describe('laws of the receipt', () => {
  const ids = Array.from({ length: 6 }, (_, index) => `turn-${index}`);
  const outcomes = ['answered', 'cancelled', 'failed', 'nothing-heard'] as const;
  function pick<T>(items: readonly T[], random: (below: number) => number): T {
    return items[random(items.length)] as T;
  }

  /** Sixty events of six turns, in no order at all. */
  function anyEvents(seed: number): TurnEvent[] {
    const random = createRandom(seed);
    return Array.from({ length: 60 }, () =>
      pick(fakeTurnEvents(fakeReport(pick(ids, random), { outcome: pick(outcomes, random) })), random),
    );
  }

  it.each(Array.from({ length: 200 }, (_, seed) => seed))('hold for any sequence of events, seed %d', (seed) => {
    const started = new Set<string>();
    let view = ready;
    for (const event of anyEvents(seed)) {
      if (event.type === 'turn-start') started.add(event.turnId);
      view = reduceTurnEvent(view, event, 0);
      expect(view.turns.map((turn) => turn.id).sort()).toEqual([...started].sort());
      expect(view.phase).toBe(view.openTurn?.stage ?? 'ready');
      expect(view.openTurn === null || started.has(view.openTurn.id)).toBe(true);
      const cancelled = view.turns.filter(({ report }) => report?.outcome === 'cancelled');
      for (const { answer, understanding, interrupted } of cancelled) {
        expect(interrupted).toBe(answer !== null);
        expect(interrupted || understanding === null).toBe(true);
      }
    }
  });

  it('keep the receipt short over a day', () => {
    let view = ready;
    for (let index = 0; index < maxTurnsShown + 20; index++) {
      view = play(fakeTurnEvents(fakeReport(`turn-${index}`)), view);
    }
    expect(view.turns).toHaveLength(maxTurnsShown);
    expect(view.turns.at(-1)?.id).toBe(`turn-${maxTurnsShown + 19}`);
  });

  it('keep no sound', () => {
    const view = play(fakeTurnEvents(fakeReport('a')));
    expect(JSON.stringify(view)).not.toContain('sampleRate');
  });
});

describe('the assistant', () => {
  it('is loading until it can listen, and again when a model has to be reloaded', () => {
    expect(emptyView.phase).toBe('loading');
    const view = reduceAssistantEvent(emptyView, { type: 'ready', backend: 'webgpu' }, 0);
    expect(view).toMatchObject({ phase: 'ready', backend: 'webgpu' });
    expect(reduceAssistantEvent(view, { type: 'loading' }, 0).phase).toBe('loading');
  });

  it('keeps count of the parts that are being replaced, and can be spoken to meanwhile', () => {
    const events: AssistantEvent[] = [
      { type: 'ready', backend: 'wasm' },
      { type: 'reloading', task: 'stt' },
      { type: 'reloading', task: 'tts' },
      { type: 'reloading', task: 'stt' },
      { type: 'reloaded', task: 'stt' },
    ];
    const views = events.map((_, index) =>
      events.slice(0, index + 1).reduce((view, event) => reduceAssistantEvent(view, event, 0), emptyView),
    );
    expect(views.map(({ reloading }) => reloading.join())).toEqual(['', 'stt', 'stt,tts', 'tts,stt', 'tts']);
    expect(new Set(views.map(({ phase }) => phase))).toEqual(new Set(['ready']));
  });

  it('is a trial when one of its models is', () => {
    const view = reduceAssistantEvent(emptyView, { type: 'models', models: fakeModels }, 0);
    expect(view.trial).toBe(true);
    const full = fakeModels.map((model) => ({ ...model, trial: false }));
    expect(reduceAssistantEvent(view, { type: 'models', models: full }, 0).trial).toBe(false);
  });

  it('reports the progress of each pack once, the newest', () => {
    const progress = (packId: string, loadedBytes: number) =>
      ({ type: 'progress', progress: { packId, loadedBytes, totalBytes: 10 } }) as const;
    const view = [progress('a', 1), progress('b', 2), progress('a', 7)].reduce(
      (before, event) => reduceAssistantEvent(before, event, 0),
      emptyView,
    );
    expect(view.progress.map(({ packId, loadedBytes }) => [packId, loadedBytes])).toEqual([
      ['a', 7],
      ['b', 2],
    ]);
  });

  it('that failed says so until it is loaded again', () => {
    const notice = { sentence: 'Il manque un fichier du modèle.', code: 'model-missing', message: '404' };
    const failed = reduceAssistantEvent(emptyView, { type: 'failed', notice }, 0);
    expect(failed).toMatchObject({ phase: 'failed', notice: notice.sentence });
    expect(reduceAssistantEvent(failed, { type: 'loading' }, 0)).toMatchObject({ phase: 'loading', notice: null });
  });
});
