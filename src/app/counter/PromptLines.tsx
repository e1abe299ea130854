import type { Money, OpenView } from '../../ai/dialogue.ts';
import { formatAmount } from './format.ts';
import { CloseIcon } from './icons.tsx';

interface Props {
  lines: OpenView['lines'];
  /** Is given the words that leave a line out. */
  onRemove: (words: string) => void;
}

/** What is sold: how many, of what, at what price, and what that makes; each line can be left out. */
export function PromptLines({ lines, onRemove }: Props) {
  if (lines.length === 0) return null;
  return (
    <ul className="prompt-lines" aria-label="Articles">
      {lines.map(({ product, quantity, unitPrice, total, removal }) => (
        <li className="prompt-line" key={removal}>
          <span className="prompt-line-product">
            {quantity.toLocaleString('fr')} {product}
            <span className="prompt-line-price">à {withSign(unitPrice)}</span>
          </span>
          <span className="prompt-line-total">{withSign(total)}</span>
          <button
            className="prompt-line-remove"
            type="button"
            aria-label={`Enlever ${product}`}
            onClick={() => onRemove(removal)}
          >
            <CloseIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}

function withSign({ value, currency }: Money): string {
  const { number, sign } = formatAmount(value, currency);
  return `${number}\u00a0${sign}`;
}
