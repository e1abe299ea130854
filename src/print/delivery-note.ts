import * as shop from './shop-fields.ts';
import type { Template } from './template.ts';

export const deliveryNote: Template = {
  name: 'delivery_note',
  label: 'Bon de livraison',
  paper: { kind: 'sheet', format: 'A4' },
  fields: [
    shop.shopField,
    shop.logoField,
    shop.numberField,
    shop.issuedAtField,
    { name: 'invoiceNumber', label: 'Facture n°', type: 'text', required: false },
    { name: 'client', label: 'Client', type: 'text', required: true },
    { name: 'deliveryAddress', label: 'Adresse de livraison', type: 'long-text', required: false },
    { name: 'carrier', label: 'Livreur', type: 'text', required: false },
    {
      name: 'lines',
      label: 'Articles',
      type: 'list',
      required: true,
      fields: [
        { name: 'product', label: 'Désignation', type: 'text', required: true },
        { name: 'quantity', label: 'Qté commandée', type: 'quantity', required: true },
        { name: 'delivered', label: 'Qté livrée', type: 'quantity', required: true },
      ],
    },
    { name: 'parcels', label: 'Colis', type: 'integer', required: false },
    shop.noteField,
  ],
  layout: [
    ...shop.shopHeading,
    { block: 'title', align: 'right' },
    {
      block: 'fields',
      fields: ['number', 'issuedAt', 'invoiceNumber', 'client', 'deliveryAddress', 'carrier'],
      align: 'right',
      size: 'normal',
      labelled: true,
    },
    { block: 'rule' },
    {
      block: 'table',
      list: 'lines',
      columns: [
        { field: 'product', align: 'left', share: 0.6 },
        { field: 'quantity', align: 'right', share: 0.2 },
        { field: 'delivered', align: 'right', share: 0.2 },
      ],
    },
    { block: 'fields', fields: ['parcels', 'note'], align: 'left', size: 'normal', labelled: true },
    { block: 'signatures', labels: ['Le livreur', 'Le client'] },
  ],
  sample: {
    shop: shop.sampleShop,
    logo: null,
    number: 'L-C1-2026-000007',
    issuedAt: shop.sampleIssuedAt,
    invoiceNumber: 'F-C1-2026-000123',
    client: 'Kabongo',
    deliveryAddress: '3, avenue de la Paix\nKinshasa, Ngaliema',
    carrier: 'Moïse',
    lines: [
      { product: 'Rame de papier A4', quantity: 4, delivered: 4 },
      { product: 'Toner noir', quantity: 1, delivered: 0 },
    ],
    parcels: 1,
    note: 'Le toner suivra mardi.',
  },
};
