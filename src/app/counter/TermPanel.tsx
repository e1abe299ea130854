import { useState } from 'react';
import type { Choice, TermPart } from '../../ai/dialogue.ts';
import type { Currency } from '../../schema.ts';
import { formatAmount } from './format.ts';
import { NumberPad } from './NumberPad.tsx';
import { termWords } from './words.ts';

interface Props {
  part: TermPart;
  choices: readonly Choice[];
  /** The document's. */
  currency: Currency;
  onSend: (text: string) => void;
  onClose: () => void;
}

/** What can be tapped of one term: the usual, or another one by its figures. It is sent as the words for it. */
export function TermPanel({ part, choices, currency, onSend, onClose }: Props) {
  const [types, setTypes] = useState(false);
  const back = (
    <button className="prompt-choice" type="button" onClick={types ? () => setTypes(false) : onClose}>
      Retour
    </button>
  );
  return (
    <>
      <p className="prompt-question">{termWords[part].question}</p>
      {types && part !== 'payment' ? (
        <>
          <TermPad part={part} currency={currency} onSend={onSend} />
          {back}
        </>
      ) : (
        <div className="prompt-choices">
          {choices.map(({ label, says, chosen }) => (
            <button
              className="prompt-choice"
              type="button"
              key={says}
              aria-pressed={chosen === true}
              onClick={() => onSend(says)}
            >
              {label}
            </button>
          ))}
          {part !== 'payment' && (
            <button className="prompt-choice" type="button" onClick={() => setTypes(true)}>
              Autre…
            </button>
          )}
          {back}
        </div>
      )}
    </>
  );
}

interface PadProps {
  part: 'discount' | 'tax';
  currency: Currency;
  onSend: (text: string) => void;
}

/** A percentage, or for a discount a sum of money as well. */
function TermPad({ part, currency, onSend }: PadProps) {
  const [isPercent, setIsPercent] = useState(true);
  const { pad, says } = termWords[part];
  return (
    <NumberPad
      label={pad}
      name={termWords[part].name}
      unit={
        <select
          className="keypad-currency"
          aria-label="Unité"
          value={isPercent ? '%' : currency}
          onChange={({ target }) => setIsPercent(target.value === '%')}
        >
          <option value="%">%</option>
          {part === 'discount' && <option value={currency}>{formatAmount(0, currency).sign}</option>}
        </select>
      }
      takes={(figures) => /[1-9]/.test(figures) && (!isPercent || Number(figures.replace(',', '.')) <= 100)}
      onSend={(figures) => onSend(`${says} ${figures} ${isPercent ? 'pour cent' : currency}`)}
    />
  );
}
