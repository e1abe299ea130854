import { type SubmitEvent, useState } from 'react';
import type { Money } from '../../ai/dialogue.ts';
import type { Currency } from '../../schema.ts';
import { CurrencySelect } from './CurrencySelect.tsx';
import { BackspaceIcon } from './icons.tsx';

const keys = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '000', '0', ','];
/** What an amount looks like while it is typed: figures, and at most two after a comma. */
const partOfAmount = /^\d{0,12}(,\d{0,2})?$/;

interface Props {
  amount: Money | null;
  /** The currency that it begins with. */
  home: Currency;
  onSend: (text: string) => void;
}

/** An amount by fingers or keyboard, begun with what was heard; it is sent as the words for it. */
export function Keypad({ amount, home, onSend }: Props) {
  const [figures, setFigures] = useState(amount === null ? '' : amount.value.toString().replace('.', ','));
  const [currency, setCurrency] = useState<Currency>(home);
  const change = (next: string): void => {
    const plain = next.replaceAll(/[\s\u00a0\u202f]/g, '').replace('.', ',');
    if (partOfAmount.test(plain)) setFigures(plain);
  };
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (/\d/.test(figures)) onSend(`${figures} ${currency}`);
  };
  return (
    <form className="keypad" onSubmit={send} aria-label="Taper le montant">
      <div className="keypad-line">
        <input
          className="keypad-figures"
          aria-label="Montant"
          inputMode="decimal"
          autoComplete="off"
          value={figures}
          onChange={(event) => change(event.target.value)}
        />
        <CurrencySelect value={currency} onChange={setCurrency} />
      </div>
      <div className="keypad-keys">
        {keys.map((key) => (
          <button className="keypad-key" type="button" key={key} onClick={() => change(figures + key)}>
            {key}
          </button>
        ))}
        <button
          className="keypad-key"
          type="button"
          aria-label="Effacer un chiffre"
          onClick={() => change(figures.slice(0, -1))}
        >
          <BackspaceIcon />
        </button>
        <button className="prompt-choice keypad-send" data-main="true" type="submit" disabled={!/\d/.test(figures)}>
          Valider
        </button>
      </div>
    </form>
  );
}
