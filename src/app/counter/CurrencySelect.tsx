import { type Currency, currencies } from '../../schema.ts';
import { formatAmount, formatCurrency } from './format.ts';

/** The currency of what is typed, by its sign. */
export function CurrencySelect({ value, onChange }: { value: Currency; onChange: (currency: Currency) => void }) {
  return (
    <select
      className="keypad-currency"
      aria-label="Devise"
      value={value}
      onChange={({ target }) => onChange(currencies.find((code) => code === target.value) ?? value)}
    >
      {currencies.map((code) => (
        <option key={code} value={code} title={formatCurrency(code)}>
          {formatAmount(0, code).sign}
        </option>
      ))}
    </select>
  );
}
