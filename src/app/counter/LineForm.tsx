import { type SubmitEvent, useState } from 'react';
import type { Currency } from '../../schema.ts';
import { CurrencySelect } from './CurrencySelect.tsx';

interface Props {
  /** The currency that it begins with. */
  home: Currency;
  onSend: (text: string) => void;
}

const decimal = /^\d{0,12}([.,]\d{0,2})?$/;

/** A line by fingers or keyboard; it is sent as the words for it, the product between quotation marks. */
export function LineForm({ home, onSend }: Props) {
  const [quantity, setQuantity] = useState('1');
  const [product, setProduct] = useState('');
  const [price, setPrice] = useState('');
  const [currency, setCurrency] = useState<Currency>(home);
  const name = product.replaceAll(/[«»"]/g, ' ').replaceAll(/\s+/g, ' ').trim();
  const isWhole = /[1-9]/.test(quantity) && /[1-9]/.test(price) && /[\p{L}\d]/u.test(name);
  const takeDecimal = (text: string, take: (figures: string) => void): void => {
    if (decimal.test(text)) take(text.replace('.', ','));
  };
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isWhole) onSend(`ajoute ${quantity} « ${name} » à ${price} ${currency}`);
  };
  return (
    <form className="keypad line-form" onSubmit={send} aria-label="Ajouter un article">
      <input
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
        Ajouter
      </button>
    </form>
  );
}
