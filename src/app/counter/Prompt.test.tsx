// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { type DialogueView, emptyDialogueView, type OpenView } from '../../ai/dialogue.ts';
import { createFakeAssistant, type FakeAssistant } from '../fake-assistant.ts';
import { CounterProvider, createCounterStore } from '../store.ts';
import { Prompt } from './Prompt.tsx';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const invoice: OpenView = {
  question: 'confirm',
  kind: 'invoice',
  amount: { value: 100, currency: 'USD' },
  lines: [],
  unpriced: null,
  terms: [
    { part: 'discount', label: 'Remise de 10 %', sum: { value: -10, currency: 'USD' }, removal: 'sans remise' },
    { part: 'payment', label: 'Payé en espèces', sum: null, removal: 'sans moyen de paiement' },
  ],
  termChoices: {
    discount: [{ label: '5 %', says: 'remise de 5 pour cent' }],
    tax: [{ label: '16 %', says: 'taxe de 16 pour cent' }],
    payment: [{ label: 'Carte', says: 'payé par carte' }],
  },
  heard: { value: 100, currency: 'USD' },
  takesLines: true,
  currency: 'USD',
  due: { value: 90, currency: 'USD' },
  client: { name: 'Marie' },
  choices: [{ label: 'Oui', says: 'oui', main: true }],
  keypad: false,
};

let assistant: FakeAssistant;
let root: Root;
const dialogue = createStore<DialogueView>(() => emptyDialogueView);
const show = (changes: Partial<OpenView> = {}): void =>
  act(() => dialogue.setState({ ...emptyDialogueView, open: { ...invoice, ...changes } }, true));

beforeEach(() => {
  assistant = createFakeAssistant();
  root = createRoot(document.body.appendChild(document.createElement('div')));
  const store = createCounterStore(assistant, { dialogue });
  act(() =>
    root.render(
      <CounterProvider value={store}>
        <Prompt />
      </CounterProvider>,
    ),
  );
  show();
});
afterEach(() => {
  act(() => root.unmount());
  document.body.replaceChildren();
});

const buttons = () => [...document.querySelectorAll('button')];
const named = (name: string) =>
  buttons().find((button) => (button.getAttribute('aria-label') ?? button.textContent) === name);
function tap(...names: string[]): void {
  for (const name of names) {
    const button = named(name);
    if (button === undefined) throw new Error(`nothing is called ${name}`);
    act(() => button.click());
  }
}
const words = () => document.body.textContent?.replaceAll(/\s/g, ' ');

const field = (name: string): HTMLInputElement => {
  const input = document.querySelector<HTMLInputElement>(`input[aria-label="${name}"]`);
  if (input === null) throw new Error(`no field is called ${name}`);
  return input;
};
/** As a person types: React hears of a value only through the element's own setter. */
function type(name: string, text: string): void {
  const input = field(name);
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

describe('lines at the counter', () => {
  const usd = (value: number) => ({ value, currency: 'USD' as const });
  const soap = {
    product: 'savons',
    quantity: 3,
    unitPrice: usd(2.5),
    total: usd(7.5),
    removal: 'enlève la ligne 1',
    isNamedAlone: true,
  };
  const bread = { ...soap, product: 'pain', quantity: 1, total: usd(1), removal: 'enlève la ligne 2' };

  it('a line that is tapped opens with what it is, and is sent changed', () => {
    show({ lines: [soap, bread] });
    tap('Changer 3 savons');
    expect([field('Quantité').value, field('Article').value, field('Prix de la pièce').value]).toEqual([
      '3',
      'savons',
      '2,5',
    ]);
    expect(field('Article').readOnly).toBe(true);
    expect(document.activeElement).toBe(field('Quantité'));
    type('Quantité', '5');
    tap('Changer');
    expect(assistant.calls).toEqual(['say(5 « savons » à 2,5 USD)']);
    expect(document.querySelector('form')).toBeNull();
  });

  it('a line is not changed by name where another has the same', () => {
    show({ lines: [{ ...soap, isNamedAlone: false }, bread] });
    expect(named('Changer 3 savons')).toBeUndefined();
    expect(named('Enlever savons')).toBeDefined();
    expect(named('Changer 1 pain')).toBeDefined();
  });

  it('no line is changed while the price of another is asked', () => {
    show({ question: 'price', lines: [soap], unpriced: '2 pains' });
    expect(named('Changer 3 savons')).toBeUndefined();
  });
});

describe('discount, tax and payment at the counter', () => {
  it.each([
    [['Remise', '5 %'], 'remise de 5 pour cent'],
    [['Remise', 'Autre…', '1', '2', ',', '5', 'Valider'], 'remise de 12,5 pour cent'],
    [['Taxe', '16 %'], 'taxe de 16 pour cent'],
    [['Taxe', 'Autre…', '8', 'Valider'], 'taxe de 8 pour cent'],
    [['Paiement', 'Carte'], 'payé par carte'],
    [['Enlever : Remise de 10 %'], 'sans remise'],
    [['Enlever : Payé en espèces'], 'sans moyen de paiement'],
  ])('%j says %j', (taps, said) => {
    tap(...taps);
    expect(assistant.calls).toEqual([`say(${said})`]);
    expect(named('Oui')).toBeDefined();
  });

  it('a discount may be a sum of money', () => {
    tap('Remise', 'Autre…', '1', '5', '0');
    expect(named('Valider')?.disabled).toBe(true);
    act(() => {
      const unit = document.querySelector('select');
      if (unit === null) throw new Error('there is no unit');
      unit.value = 'USD';
      unit.dispatchEvent(new Event('change', { bubbles: true }));
    });
    tap('Valider');
    expect(assistant.calls).toEqual(['say(remise de 150 USD)']);
  });

  it('are shown with what they make, and what is to be paid', () => {
    expect(words()).toContain('Montant : 100');
    expect(words()).toContain('Remise de 10 %− 10 $US');
    expect(words()).toContain('Payé en espèces');
    expect(words()).toContain('À payer : 90');
    expect(document.querySelectorAll('.visually-hidden')).toHaveLength(0);
  });

  it('are left without a word being sent', () => {
    tap('Remise', 'Autre…', 'Retour', 'Retour', 'Taxe', 'Taxe');
    expect(assistant.calls).toEqual([]);
    expect(named('Oui')).toBeDefined();
  });

  it('cannot be tapped where they cannot be told', () => {
    tap('Remise');
    show({ termChoices: null });
    expect(named('Remise')).toBeUndefined();
    expect(named('Oui')).toBeDefined();
  });
});
