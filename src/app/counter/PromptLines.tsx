import type { LineView, Money } from '../../ai/dialogue.ts';
import { formatAmount } from './format.ts';
import { CloseIcon } from './icons.tsx';

interface Props {
  lines: readonly LineView[];
  /** Is given the words that leave a line out. */
  onRemove: (words: string) => void;
  /** Opens a line for changes; null where that cannot be now. */
  onOpen: ((line: LineView) => void) | null;
}

/** What is sold: how many, of what, at what price, and what that makes; each line can be tapped to be changed, or left out. */
export function PromptLines({ lines, onRemove, onOpen }: Props) {
  if (lines.length === 0) return null;
  return (
    <ul className="prompt-lines" aria-label="Articles">
      {lines.map((line) => (
        <li className="prompt-line" key={line.removal}>
          {onOpen && line.isNamedAlone ? (
            <button
              className="prompt-line-product"
              type="button"
              aria-label={`Changer ${counted(line)}`}
              onClick={() => onOpen(line)}
            >
              <Goods line={line} />
            </button>
          ) : (
            <span className="prompt-line-product">
              <Goods line={line} />
            </span>
          )}
          <span className="prompt-line-total">{withSign(line.total)}</span>
          <button
            className="prompt-line-remove"
            type="button"
            aria-label={`Enlever ${line.product}`}
            onClick={() => onRemove(line.removal)}
          >
            <CloseIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Goods({ line }: { line: LineView }) {
  return (
    <>
      {counted(line)} <span className="prompt-line-price">à {withSign(line.unitPrice)}</span>
    </>
  );
}

/** "3 savons". */
function counted({ quantity, product }: LineView): string {
  return `${quantity.toLocaleString('fr')} ${product}`;
}

function withSign({ value, currency }: Money): string {
  const { number, sign } = formatAmount(value, currency);
  return `${number}\u00a0${sign}`;
}
