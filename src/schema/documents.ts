import * as v from 'valibot';
import { currencies } from '../schema.ts';

/** A credit note (« avoir ») cancels an issued document. */
export const documentKinds = ['invoice', 'receipt', 'quote', 'credit_note'] as const;
export type DocumentKind = (typeof documentKinds)[number];
export const paymentMeans = ['cash', 'mobile_money', 'card', 'bank_transfer', 'credit'] as const;
export type PaymentMeans = (typeof paymentMeans)[number];
/** As people choose between them. */
export const paymentLabels: Record<PaymentMeans, string> = {
  cash: 'Espèces',
  mobile_money: 'Mobile money',
  card: 'Carte',
  bank_transfer: 'Virement',
  credit: 'À crédit',
};

/** The letter that a kind's numbers begin with: facture, reçu, devis, avoir. */
export const kindLetters: Record<DocumentKind, string> = { invoice: 'F', receipt: 'R', quote: 'D', credit_note: 'A' };

const idSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const textSchema = v.pipe(v.string(), v.maxLength(500));
const epochMsSchema = v.pipe(v.number(), v.integer(), v.minValue(0));
const currencySchema = v.picklist(currencies);
/** Money as an integer of the currency's smallest unit (see `minorDigits` in `documents/money.ts`): never a fraction. */
const minorSchema = v.pipe(v.number(), v.safeInteger());
const chargeSchema = v.pipe(minorSchema, v.minValue(0));
const percentSchema = v.pipe(v.number(), v.minValue(0), v.maxValue(100));

/** Who issues: `C1` as the companion counts its counters, or letters of this browser's own while it has none. */
export const counterIdSchema = v.pipe(v.string(), v.regex(/^[A-Z0-9]{1,12}$/));
/** `F-C1-2026-000123`: kind, counter, year, and the place in their series, from 1 without a gap. */
export const documentNumberSchema = v.pipe(v.string(), v.regex(/^[FRDA]-[A-Z0-9]{1,12}-\d{4}-\d{6,9}$/));

export const documentLineSchema = v.object({
  product: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  /** Pieces, kilograms, hours… */
  quantity: v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(1_000_000)),
  /** Minor units of the document's currency, for one. */
  unitPrice: chargeSchema,
});
export type DocumentLine = v.InferOutput<typeof documentLineSchema>;

export const discountSchema = v.variant('kind', [
  v.object({ kind: v.literal('percent'), percent: percentSchema }),
  v.object({ kind: v.literal('amount'), amount: chargeSchema }),
]);
export type Discount = v.InferOutput<typeof discountSchema>;

/** What is added up, in minor units: `total` is `subtotal` less `discount` plus `tax`. */
export const totalsSchema = v.object({
  subtotal: chargeSchema,
  discount: chargeSchema,
  tax: chargeSchema,
  total: chargeSchema,
});
export type Totals = v.InferOutput<typeof totalsSchema>;

