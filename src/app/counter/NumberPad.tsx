import { type ReactNode, type SubmitEvent, useState } from 'react';
import { BackspaceIcon } from './icons.tsx';

const keys = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '000', '0', ','];
/** What a number looks like while it is typed: figures, and at most two after a comma. */
const partOfNumber = /^\d{0,12}(,\d{0,2})?$/;

interface Props {
  /** What the keys are for, and what the number is. */
  label: string;
  name: string;
  begins?: string;
  /** Beside the figures: what they count. */
  unit: ReactNode;
  /** Whether these figures can be sent. */
  takes: (figures: string) => boolean;
  onSend: (figures: string) => void;
}

/** A number by fingers or keyboard, with a comma before its decimals. */
export function NumberPad({ label, name, begins = '', unit, takes, onSend }: Props) {
  const [figures, setFigures] = useState(begins);
  const change = (next: string): void => {
    const plain = next.replaceAll(/[\s\u00a0\u202f]/g, '').replace('.', ',');
    if (partOfNumber.test(plain)) setFigures(plain);
  };
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (takes(figures)) onSend(figures);
  };
  return (
    <form className="keypad" onSubmit={send} aria-label={label}>
      <div className="keypad-line">
        <input
          className="keypad-figures"
          aria-label={name}
          inputMode="decimal"
          autoComplete="off"
          value={figures}
          onChange={(event) => change(event.target.value)}
        />
        {unit}
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
        <button className="prompt-choice keypad-send" data-main="true" type="submit" disabled={!takes(figures)}>
          Valider
        </button>
      </div>
    </form>
  );
}
