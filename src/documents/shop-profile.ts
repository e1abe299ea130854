import type { Config } from '../config.ts';
import type { ShopProfile } from '../schema/documents.ts';
import type { Currency } from '../schema.ts';

const regionCurrencies: Record<Config['region'], readonly [Currency, ...Currency[]]> = {
  CD: ['CDF', 'USD'],
  FR: ['EUR'],
  BE: ['EUR'],
  CH: ['CHF', 'EUR'],
};

/** Percents of value added tax that a shop there commonly charges. */
export const usualTaxRates: Record<Config['region'], readonly number[]> = {
  CD: [16],
  FR: [5.5, 10, 20],
  BE: [6, 12, 21],
  CH: [2.6, 8.1],
};

/** A shop that its owner has not described yet: no name, no tax, the money of its region, nothing fiscal. */
export function emptyShopProfile(region: Config['region']): ShopProfile {
  return {
    name: '',
    address: '',
    taxIds: [],
    phone: '',
    currencies: [...regionCurrencies[region]],
    exchangeRate: null,
    taxRate: 0,
    discount: null,
    payment: null,
    nonFiscal: true,
    logo: '',
  };
}

/** The currency of an amount that was said without one. */
export function homeCurrency({ currencies: [first] }: ShopProfile): Currency {
  return first ?? 'CDF';
}
