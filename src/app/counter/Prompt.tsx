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
  const takesAmount = open.question !== 'resume' && open.question !== 'change';
  const send = (text: string): void => {
    setTyping(false);
    sendText(text);
  };
  return (
    <section className="prompt" aria-labelledby={titleId}>
      <h2 className="prompt-title" id={titleId}>
        {templateWords[open.kind]}
        {open.client && <span className="prompt-client">{open.client.name ?? 'Sans nom'}</span>}
      </h2>
      {open.amount && <PromptAmount label="Montant" amount={open.amount} />}
      {open.due && <PromptAmount label="À payer" amount={open.due} />}
      <p className="prompt-question">{questionWords[open.question]}</p>
      {typing && <Keypad amount={open.amount} onSend={send} />}
      <div className="prompt-choices">
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
        {takesAmount && !typing && (
          <button className="prompt-choice" type="button" onClick={() => setTyping(true)}>
            Taper le montant
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
