import { useState } from 'react';
import type { Money } from '../../ai/dialogue.ts';
import type { Currency } from '../../schema.ts';
import { CurrencySelect } from './CurrencySelect.tsx';
import { NumberPad } from './NumberPad.tsx';

interface Props {
  amount: Money | null;
  /** The currency that it begins with. */
  home: Currency;
  onSend: (text: string) => void;
}

/** An amount by fingers or keyboard, begun with what was heard; it is sent as the words for it. */
export function Keypad({ amount, home, onSend }: Props) {
  const [currency, setCurrency] = useState<Currency>(home);
  return (
    <NumberPad
      label="Taper le montant"
      name="Montant"
      begins={amount === null ? '' : amount.value.toString().replace('.', ',')}
      unit={<CurrencySelect value={currency} onChange={setCurrency} />}
      takes={(figures) => /\d/.test(figures)}
      onSend={(figures) => onSend(`${figures} ${currency}`)}
    />
  );
}
