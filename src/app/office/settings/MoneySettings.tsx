import { minorDigits } from '../../../documents/money.ts';
import { homeCurrency } from '../../../documents/shop-profile.ts';
import type { ExchangeRate } from '../../../schema/documents.ts';
import { type Currency, currencies } from '../../../schema.ts';
import { formatCurrency, formatDate } from '../../counter/format.ts';
import { useOffice } from '../office-parts.ts';
import { CheckField, Field, NumberField } from './Field.tsx';
import type { ProfilePart } from './SettingsPage.tsx';

/** The money that the shop takes, and what one is worth in another. */
export function MoneySettings({ profile, change }: ProfilePart) {
  const home = homeCurrency(profile);
  const { exchangeRate } = profile;
  const { now } = useOffice();
  const setHome = (currency: Currency): void =>
    change({ currencies: [currency, ...profile.currencies.filter((other) => other !== currency)] });
  const firstRate = (): ExchangeRate => ({ from: 'USD', to: 'CDF', rate: 1, ratedAt: now(), rounding: 100 });
  return (
    <fieldset>
      <legend>L’argent</legend>
      <Field label="Devise quand on n’en dit pas">
        <CurrencySelect value={home} onChange={setHome} />
      </Field>
      <CheckField
        label="Donner aussi le total dans une autre devise"
        checked={exchangeRate !== null}
        onChange={(checked) => change({ exchangeRate: checked ? firstRate() : null })}
      />
      {exchangeRate && (
        <Rate rate={exchangeRate} onChange={(parts) => change({ exchangeRate: { ...exchangeRate, ...parts } })} />
      )}
    </fieldset>
  );
}

function Rate({ rate, onChange }: { rate: ExchangeRate; onChange: (parts: Partial<ExchangeRate>) => void }) {
  const { now } = useOffice();
  const unit = 10 ** minorDigits[rate.to];
  return (
    <div className="settings-rate">
      <Field label="1">
        <CurrencySelect value={rate.from} onChange={(from) => onChange({ from, ratedAt: now() })} />
      </Field>
      <NumberField
        label="vaut"
        value={rate.rate}
        min={0.000001}
        max={1_000_000}
        step={0.000001}
        onChange={(value) => onChange({ rate: value, ratedAt: now() })}
      />
      <Field label="en">
        <CurrencySelect value={rate.to} onChange={(to) => onChange({ to, ratedAt: now(), rounding: 1 })} />
      </Field>
      <NumberField
        label="arrondi à"
        value={rate.rounding / unit}
        min={1 / unit}
        max={10_000}
        step={1 / unit}
        onChange={(value) => onChange({ rounding: Math.max(1, Math.round(value * unit)) })}
      />
      <p className="field-help">Taux du {formatDate(rate.ratedAt)}.</p>
    </div>
  );
}

function CurrencySelect({ value, onChange }: { value: Currency; onChange: (currency: Currency) => void }) {
  return (
    <select
      value={value}
      onChange={({ target }) => {
        const chosen = currencies.find((currency) => currency === target.value);
        if (chosen) onChange(chosen);
      }}
    >
      {currencies.map((currency) => (
        <option key={currency} value={currency}>
          {formatCurrency(currency)}
        </option>
      ))}
    </select>
  );
}
