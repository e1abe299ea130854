import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import { type DialogueView, emptyDialogueView } from '../ai/dialogue.ts';
import type { Assistant, AssistantEvent } from './assistant-port.ts';
import type { DialogueStore } from './counter/dialogue.ts';
import { reduceAssistantEvent } from './counter/reducer.ts';
import { type CounterView, emptyView } from './counter/view.ts';
import type { FirstStart } from './first-start.ts';
import { batch, type Schedule } from './next-frame.ts';
import { connectionOf, type MirrorStore } from './page-mirror.ts';
import type { StorageState, StorageStore } from './page-storage.ts';

/** What a person can ask of the page. None of them waits for a model. */
export interface CounterIntents {
  /** Speak, finish speaking, interrupt to speak, or try again: whatever the button means now. */
  pressTalk: () => void;
  /** Ends the turn under way. */
  stop: () => void;
  sendText: (text: string) => void;
  retry: () => void;
  dismissNotice: () => void;
}

export interface CounterState extends CounterView, CounterIntents {
  /** The microphone's level, 0 to 1. Changes many times a second: read it outside of React's render path. */
  level: number;
  /** True on the first start with trial models, until the first turn. */
  tellsTrial: boolean;
  /** Where the dialogue stands. */
  dialogue: DialogueView;
  /** How the browser keeps the files; null where nobody looks. */
  storage: StorageState | null;
}
export type CounterStore = StoreApi<CounterState>;

export interface CounterStoreOptions {
  firstStart?: FirstStart;
  storage?: StorageStore;
  /** How the page stands with the companion. */
  mirror?: MirrorStore;
  dialogue?: DialogueStore;
  /** Epoch, milliseconds. */
  now?: () => number;
  /** When the screen takes what happened in a turn; at once unless told. A turn must not wait for each drawing of its progress. */
  schedule?: Schedule;
}

/** The counter page's state over an assistant, for as long as the page lives. */
export function createCounterStore(assistant: Assistant, options: CounterStoreOptions = {}): CounterStore {
  const { firstStart, now = Date.now, schedule = (task) => task() } = options;
  const store = createStore<CounterState>()((set, get) => ({
    ...emptyView,
    level: 0,
    tellsTrial: false,
    dialogue: options.dialogue?.getState() ?? emptyDialogueView,
    storage: options.storage?.getState() ?? null,
    pressTalk() {
      progress.flush();
      const { phase, rest } = get();
      if (phase === 'opening' || phase === 'listening') assistant.stopListening();
      else if (rest === 'failed') assistant.retry();
      else if (rest === 'ready') assistant.startListening();
    },
    stop() {
      if (get().openTurn) assistant.cancel();
    },
    sendText(text) {
      const trimmed = text.trim();
      if (trimmed !== '') assistant.say(trimmed);
    },
    retry: () => assistant.retry(),
    dismissNotice: () => set({ notice: null, details: null }),
  }));

  const trialSeen = firstStart?.trialSeen() ?? false;
  const take = (taken: Happening[]): void => {
    store.setState((state) => taken.reduce(reduceInto, state));
    if (taken.some(isTurnStart) && store.getState().trial) firstStart?.markTrialSeen();
    const { trial, turns, tellsTrial } = store.getState();
    const tells = trial && !trialSeen && turns.length === 0;
    if (tells !== tellsTrial) store.setState({ tellsTrial: tells });
  };
  const progress = batch(take, schedule);
  assistant.subscribe((event) => {
    if (event.type === 'level') {
      store.setState({ level: event.level });
      return;
    }
    progress.add({ event, at: now() });
    if (!isWithinTurn(event) || isListening(event)) progress.flush();
  });
  options.mirror?.subscribe(({ status }) => {
    store.setState({ connection: connectionOf(status) });
  });
  options.dialogue?.subscribe((dialogue) => {
    progress.add({ dialogue });
    // What was typed into the keypad is seen at once; a turn's own step comes with the rest of the turn.
    if (!store.getState().openTurn) progress.flush();
  });
  options.storage?.subscribe((storage, { notice: before }) => {
    store.setState({ storage });
    const { notice } = storage;
    if (notice && notice !== before) {
      store.setState((state) => reduceInto(state, { event: { type: 'notice', notice }, at: now() }));
    }
  });
  return store;
}

/** What the screen is told: what the assistant did and when, or where the dialogue stands now. */
type Happening = { event: AssistantEvent; at: number } | { dialogue: DialogueView };

function reduceInto(state: CounterState, happening: Happening): CounterState {
  if ('dialogue' in happening) return { ...state, dialogue: happening.dialogue };
  return { ...state, ...reduceAssistantEvent(state, happening.event, happening.at) };
}

/** True for what happens between a turn's start and its end. */
function isWithinTurn(event: AssistantEvent): boolean {
  return event.type === 'turn' && event.event.type !== 'turn-start' && event.event.type !== 'turn-end';
}

/** The clerk waits for it. */
function isListening(event: AssistantEvent): boolean {
  return event.type === 'turn' && event.event.type === 'stage' && event.event.stage === 'listening';
}

function isTurnStart(happening: Happening): boolean {
  return 'event' in happening && happening.event.type === 'turn' && happening.event.event.type === 'turn-start';
}

const CounterContext = createContext<CounterStore | null>(null);
export const CounterProvider = CounterContext.Provider;

/** The store of the page around the component. */
export function useCounterStore(): CounterStore {
  const store = useContext(CounterContext);
  if (!store) throw new Error('no counter store: wrap the component in CounterProvider');
  return store;
}

/** One value out of the store; the component renders again only when it changes. */
export function useCounter<T>(select: (state: CounterState) => T): T {
  return useStore(useCounterStore(), select);
}
