import { fromMinor } from '../../documents/money.ts';
import type { Currency, Slots } from '../../schema.ts';
import type { LabelledLine } from './Lines.tsx';
import { periodWords, templateWords } from './words.ts';

/** French as written where the currency is at home, so that congolese francs read FC; numbers are grouped as in France. */
const locale = 'fr-CD';
const noBreakSpace = '\u00a0';

/** An amount as number and sign, to be set in two sizes: 1250.5 USD gives `1 250,50` and `$US`. No currency: an empty sign. */
export function formatAmount(amount: number, currency: Currency | undefined): { number: string; sign: string } {
  if (currency === undefined)
    return { number: new Intl.NumberFormat('fr', { maximumFractionDigits: 2 }).format(amount), sign: '' };
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' });
  const parts = format.formatToParts(amount);
  const join = (isSign: boolean): string =>
    parts
      .filter(({ type }) => (type === 'currency') === isSign)
      .map(({ value }) => value)
      .join('')
      .trim();
  return { number: join(false), sign: join(true) };
}

/** How wide an amount is, counted in figures: spaces and the comma are narrow, the sign is set half as large. */
export function countFigures(number: string, sign: string): number {
  const figures = number.replace(/\D/g, '').length;
  return figures + 0.4 * (number.length - figures) + 0.55 * sign.length + 0.4;
}

/** Minor units with their sign: `1 250,50 $US`. */
export function minorWithSign(minor: number, currency: Currency): string {
  const { number, sign } = formatAmount(fromMinor(minor, currency), currency);
  return `${number}${noBreakSpace}${sign}`;
}

/** A currency's French name: `dollar des États-Unis`. */
export function formatCurrency(currency: Currency): string {
  return new Intl.DisplayNames('fr', { type: 'currency' }).of(currency) ?? currency;
}

/** A share, 0 to 1, as a whole percentage. */
export function formatShare(share: number): string {
  return new Intl.NumberFormat('fr', { style: 'percent' }).format(share);
}

/** Bytes as a person reads them: `412 o`, `3,1 ko`, `12,5 Mo`. */
export function formatBytes(bytes: number): string {
  const units = ['o', 'ko', 'Mo', 'Go'];
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const format = new Intl.NumberFormat('fr', { maximumFractionDigits: power === 0 ? 0 : 1 });
  return `${format.format(bytes / 1000 ** power)}${noBreakSpace}${units[power]}`;
}

/** Bytes as Mo, with one decimal. */
export function formatMegabytes(bytes: number): string {
  return `${megabytes(bytes)}${noBreakSpace}Mo`;
}

/** `4,2 / 12,3 Mo`. */
export function formatLoaded(loadedBytes: number, totalBytes: number): string {
  return `${megabytes(Math.min(loadedBytes, totalBytes))} / ${formatMegabytes(totalBytes)}`;
}

function megabytes(bytes: number): string {
  return new Intl.NumberFormat('fr', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(bytes / 1e6);
}

/** A stage's milliseconds, as seconds once they are many; a dash when it was not reached. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return '–';
  if (ms < 1000) return `${Math.round(ms)}${noBreakSpace}ms`;
  return `${new Intl.NumberFormat('fr', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(ms / 1000)}${noBreakSpace}s`;
}

/** Hours and minutes, on this device's clock. */
export function formatTime(epochMs: number): string {
  return new Intl.DateTimeFormat('fr', { hour: '2-digit', minute: '2-digit' }).format(epochMs);
}

/** `22/11/2026`. */
export function formatDay(epochMs: number): string {
  return new Intl.DateTimeFormat('fr', { dateStyle: 'short' }).format(epochMs);
}

/** `dimanche 22 novembre 2026`. */
export function formatDate(epochMs: number): string {
  return new Intl.DateTimeFormat('fr', { dateStyle: 'full' }).format(epochMs);
}

/** A person's words between French quotation marks, which never stand alone on a line. */
export function quote(words: string): string {
  return `«${noBreakSpace}${words}${noBreakSpace}»`;
}

/** What was understood, but for the amount, as labelled values in a fixed order. */
export function slotLines(slots: Slots): LabelledLine[] {
  const { currency, client, template, copies, which, product, period } = slots;
  const lines: [string, string | undefined][] = [
    ['Devise', currency && formatCurrency(currency)],
    ['Client', client],
    ['Document', template && templateWords[template]],
    ['Numéro', which === 'last' ? 'le dernier' : which?.toString()],
    ['Exemplaires', copies?.toString()],
    ['Produit', product],
    ['Période', period && periodWords[period]],
  ];
  return lines.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]));
}
