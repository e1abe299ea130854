import { paymentLabels, paymentMeans } from '../schema/documents.ts';
import type { Json } from '../schema/events.ts';
import type { currencies } from '../schema.ts';
import type { Block, Field } from './template.ts';

/** The shop as it stands on every document; the names are those of an issued document. */
export const shopField: Field = {
  name: 'shop',
  label: 'Boutique',
  type: 'group',
  required: true,
  fields: [
    { name: 'name', label: 'Nom', type: 'text', required: true },
    { name: 'address', label: 'Adresse', type: 'long-text', required: false },
    { name: 'phone', label: 'Téléphone', type: 'text', required: false },
    {
      name: 'taxIds',
      label: 'Identifiants',
      type: 'list',
      required: false,
      fields: [
        { name: 'label', label: 'Registre', type: 'text', required: true },
        { name: 'value', label: 'Numéro', type: 'text', required: true },
      ],
    },
  ],
};
export const logoField: Field = { name: 'logo', label: 'Logo', type: 'image', required: false };
export const numberField: Field = { name: 'number', label: 'N°', type: 'text', required: true };
export const issuedAtField: Field = { name: 'issuedAt', label: 'Date', type: 'date', required: true };
export const currencyField: Field = { name: 'currency', label: 'Monnaie', type: 'currency', required: true };
export const clientField: Field = { name: 'client', label: 'Client', type: 'text', required: false };
export const noteField: Field = { name: 'note', label: 'Remarque', type: 'long-text', required: false };
export const nonFiscalField: Field = {
  name: 'nonFiscal',
  label: 'Document non fiscal',
  type: 'flag',
  required: true,
};
export const paymentField: Field = {
  name: 'payment',
  label: 'Paiement',
  type: 'choice',
  required: false,
  choices: paymentMeans.map((value) => ({ value, label: paymentLabels[value] })),
};

/** What is sold: lines, or none of them and the totals alone. */
export const pricedLinesField: Field = {
  name: 'lines',
  label: 'Articles',
  type: 'list',
  required: true,
  fields: [
    { name: 'product', label: 'Désignation', type: 'text', required: true },
    { name: 'quantity', label: 'Qté', type: 'quantity', required: true },
    { name: 'unitPrice', label: 'Prix unitaire', type: 'money', required: true },
    { name: 'total', label: 'Montant', type: 'money', required: true },
  ],
};
export const totalsField: Field = {
  name: 'totals',
  label: 'Totaux',
  type: 'group',
  required: true,
  fields: [
    { name: 'subtotal', label: 'Sous-total', type: 'money', required: true },
    { name: 'discount', label: 'Remise', type: 'money', required: true },
    { name: 'tax', label: 'Taxe', type: 'money', required: true },
    { name: 'total', label: 'Total', type: 'money', required: true },
  ],
};
export const taxRateField: Field = { name: 'taxRate', label: 'Taux de taxe', type: 'percent', required: false };

/** The total in the shop's other currency, ready to be read: "≈ 113 400 FC (1 $ = 2 835 FC, le 22/11/2026)". */
export const secondTotalField: Field = {
  name: 'secondTotal',
  label: 'Contre-valeur',
  type: 'text',
  required: false,
};
export const fiscalSealField: Field = { name: 'fiscalSeal', label: 'Sceau fiscal', type: 'text', required: false };

export const shopHeading: readonly Block[] = [
  { block: 'image', field: 'logo', align: 'left', maxHeightMm: 20 },
  { block: 'fields', fields: ['shop.name'], align: 'left', size: 'large', labelled: false },
  { block: 'fields', fields: ['shop.address', 'shop.phone'], align: 'left', size: 'normal', labelled: false },
  { block: 'fields', fields: ['shop.taxIds'], align: 'left', size: 'small', labelled: false },
];
export const pricedTable: Block = {
  block: 'table',
  list: 'lines',
  columns: [
    { field: 'product', align: 'left', share: 0.46 },
    { field: 'quantity', align: 'right', share: 0.12 },
    { field: 'unitPrice', align: 'right', share: 0.21 },
    { field: 'total', align: 'right', share: 0.21 },
  ],
};
export const totalsBlock: Block = {
  block: 'totals',
  fields: ['totals.subtotal', 'totals.discount', 'totals.tax', 'totals.total', 'secondTotal'],
  strong: 'totals.total',
};
export const nonFiscalText: Block = { block: 'text', text: 'Document non fiscal', align: 'center', when: 'nonFiscal' };

export const sampleShop: Json = {
  name: 'Papeterie La Grâce',
  address: '12, avenue du Commerce\nKinshasa, Gombe',
  phone: '+243 81 000 00 00',
  taxIds: [
    { label: 'RCCM', value: 'CD/KIN/RCCM/00-A-00000' },
    { label: 'Id. nat.', value: '01-000-N00000X' },
  ],
};
/** In cents of a dollar. */
export const sampleLines: Json = [
  { product: 'Rame de papier A4', quantity: 4, unitPrice: 650, total: 2600 },
  { product: 'Toner noir', quantity: 1, unitPrice: 4500, total: 4500 },
];
export const sampleTotals: Json = { subtotal: 7100, discount: 100, tax: 1120, total: 8120 };
export const sampleCurrency: (typeof currencies)[number] = 'USD';
/** 22 November 2026, 14:03 in universal time. */
export const sampleIssuedAt = Date.UTC(2026, 10, 22, 14, 3);
