import './prompt.css';
import { type CSSProperties, useId, useState } from 'react';
import type { Money, OpenView, TermPart } from '../../ai/dialogue.ts';
import { useCounter } from '../store.ts';
import { countFigures, formatAmount } from './format.ts';
import { Keypad } from './Keypad.tsx';
import { LineForm } from './LineForm.tsx';
import { PromptLines } from './PromptLines.tsx';
import { TermPanel } from './TermPanel.tsx';
import { HeldTerms, TermButtons } from './Terms.tsx';
import { questionWords, templateWords } from './words.ts';

/** What the dialogue is about, at the receipt's foot: its lines, the amount alone and huge, and the answers that can be tapped. */
export function Prompt() {
  const open = useCounter((state) => state.dialogue.open);
  if (open === null) return null;
  return <OpenPrompt key={open.keypad ? 'keypad' : 'choices'} open={open} />;
}

/** What fingers are busy with instead of the choices. */
type Typing = 'amount' | 'line' | TermPart | null;
const amountQuestions: ReadonlySet<OpenView['question']> = new Set(['amount', 'which-amount', 'check-amount', 'price']);

function OpenPrompt({ open }: { open: OpenView }) {
  const sendText = useCounter((state) => state.sendText);
  const [typing, setTyping] = useState<Typing>(open.keypad ? 'amount' : null);
  const titleId = useId();
  const asksAmount = amountQuestions.has(open.question);
  const typesAmount = typing === 'amount' && asksAmount;
  const typesLine = typing === 'line' && open.question !== 'price';
  const part = typing === 'amount' || typing === 'line' || open.termChoices === null ? null : typing;
  const send = (text: string): void => {
    // Who taps what is to be changed goes on with the fingers.
    setTyping(text === 'le montant' ? 'amount' : text === 'les articles' ? 'line' : null);
    sendText(text);
  };
  return (
    <section className="prompt" aria-labelledby={titleId}>
      <h2 className="prompt-title" id={titleId}>
        {templateWords[open.kind]}
        {open.client && <span className="prompt-client">{open.client.name ?? 'Sans nom'}</span>}
      </h2>
      <ToWrite open={open} hidesSums={typesAmount} onSend={send} />
      {open.termChoices && !typesAmount && !typesLine && <TermButtons opened={part} onOpen={setTyping} />}
      {part !== null && open.termChoices ? (
        <TermPanel
          key={part}
          part={part}
          choices={open.termChoices[part]}
          currency={open.currency}
          onSend={send}
          onClose={() => setTyping(null)}
        />
      ) : (
        <>
          <p className="prompt-question">{questionWords[open.question]}</p>
          {typesAmount && <Keypad amount={open.heard} home={open.currency} onSend={send} />}
          {typesLine && <LineForm home={open.currency} onSend={send} />}
          <Answers
            open={open}
            onSend={send}
            onKeypad={asksAmount && !typesAmount ? () => setTyping('amount') : null}
            onLine={open.takesLines && !typesLine && open.question !== 'price' ? () => setTyping('line') : null}
          />
        </>
      )}
    </section>
  );
}

interface ToWriteProps {
  open: OpenView;
  /** While an amount is typed. */
  hidesSums: boolean;
  onSend: (text: string) => void;
}

/** What will be written: lines, amount, terms, and what is to be paid. */
function ToWrite({ open: { amount, due, lines, terms, unpriced }, hidesSums, onSend }: ToWriteProps) {
  return (
    <>
      <PromptLines lines={lines} onRemove={onSend} />
      {amount && !hidesSums && <PromptAmount label="Montant" amount={amount} hidesLabel={due === null} />}
      <HeldTerms terms={terms} onRemove={onSend} />
      {due && !hidesSums && <PromptAmount label="À payer" amount={due} />}
      {unpriced && <p className="prompt-unpriced">{unpriced}</p>}
    </>
  );
}

interface AnswersProps {
  open: OpenView;
  onSend: (text: string) => void;
  /** Null where it is open already, or of no use. */
  onKeypad: (() => void) | null;
  onLine: (() => void) | null;
}

function Answers({ open: { choices }, onSend, onKeypad, onLine }: AnswersProps) {
  return (
    <div className="prompt-choices" data-count={choices.length + (onKeypad ? 1 : 0) + (onLine ? 1 : 0)}>
      {choices.map(({ label, says, main }) => (
        <button
          className="prompt-choice"
          data-main={main === true}
          type="button"
          key={says}
          onClick={() => onSend(says)}
        >
          {label}
        </button>
      ))}
      {onKeypad && (
        <button className="prompt-choice" type="button" onClick={onKeypad}>
          Clavier
        </button>
      )}
      {onLine && (
        <button className="prompt-choice" type="button" onClick={onLine}>
          Article…
        </button>
      )}
    </div>
  );
}

interface AmountProps {
  label: string;
  amount: Money;
  /** Alone, it says itself what it is. */
  hidesLabel?: boolean;
}

function PromptAmount({ label, amount: { value, currency }, hidesLabel = false }: AmountProps) {
  const { number, sign } = formatAmount(value, currency);
  const size = { '--figures': countFigures(number, sign) } as CSSProperties; // a custom property has no other type
  return (
    <p className="prompt-amount" style={size}>
      <span className={hidesLabel ? 'visually-hidden' : 'prompt-amount-label'}>{label}&nbsp;: </span>
      <span className="amount-number">{number}</span> <span className="amount-sign">{sign}</span>
    </p>
  );
}
