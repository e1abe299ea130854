import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import type { LineView } from '../../ai/dialogue.ts';
import type { Currency } from '../../schema.ts';
import { CurrencySelect } from './CurrencySelect.tsx';

interface Props {
  /** The currency that a new line begins with. */
  home: Currency;
  /** The line that is changed; null for a new one. */
  line: LineView | null;
  onSend: (text: string) => void;
}

const decimal = /^\d{0,12}([.,]\d{0,2})?$/;

const figures = (value: number): string => value.toString().replace('.', ',');

/**
 * A line by fingers or keyboard; it is sent as the words for it, the product between quotation marks. A line that is changed keeps its
 * product, by which it is known.
 */
export function LineForm({ home, line, onSend }: Props) {
  const [quantity, setQuantity] = useState(line ? figures(line.quantity) : '1');
  const [product, setProduct] = useState(line?.product ?? '');
  const [price, setPrice] = useState(line ? figures(line.unitPrice.value) : '');
  const [currency, setCurrency] = useState(line?.unitPrice.currency ?? home);
  const quantityField = useRef<HTMLInputElement>(null);
  // Whoever taps a line wants its count, most of the time; on a small screen the form may be out of sight.
  useEffect(() => {
    if (line === null) return;
    quantityField.current?.focus();
    quantityField.current?.select();
  }, [line]);
  const name = product.replaceAll(/[«»"]/g, ' ').replaceAll(/\s+/g, ' ').trim();
  const isWhole = /[1-9]/.test(quantity) && /[1-9]/.test(price) && /[\p{L}\d]/u.test(name);
  const takeDecimal = (text: string, take: (figures: string) => void): void => {
    if (decimal.test(text)) take(text.replace('.', ','));
  };
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isWhole) onSend(`${line ? '' : 'ajoute '}${quantity} « ${name} » à ${price} ${currency}`);
  };
  return (
    <form className="keypad line-form" onSubmit={send} aria-label={line ? `Changer ${name}` : 'Ajouter un article'}>
      <input
        ref={quantityField}
        className="keypad-figures line-quantity"
        aria-label="Quantité"
        inputMode="decimal"
        autoComplete="off"
        value={quantity}
        onChange={({ target }) => takeDecimal(target.value, setQuantity)}
      />
      <input
        className="keypad-figures line-product"
        aria-label="Article"
        placeholder="Article"
        maxLength={120}
        autoComplete="off"
        value={product}
        readOnly={line !== null}
        onChange={({ target }) => setProduct(target.value)}
      />
      <input
        className="keypad-figures line-price"
        aria-label="Prix de la pièce"
        placeholder="Prix"
        inputMode="decimal"
        autoComplete="off"
        value={price}
        onChange={({ target }) => takeDecimal(target.value, setPrice)}
      />
      <CurrencySelect value={currency} onChange={setCurrency} />
      <button className="prompt-choice line-send" data-main="true" type="submit" disabled={!isWhole}>
        {line ? 'Changer' : 'Ajouter'}
      </button>
    </form>
  );
}