/** What one currency is worth in another: one `from` is `rate` `to`, as of `ratedAt`. */
export const exchangeRateSchema = v.object({
  from: currencySchema,
  to: currencySchema,
  rate: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  ratedAt: epochMsSchema,
  /** Minor units of `to` that a converted total is rounded to a multiple of: 5000 is 50 francs. */
  rounding: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
export type ExchangeRate = v.InferOutput<typeof exchangeRateSchema>;
/** The total in another currency, rounded, in its minor units, with the rate that was used, whichever way round. */
export const secondCurrencySchema = v.object({ currency: currencySchema, total: chargeSchema, at: exchangeRateSchema });
export type SecondCurrency = v.InferOutput<typeof secondCurrencySchema>;

/** The shop as it stood when a document was issued. */
export const shopSnapshotSchema = v.object({
  name: textSchema,
  address: textSchema,
  /** Numbers that the law wants on a document, labelled: `RCCM`, `NIF`, `Id. nat.`… */
  taxIds: v.array(v.object({ label: textSchema, value: textSchema })),
  phone: textSchema,
});
export type ShopSnapshot = v.InferOutput<typeof shopSnapshotSchema>;

/** What a certified fiscal device answered: kept as it came, printed under the total. */
export const fiscalSealSchema = v.object({ device: textSchema, code: textSchema, sealedAt: epochMsSchema });
export type FiscalSeal = v.InferOutput<typeof fiscalSealSchema>;

const contentFields = {
  id: idSchema,
  kind: v.picklist(documentKinds),
  createdAt: epochMsSchema,
  currency: currencySchema,
  /** Lines, or a single amount when there are none. */
  lines: v.pipe(v.array(documentLineSchema), v.maxLength(500)),
  amount: v.nullable(chargeSchema),
  /** Null: nobody named, a customer at the counter. */
  client: v.nullable(textSchema),
  discount: v.nullable(discountSchema),
  /** Percent added to what remains after the discount. */
  taxRate: percentSchema,
  payment: v.nullable(v.picklist(paymentMeans)),
  /** The id of the document that this one was made from. */
  madeFrom: v.nullable(idSchema),
};

/** A document in the making: anything may change, nothing is numbered, nothing is counted as sold. */
export const draftSchema = v.object({ ...contentFields, state: v.literal('draft') });
export type Draft = v.InferOutput<typeof draftSchema>;

/**
 * A numbered document. Nothing of it changes any more, but for `state` and `cancelledBy`, which follow from the issue of the
 * credit note whose `cancels` is its id: who receives that one marks this one.
 */
export const issuedSchema = v.object({
  ...contentFields,
  state: v.picklist(['issued', 'cancelled']),
  number: documentNumberSchema,
  counter: counterIdSchema,
  year: v.pipe(v.number(), v.integer(), v.minValue(2000), v.maxValue(9999)),
  sequence: v.pipe(v.number(), v.integer(), v.minValue(1)),
  issuedAt: epochMsSchema,
  totals: totalsSchema,
  second: v.nullable(secondCurrencySchema),
  shop: shopSnapshotSchema,
  /** True prints « Document non fiscal ». */
  nonFiscal: v.boolean(),
  fiscalSeal: v.nullable(fiscalSealSchema),
  /** Ids: the document that this credit note cancels; the credit note that cancelled this document. */
  cancels: v.nullable(idSchema),
  cancelledBy: v.nullable(idSchema),
});
export type IssuedDocument = v.InferOutput<typeof issuedSchema>;

export const documentSchema = v.union([draftSchema, issuedSchema]);
export type ShopDocument = v.InferOutput<typeof documentSchema>;

/** What `POST /api/counters` `{profileId}` answers: always the same counter for the same profile. */
export const counterSchema = v.object({ counter: counterIdSchema });

/** What `GET /api/counters/<counter>/numbering` answers: the highest sequence received in each series. */
export const numberingSchema = v.object({
  counter: counterIdSchema,
  last: v.array(
    v.object({
      kind: v.picklist(documentKinds),
      year: v.pipe(v.number(), v.integer()),
      sequence: v.pipe(v.number(), v.integer(), v.minValue(0)),
    }),
  ),
});
export type CounterNumbering = v.InferOutput<typeof numberingSchema>;

/** The shop, as its owner described it. */
export const shopProfileSchema = v.object({
  ...shopSnapshotSchema.entries,
  /** The currency that an amount has when none is said; then the others that the shop takes. */
  currencies: v.pipe(v.array(currencySchema), v.minLength(1)),
  /** Null: totals are given in one currency. */
  exchangeRate: v.nullable(exchangeRateSchema),
  /** What a new document begins with. */
  taxRate: percentSchema,
  discount: v.nullable(discountSchema),
  payment: v.nullable(v.picklist(paymentMeans)),
  nonFiscal: v.boolean(),
  /** A small image as a data URL, or empty. */
  logo: v.pipe(v.string(), v.maxLength(400_000)),
});
export type ShopProfile = v.InferOutput<typeof shopProfileSchema>;
