import type { CSSProperties } from 'react';
import type { LineView, Money, OpenView } from '../../ai/dialogue.ts';
import { countFigures, formatAmount } from './format.ts';
import { PromptLines } from './PromptLines.tsx';
import { HeldTerms } from './Terms.tsx';

interface Props {
  open: OpenView;
  /** While an amount is typed. */
  hidesSums: boolean;
  onSend: (text: string) => void;
  onOpenLine: ((line: LineView) => void) | null;
}

/** What will be written: lines, amount, terms, and what is to be paid. */
export function ToWrite({ open, hidesSums, onSend, onOpenLine }: Props) {
  const { amount, due, lines, terms, unpriced } = open;
  return (
    <>
      <PromptLines lines={lines} onRemove={onSend} onOpen={onOpenLine} />
      {amount && !hidesSums && <PromptAmount label="Montant" amount={amount} hidesLabel={due === null} />}
      <HeldTerms terms={terms} onRemove={onSend} />
      {due && !hidesSums && <PromptAmount label="À payer" amount={due} />}
      {unpriced && <p className="prompt-unpriced">{unpriced}</p>}
    </>
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
