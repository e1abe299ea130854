import './receipt.css';
import { useEffect, useRef } from 'react';
import { useCounter } from '../store.ts';
import { Kept } from './Kept.tsx';
import { Loading } from './Loading.tsx';
import { Prompt } from './Prompt.tsx';
import { ReceiptHead } from './ReceiptHead.tsx';
import { ShownDocument } from './ShownDocument.tsx';
import { TurnBlock } from './TurnBlock.tsx';
import { Welcome } from './Welcome.tsx';

/** The conversation: a receipt that grows from the slot at the top, its last line in sight. */
export function Receipt() {
  const turns = useCounter((state) => state.turns);
  const preparing = useCounter((state) => state.rest !== 'ready');
  const scroller = useRef<HTMLElement>(null);
  const lastTurnId = turns.at(-1)?.id;

  // The scroller is laid out from its end, so its end is 0: a new turn brings back who had scrolled up.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is what this is for.
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [lastTurnId]);

  return (
    <div className="receipt">
      <div className="receipt-slot" />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable from the keyboard. */}
      <section className="receipt-scroller" ref={scroller} tabIndex={0} aria-label="Reçu">
        <div className="receipt-shadow">
          <div className="receipt-paper">
            <ReceiptHead />
            {turns.length === 0 && (
              <div className="receipt-start">
                <Welcome shown={!preparing} />
                <Loading shown={preparing} />
              </div>
            )}
            <div className="receipt-log" role="log" aria-label="Conversation" aria-live="polite">
              {turns.map((turn) => (
                <TurnBlock key={turn.id} turn={turn} />
              ))}
            </div>
            <ShownDocument />
            <Kept />
            <Prompt />
          </div>
        </div>
      </section>
    </div>
  );
}
