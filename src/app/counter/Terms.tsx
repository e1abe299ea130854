import type { OpenView, TermPart } from '../../ai/dialogue.ts';
import { formatAmount } from './format.ts';
import { CloseIcon } from './icons.tsx';
import { termWords } from './words.ts';

interface HeldProps {
  terms: OpenView['terms'];
  /** Is given the words that take a term away. */
  onRemove: (words: string) => void;
}

/** What holds of discount, tax and payment, with what it takes off or adds; each can be taken away. */
export function HeldTerms({ terms, onRemove }: HeldProps) {
  if (terms.length === 0) return null;
  return (
    <ul className="prompt-lines" aria-label="Remise, taxe et paiement">
      {terms.map(({ part, label, sum, removal }) => (
        <li className="prompt-line" key={part}>
          <span className="prompt-line-product">{label}</span>
          <span className="prompt-line-total">{sum && formatSum(sum)}</span>
          <button
            className="prompt-line-remove"
            type="button"
            aria-label={`Enlever : ${label}`}
            onClick={() => onRemove(removal)}
          >
            <CloseIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}

function formatSum({ value, currency }: NonNullable<OpenView['terms'][number]['sum']>): string {
  const { number, sign } = formatAmount(Math.abs(value), currency);
  return `${value < 0 ? '−' : '+'}\u00a0${number}\u00a0${sign}`;
}

interface ButtonsProps {
  opened: TermPart | null;
  onOpen: (part: TermPart | null) => void;
}

/** Opens the choices of a term, and closes them. */
export function TermButtons({ opened, onOpen }: ButtonsProps) {
  return (
    <div className="prompt-parts">
      {(['discount', 'tax', 'payment'] as const).map((part) => (
        <button
          className="prompt-part"
          type="button"
          key={part}
          aria-expanded={opened === part}
          onClick={() => onOpen(opened === part ? null : part)}
        >
          {termWords[part].name}
        </button>
      ))}
    </div>
  );
}
