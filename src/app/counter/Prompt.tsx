import './prompt.css';
import { useId, useState } from 'react';
import type { LineView, OpenView, TermPart } from '../../ai/dialogue.ts';
import { useCounter } from '../store.ts';
import { Keypad } from './Keypad.tsx';
import { LineForm } from './LineForm.tsx';
import { TermPanel } from './TermPanel.tsx';
import { TermButtons } from './Terms.tsx';
import { ToWrite } from './ToWrite.tsx';
import { questionWords, templateWords } from './words.ts';

/** What the dialogue is about, at the receipt's foot: its lines, the amount alone and huge, and the answers that can be tapped. */
export function Prompt() {
  const open = useCounter((state) => state.dialogue.open);
  if (open === null) return null;
  return <OpenPrompt key={open.keypad ? 'keypad' : 'choices'} open={open} />;
}

/** What fingers are busy with instead of the choices: a line is a new one, or one that is changed. */
type Typing = 'amount' | { line: LineView | null } | TermPart | null;
const amountQuestions: ReadonlySet<OpenView['question']> = new Set(['amount', 'which-amount', 'check-amount', 'price']);

const lineIn = (typing: Typing) => (typing !== null && typeof typing === 'object' ? typing : null);
const partIn = (typing: Typing) => (typing === 'amount' || typeof typing === 'object' ? null : typing);

/** Who taps what is to be changed goes on with the fingers. */
function typingAfter(text: string): Typing {
  if (text === 'le montant') return 'amount';
  return text === 'les articles' ? { line: null } : null;
}

function OpenPrompt({ open }: { open: OpenView }) {
  const sendText = useCounter((state) => state.sendText);
  const [typing, setTyping] = useState<Typing>(open.keypad ? 'amount' : null);
  const titleId = useId();
  const asksAmount = amountQuestions.has(open.question);
  const takesLine = open.takesLines && open.question !== 'price';
  const typesAmount = typing === 'amount' && asksAmount;
  const typedLine = takesLine ? lineIn(typing) : null;
  const part = open.termChoices ? partIn(typing) : null;
  const send = (text: string): void => {
    setTyping(typingAfter(text));
    sendText(text);
  };
  return (
    <section className="prompt" aria-labelledby={titleId}>
      <h2 className="prompt-title" id={titleId}>
        {templateWords[open.kind]}
        {open.client && <span className="prompt-client">{open.client.name ?? 'Sans nom'}</span>}
      </h2>
      <ToWrite
        open={open}
        hidesSums={typesAmount}
        onSend={send}
        onOpenLine={takesLine ? (line) => setTyping({ line }) : null}
      />
      {open.termChoices && !typesAmount && !typedLine && <TermButtons opened={part} onOpen={setTyping} />}
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
          {typedLine && (
            <LineForm key={typedLine.line?.removal ?? 'new'} line={typedLine.line} home={open.currency} onSend={send} />
          )}
          <Answers
            open={open}
            onSend={send}
            onKeypad={asksAmount && !typesAmount ? () => setTyping('amount') : null}
            onLine={takesLine && typedLine?.line !== null ? () => setTyping({ line: null }) : null}
          />
        </>
      )}
    </section>
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
