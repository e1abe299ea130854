import { describe, expect, it } from 'vitest';
import { earconBetween, followWithEarcons } from './earcons.ts';
import { createFakeAssistant, fakeModels, fakeReport, fakeTurnEvents } from './fake-assistant.ts';
import { createFirstStart } from './first-start.ts';
import { createCounterStore } from './store.ts';

function createMemory(): Pick<Storage, 'getItem' | 'setItem'> {
  const items = new Map<string, string>();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
}

describe('the store', () => {
  it('hands the level through without touching the rest', () => {
    const assistant = createFakeAssistant();
    const store = createCounterStore(assistant);
    const before = store.getState();
    assistant.emit({ type: 'level', level: 0.5 });
    expect(store.getState()).toEqual({ ...before, level: 0.5 });
  });

  it('tells of trial models on the first start, until the first turn', () => {
    const memory = createMemory();
    const start = () => {
      const assistant = createFakeAssistant();
      const store = createCounterStore(assistant, { firstStart: createFirstStart(() => memory) });
      assistant.emit({ type: 'models', models: fakeModels });
      return { assistant, store };
    };
    const first = start();
    expect(first.store.getState().tellsTrial).toBe(true);
    expect(start().store.getState().tellsTrial).toBe(true);
    for (const event of fakeTurnEvents(fakeReport('a'))) first.assistant.turn(event);
    expect(first.store.getState().tellsTrial).toBe(false);
    expect(start().store.getState().tellsTrial).toBe(false);
  });

  it('tells of trial models where nothing can be remembered, rather than fail', () => {
    const refused = createFirstStart(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect(refused.trialSeen()).toBe(false);
    expect(() => refused.markTrialSeen()).not.toThrow();
  });
});

describe('a schedule that draws now and then', () => {
  it('does not hold back that the microphone hears', () => {
    const assistant = createFakeAssistant();
    const store = createCounterStore(assistant, { schedule: () => undefined });
    assistant.emit({ type: 'ready', backend: 'wasm' });
    const [start, opening, listening, thinking] = fakeTurnEvents(fakeReport('a'));
    for (const event of [start, opening, listening]) if (event) assistant.turn(event);
    expect(store.getState().phase).toBe('listening');
    if (thinking) assistant.turn(thinking);
    expect(store.getState().phase).toBe('listening');
  });
});

describe('earcons', () => {
  it('mark the beginning and the end of listening, and never sound when the voice begins', () => {
    expect(earconBetween('opening', 'listening')).toBe('listen');
    expect(earconBetween('speaking', 'listening')).toBe('listen');
    expect(earconBetween('listening', 'thinking')).toBe('heard');
    expect(earconBetween('listening', 'speaking')).toBeNull();
    expect(earconBetween('thinking', 'speaking')).toBeNull();
    expect(earconBetween('listening', 'listening')).toBeNull();
  });

  it('promise nothing while the microphone opens, nor when it does not', () => {
    expect(earconBetween('ready', 'opening')).toBeNull();
    expect(earconBetween('opening', 'ready')).toBeNull();
  });

  it('follow a turn, and keep quiet when they are off', () => {
    const assistant = createFakeAssistant();
    const store = createCounterStore(assistant);
    const played: string[] = [];
    let enabled = true;
    const unfollow = followWithEarcons(
      store,
      (earcon) => played.push(earcon),
      () => enabled,
    );
    assistant.emit({ type: 'ready', backend: 'wasm' });
    for (const event of fakeTurnEvents(fakeReport('a'))) assistant.turn(event);
    expect(played).toEqual(['listen', 'heard']);
    enabled = false;
    for (const event of fakeTurnEvents(fakeReport('b'))) assistant.turn(event);
    enabled = true;
    unfollow();
    for (const event of fakeTurnEvents(fakeReport('c'))) assistant.turn(event);
    expect(played).toEqual(['listen', 'heard']);
  });
});
