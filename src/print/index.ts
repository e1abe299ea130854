import { deliveryNote } from './delivery-note.ts';
import { invoice } from './invoice.ts';
import { label } from './label.ts';
import { quote } from './quote.ts';
import { receipt } from './receipt.ts';
import type { Template } from './template.ts';

/** Every document that can be printed. */
export const templates: readonly Template[] = [invoice, receipt, quote, label, deliveryNote];

/** The template of this name, or null. */
export function findTemplate(name: string): Template | null {
  return templates.find((template) => template.name === name) ?? null;
}
