// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createFakeAssistant,
  type FakeAssistant,
  fakeInvoice,
  fakeModels,
  fakeReport,
  fakeTurnEvents,
} from '../fake-assistant.ts';
import { CounterProvider, type CounterStore, createCounterStore } from '../store.ts';
import { CounterPage } from './CounterPage.tsx';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let assistant: FakeAssistant;
let store: CounterStore;
let root: Root;

beforeEach(() => {
  assistant = createFakeAssistant();
  store = createCounterStore(assistant, { now: () => Date.UTC(2026, 10, 22, 14, 3) });
  const container = document.body.appendChild(document.createElement('div'));
  root = createRoot(container);
  act(() =>
    root.render(
      <CounterProvider value={store}>
        <CounterPage />
      </CounterProvider>,
    ),
  );
});
afterEach(() => {
  act(() => root.unmount());
  document.body.replaceChildren();
});

function element<E extends Element = HTMLElement>(selector: string): E {
  const found = document.querySelector<E>(selector);
  if (!found) throw new Error(`nothing on the page matches ${selector}`);
  return found;
}
const talkButton = () => element<HTMLButtonElement>('button[aria-label="Parler"]');
const stopButton = () => element<HTMLButtonElement>('button[aria-label="Arrêter"]');
const textbox = () => element<HTMLInputElement>('input[aria-label="Écrire à La Grâce"]');
const log = () => element('[role="log"][aria-label="Conversation"]');
const status = () => element('[role="status"]');
const ready = () => act(() => assistant.emit({ type: 'ready', backend: 'wasm' }));
const play = (report = fakeReport('a'), drop = 0) =>
  act(() => {
    const events = fakeTurnEvents(report);
    for (const event of events.slice(0, events.length - drop)) assistant.turn(event);
  });
/** React hears a typed value only when it comes past its own property. */
function type(text: string): void {
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(textbox(), text);
    textbox().dispatchEvent(new Event('input', { bubbles: true }));
  });
}
function press(key: string, on: EventTarget = document.body, init: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  act(() => void on.dispatchEvent(event));
  return event;
}

describe('names that tests and assistive technology hold on to', () => {
  it('says which part is being replaced, unless it listens or speaks', () => {
    const words = () => status().textContent;
    act(() => assistant.emit({ type: 'ready', backend: 'wasm' }));
    act(() => assistant.emit({ type: 'reloading', task: 'stt' }));
    expect(words()).toBe('Je relance l’écoute…');
    act(() => assistant.turn({ type: 'turn-start', turnId: 'a', input: 'speech' }));
    act(() => assistant.turn({ type: 'stage', turnId: 'a', stage: 'listening' }));
    expect(words()).toBe('J’écoute…');
    act(() => assistant.turn({ type: 'stage', turnId: 'a', stage: 'thinking' }));
    expect(words()).toBe('Je relance l’écoute…');
    act(() => assistant.emit({ type: 'reloaded', task: 'stt' }));
    expect(words()).toBe('Je cherche…');
  });

  it('are there from the first moment', () => {
    expect(talkButton().getAttribute('aria-pressed')).toBe('false');
    expect(talkButton().getAttribute('aria-disabled')).toBe('true');
    expect(log().getAttribute('aria-live')).toBe('polite');
    expect(textbox().type).toBe('text');
    expect(status().textContent).toBe('Je me prépare…');
  });

  it('tell the state in words and by the pressed button', () => {
    ready();
    expect(status().textContent).toBe('Appuyez et parlez');
    expect(talkButton().getAttribute('aria-disabled')).toBe('false');
    act(() => assistant.turn({ type: 'turn-start', turnId: 'a', input: 'speech' }));
    expect(status().textContent).toBe('J’ouvre le micro…');
    expect(talkButton().getAttribute('aria-pressed')).toBe('true');
    act(() => assistant.turn({ type: 'stage', turnId: 'a', stage: 'listening' }));
    expect(status().textContent).toBe('J’écoute…');
    expect(talkButton().getAttribute('aria-pressed')).toBe('true');
    act(() => assistant.turn({ type: 'stage', turnId: 'a', stage: 'thinking' }));
    expect(status().textContent).toBe('Je cherche…');
    expect(talkButton().getAttribute('aria-pressed')).toBe('false');
  });
});

