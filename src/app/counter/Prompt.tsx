import './prompt.css';
import { type CSSProperties, useId, useState } from 'react';
import type { Money, OpenView } from '../../ai/dialogue.ts';
import { useCounter } from '../store.ts';
import { countFigures, formatAmount } from './format.ts';
import { Keypad } from './Keypad.tsx';
import { questionWords, templateWords } from './words.ts';

/** What the dialogue is about, at the receipt's foot: the amount alone and huge, and the answers that can be tapped. */
export function Prompt() {
  const open = useCounter((state) => state.dialogue.open);
  if (open === null) return null;
  return <OpenPrompt key={open.keypad ? 'keypad' : 'choices'} open={open} />;
}

function OpenPrompt({ open }: { open: OpenView }) {
  const sendText = useCounter((state) => state.sendText);
  const [typing, setTyping] = useState(open.keypad);
  const titleId = useId();
  const asksAmount = open.question === 'amount' || open.question === 'which-amount' || open.question === 'check-amount';
  const types = typing && asksAmount;
  const send = (text: string): void => {
    // Who taps what is to be changed goes on with the fingers.
    setTyping(text === 'le montant');
    sendText(text);
  };
  return (
    <section className="prompt" aria-labelledby={titleId}>
      <h2 className="prompt-title" id={titleId}>
        {templateWords[open.kind]}
        {open.client && <span className="prompt-client">{open.client.name ?? 'Sans nom'}</span>}
      </h2>
      {open.amount && !types && <PromptAmount label="Montant" amount={open.amount} />}
      {open.due && !types && <PromptAmount label="À payer" amount={open.due} />}
      <p className="prompt-question">{questionWords[open.question]}</p>
      {types && <Keypad amount={open.amount} home={open.currency} onSend={send} />}
      <div className="prompt-choices" data-count={open.choices.length + (asksAmount && !types ? 1 : 0)}>
        {open.choices.map(({ label, says, main }) => (
          <button
            className="prompt-choice"
            data-main={main === true}
            type="button"
            key={says}
            onClick={() => send(says)}
          >
            {label}
          </button>
        ))}
        {asksAmount && !types && (
          <button className="prompt-choice" type="button" onClick={() => setTyping(true)}>
            Clavier
          </button>
        )}
      </div>
    </section>
  );
}

function PromptAmount({ label, amount: { value, currency } }: { label: string; amount: Money }) {
  const { number, sign } = formatAmount(value, currency);
  const size = { '--figures': countFigures(number, sign) } as CSSProperties; // a custom property has no other type
  return (
    <p className="prompt-amount" style={size}>
      <span className="visually-hidden">{label} : </span>
      <span className="amount-number">{number}</span> <span className="amount-sign">{sign}</span>
    </p>
  );
}
