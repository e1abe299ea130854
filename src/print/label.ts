import { currencyField, sampleCurrency } from './shop-fields.ts';
import type { Template } from './template.ts';

export const label: Template = {
  name: 'label',
  label: 'Étiquette',
  paper: { kind: 'label', widthMm: 58, heightMm: 40 },
  fields: [
    { name: 'product', label: 'Article', type: 'text', required: true },
    { name: 'price', label: 'Prix', type: 'money', required: true },
    currencyField,
    { name: 'unit', label: 'Par', type: 'text', required: false },
    { name: 'reference', label: 'Réf.', type: 'text', required: false },
    { name: 'barcode', label: 'Code-barres', type: 'barcode', required: false },
  ],
  layout: [
    { block: 'fields', fields: ['product'], align: 'center', size: 'normal', labelled: false },
    { block: 'fields', fields: ['price', 'currency'], align: 'center', size: 'large', labelled: false },
    { block: 'fields', fields: ['unit', 'reference'], align: 'center', size: 'small', labelled: true },
    { block: 'barcode', field: 'barcode', heightMm: 10 },
  ],
  sample: {
    product: 'Toner noir',
    price: 4500,
    currency: sampleCurrency,
    unit: 'pièce',
    reference: 'TN-2420',
    barcode: '2000000000015',
  },
};
