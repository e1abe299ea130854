import { describe, expect, it } from 'vitest';
import { currencies } from '../../schema.ts';
import {
  formatAmount,
  formatBytes,
  formatCurrency,
  formatDuration,
  formatLoaded,
  formatShare,
  slotLines,
} from './format.ts';

/** Spaces as one types them. */
const plain = (text: string): string => text.replace(/\s/g, ' ');

describe('an amount', () => {
  it.each([
    [250, 'USD', '250', '$US'],
    [1250.5, 'USD', '1 250,50', '$US'],
    [1_200_000, 'CDF', '1 200 000', 'FC'],
    [99.9, 'EUR', '99,90', '€'],
    [5000, 'XOF', '5 000', 'F CFA'],
    [-12, 'CHF', '-12', 'CHF'],
  ] as const)('of %d %s reads %s %s', (amount, currency, number, sign) => {
    const formatted = formatAmount(amount, currency);
    expect([plain(formatted.number), plain(formatted.sign)]).toEqual([number, sign]);
  });

  it('without a currency has no sign', () => {
    expect(formatAmount(1500, undefined)).toEqual({ number: expect.stringMatching(/^1\s500$/), sign: '' });
  });
});

describe('a currency', () => {
  it.each(currencies)('has a French name: %s', (currency) => {
    expect(formatCurrency(currency)).not.toBe(currency);
  });
});

describe('measures', () => {
  it('are written as in French', () => {
    expect(plain(formatLoaded(4_200_000, 12_340_000))).toBe('4,2 / 12,3 Mo');
    expect([412, 3100, 12_540_000, 10_781_500_000].map((bytes) => plain(formatBytes(bytes)))).toEqual([
      '412 o',
      '3,1 ko',
      '12,5 Mo',
      '10,8 Go',
    ]);
    expect(plain(formatShare(0.976))).toBe('98 %');
    expect(plain(formatDuration(412.4))).toBe('412 ms');
    expect(plain(formatDuration(2140))).toBe('2,14 s');
    expect(formatDuration(null)).toBe('–');
  });

  it('never say that more is loaded than there is', () => {
    expect(plain(formatLoaded(99e6, 12e6))).toBe('12,0 / 12,0 Mo');
  });
});

describe('slots', () => {
  it('are labelled in French, in a fixed order, and only where there is a value', () => {
    expect(slotLines({ copies: 2, template: 'receipt', which: 'last' })).toEqual([
      { label: 'Document', value: 'Reçu' },
      { label: 'Numéro', value: 'le dernier' },
      { label: 'Exemplaires', value: '2' },
    ]);
    expect(slotLines({ period: 'week', product: 'toner noir', client: '' })).toEqual([
      { label: 'Produit', value: 'toner noir' },
      { label: 'Période', value: 'Cette semaine' },
    ]);
    expect(slotLines({})).toEqual([]);
  });
});
