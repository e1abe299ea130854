import type { Currency } from '../../schema.ts';

const currencyNames: Record<Currency, { one: string; many: string }> = {
  CDF: { one: 'franc congolais', many: 'francs congolais' },
  USD: { one: 'dollar', many: 'dollars' },
  EUR: { one: 'euro', many: 'euros' },
  XOF: { one: 'franc CFA', many: 'francs CFA' },
  XAF: { one: 'franc CFA', many: 'francs CFA' },
  CHF: { one: 'franc suisse', many: 'francs suisses' },
};
const numberFormat = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 });
const centsFormat = new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** An amount as it is shown, with its currency in words: "1 200,50 euros", "1 dollar", "1 000 000 de francs congolais". */
export function writeAmount(value: number, currency: Currency | undefined): string {
  const figures = (Number.isInteger(value) ? numberFormat : centsFormat).format(value);
  if (currency === undefined) return figures;
  const { one, many } = currencyNames[currency];
  if (Math.abs(value) < 2) return `${figures} ${one}`;
  const isRoundMillion = value % 1_000_000 === 0;
  if (!isRoundMillion) return `${figures} ${many}`;
  return currency === 'EUR' ? `${figures} d’${many}` : `${figures} de ${many}`;
}