describe('the layout', () => {
  it('has the same elements in every state', () => {
    const skeleton = () =>
      [...document.querySelectorAll('.strip > *, .counter-main > *, .counter-dock *, .textbox *')].map(
        (node) => `${node.tagName}.${node.getAttribute('class')}`,
      );
    const loading = skeleton();
    expect(loading.length).toBeGreaterThan(20);
    ready();
    expect(skeleton()).toEqual(loading);
    for (const event of fakeTurnEvents(fakeReport('a'))) {
      act(() => assistant.turn(event));
      expect(skeleton()).toEqual(loading);
    }
    act(() =>
      assistant.emit({ type: 'failed', notice: { sentence: 'Il manque un fichier.', code: 'c', message: 'm' } }),
    );
    expect(skeleton()).toEqual(loading);
  });
});

describe('the keyboard', () => {
  beforeEach(ready);

  it('talks with the space bar, and ends the utterance with it', () => {
    expect(press(' ').defaultPrevented).toBe(true);
    expect(assistant.calls).toEqual(['startListening']);
    act(() => assistant.turn({ type: 'turn-start', turnId: 'a', input: 'speech' }));
    press(' ');
    expect(assistant.calls).toEqual(['startListening', 'stopListening']);
  });

  it('leaves the space bar to a text that is typed and to a button that has the focus', () => {
    expect(press(' ', textbox()).defaultPrevented).toBe(false);
    expect(press(' ', talkButton()).defaultPrevented).toBe(false);
    expect(assistant.calls).toEqual([]);
  });

  it('hears a held key once, and none that belongs to a shortcut', () => {
    press(' ', document.body, { repeat: true });
    press(' ', document.body, { ctrlKey: true });
    expect(assistant.calls).toEqual([]);
  });

  it('stops a turn with Escape, from the text box as well, and does nothing between turns', () => {
    press('Escape');
    expect(assistant.calls).toEqual([]);
    act(() => assistant.turn({ type: 'turn-start', turnId: 'a', input: 'speech' }));
    press('Escape', textbox());
    expect(assistant.calls).toEqual(['cancel']);
  });
});

describe('the buttons', () => {
  it('do not listen while models load', () => {
    act(() => talkButton().click());
    expect(assistant.calls).toEqual([]);
  });

  it('interrupt an answer to listen', () => {
    ready();
    play(fakeReport('a'), 1);
    act(() => talkButton().click());
    expect(assistant.calls).toEqual(['startListening']);
  });

  it('can stop only what runs', () => {
    ready();
    expect(stopButton().disabled).toBe(true);
    play(fakeReport('a'), 1);
    act(() => stopButton().click());
    expect(assistant.calls).toEqual(['cancel']);
  });

  it('load again after a failure', () => {
    act(() =>
      assistant.emit({ type: 'failed', notice: { sentence: 'Il manque un fichier.', code: 'c', message: 'm' } }),
    );
    act(() => talkButton().click());
    expect(assistant.calls).toEqual(['retry']);
  });
});

describe('models that are still coming', () => {
  const voice = (loadedBytes: number) =>
    act(() =>
      assistant.emit({ type: 'progress', progress: { packId: 'starter-voice', loadedBytes, totalBytes: 100 } }),
    );

  it('let one type meanwhile, but not speak, and leave the utterance in hand its end', () => {
    act(() => assistant.turn({ type: 'turn-start', turnId: 'a', input: 'text' }));
    act(() => talkButton().click());
    expect(assistant.calls).toEqual([]);
    ready();
    act(() => assistant.turn({ type: 'turn-start', turnId: 'b', input: 'speech' }));
    act(() => assistant.emit({ type: 'loading' }));
    act(() => talkButton().click());
    expect(assistant.calls).toEqual(['stopListening']);
  });

  it('are told in the strip once the page is ready', () => {
    act(() => assistant.emit({ type: 'models', models: fakeModels }));
    voice(10);
    expect(element('.strip-model').textContent).toBe('Démarrage (modèle d’essai)');
    ready();
    expect(element('.strip-model').textContent).toMatch(/^Voix… 10\s%$/);
    voice(100);
    expect(element('.strip-model').textContent).toBe('Démarrage (modèle d’essai)');
  });
});

describe('the level', () => {
  it('moves the ring without rendering anything', () => {
    ready();
    const before = document.body.innerHTML;
    act(() => assistant.emit({ type: 'level', level: 0.42 }));
    expect(talkButton().style.getPropertyValue('--level')).toBe('0.420');
    talkButton().style.setProperty('--level', '0.000');
    expect(document.body.innerHTML).toBe(before);
  });
});

describe('the text box', () => {
  beforeEach(ready);
  const submit = () => act(() => element<HTMLFormElement>('form').requestSubmit());

  it('sends what was typed, trimmed, and is empty again', () => {
    type('  une facture ');
    submit();
    expect(assistant.calls).toEqual(['say(une facture)']);
    expect(textbox().value).toBe('');
  });

  it('sends nothing when nothing was typed', () => {
    type('   ');
    submit();
    expect(assistant.calls).toEqual([]);
  });
});

describe('the receipt', () => {
  it('begins with what one can say', () => {
    ready();
    expect(log().children).toHaveLength(0);
    expect(element('.welcome').getAttribute('aria-hidden')).toBe('false');
    expect(element('.welcome').textContent).toContain('Je voudrais une facture');
  });

  it('shows an invoice with its amount, its slots, its confidence and the answer', () => {
    ready();
    play(fakeReport('a', { transcript: 'une facture', understanding: fakeInvoice, answer: 'D’accord.' }));
    const lines = [...log().querySelectorAll('.line')].map((line) => {
      const [label, value] = [line.querySelector('dt'), line.querySelector('dd')];
      return [label?.textContent, value?.textContent?.replace(/\s/g, ' ')];
    });
    expect(lines).toEqual([
      ['Compris', 'confiance 98 % Facture'],
      ['Montant', '250 $US'],
      ['Devise', 'dollar des États-Unis'],
      ['Client', 'Kabongo'],
    ]);
    expect(log().textContent).toContain('«\u00a0une facture\u00a0»');
    expect(element('.turn-answer').textContent).toBe('La Grâce : D’accord.');
  });

  it('says in words how a turn without an answer ended', () => {
    ready();
    const silent = { transcript: null, understanding: null, answer: null } as const;
    play(fakeReport('a', { ...silent, outcome: 'nothing-heard' }));
    play(fakeReport('b', { ...silent, outcome: 'cancelled' }));
    play(fakeReport('c', { ...silent, outcome: 'failed' }));
    expect([...log().querySelectorAll('.turn-ending')].map((ending) => ending.textContent)).toEqual([
      'Je n’ai rien entendu. Le micro est peut-être coupé.',
      'Annulé.',
      'Je n’ai pas pu répondre.',
    ]);
  });

  it('keeps an answer whose voice was cut off, and says so below it', () => {
    ready();
    play(fakeReport('a', { answer: 'C’est fait.' }), 1);
    play(fakeReport('a', { outcome: 'cancelled', answer: 'C’est fait.' }));
    expect(element('.turn-answer').textContent).toBe('La Grâce : C’est fait.');
    expect(element('.turn-ending').textContent).toBe('Interrompu.');
  });

  it('prints what is being loaded, model by model, with the total', () => {
    act(() => {
      assistant.emit({ type: 'models', models: fakeModels });
      assistant.emit({ type: 'progress', progress: { packId: 'starter-whisper', loadedBytes: 6e6, totalBytes: 12e6 } });
    });
    expect(element('.loading').textContent).toMatch(/Écoute · Démarrage6,0 \/ 12,0\u00a0Mo/);
    expect(element('.loading').textContent).toMatch(/Voix · Démarrageen attente/);
    expect(element('[role="progressbar"]').getAttribute('aria-valuenow')).toBe('50');
  });
});

describe('what must be known', () => {
  it('is said in French, with the code behind the details, and can be dismissed', () => {
    ready();
    const error = { code: 'microphone-denied', message: 'Je n’ai pas accès au micro.' };
    play(fakeReport('a', { outcome: 'failed', transcript: null, understanding: null, answer: null, error }));
    expect(element('.notice-sentence').textContent).toBe(error.message);
    expect(element('.notice-details').hasAttribute('open')).toBe(false);
    expect(element('.notice-details p').textContent).toBe('microphone-denied');
    act(() => element<HTMLButtonElement>('.notice-close').click());
    expect(document.querySelector('.notice')).toBeNull();
  });

  it('is in the strip: connection, model and its being a trial, backend', () => {
    act(() => assistant.emit({ type: 'models', models: fakeModels }));
    ready();
    act(() => assistant.emit({ type: 'connection', connection: { pending: 3 } }));
    expect(element('.strip-connection').textContent).toBe('3 en attente');
    expect(element('.strip-model').textContent).toBe('Démarrage (modèle d’essai)');
    expect(element('.strip-backend').textContent).toBe('WASM');
  });

  it('is in the details: the trial, and the last turn as it was measured', () => {
    act(() => assistant.emit({ type: 'models', models: fakeModels }));
    ready();
    expect(element('.details').textContent).toContain('Rien encore');
    play();
    expect(element('.details').textContent).toContain('Modèle d’essai, entraîné sur des voix de synthèse');
    expect(element('.details').textContent).toMatch(/Certitude de l’écoute92\s%/);
    expect(element('.details').textContent).toMatch(/Premier son398\sms/);
  });
});
