import type { Json } from '../schema/events.ts';
import type { PrintTemplate } from '../schema.ts';

interface FieldBase {
  /** Unique among its neighbours; the key of its value. */
  name: string;
  /** French, as it is shown beside an input or printed before the value. */
  label: string;
  /** A field that is not required may be absent, or null. */
  required: boolean;
}

/**
 * What one value of a printed document is. `money` is an integer of the smallest unit of the document's `currency`;
 * `date` is epoch milliseconds; `percent` is 0 to 100; `image` is a data URL, or empty; `barcode` is what its bars say.
 */
export type PlainFieldType =
  | 'text'
  | 'long-text'
  | 'integer'
  | 'quantity'
  | 'percent'
  | 'money'
  | 'currency'
  | 'date'
  | 'flag'
  | 'image'
  | 'barcode';

export type Field =
  | (FieldBase & { type: PlainFieldType })
  /** One of these values; each has its French label. */
  | (FieldBase & { type: 'choice'; choices: readonly { value: string; label: string }[] })
  /** An object, and a list of objects, of these fields. */
  | (FieldBase & { type: 'group' | 'list'; fields: readonly Field[] });

/** Paper as a printer knows it, in millimetres. A roll is as long as what is printed. */
export type Paper =
  | { kind: 'sheet'; format: 'A4' | 'A5' }
  | { kind: 'roll'; widthMm: number }
  | { kind: 'label'; widthMm: number; heightMm: number };

export type Alignment = 'left' | 'center' | 'right';

/**
 * A part of the page, from top to bottom. A field is named by its path (`shop.name`); one without a value takes no
 * place. `when` names a flag, or a field that must have a value.
 */
export type Block =
  | { block: 'title'; align: Alignment }
  | { block: 'image'; field: string; align: Alignment; maxHeightMm: number }
  | {
      block: 'fields';
      fields: readonly string[];
      align: Alignment;
      size: 'small' | 'normal' | 'large';
      /** Whether the label is printed before the value. */
      labelled: boolean;
    }
  /** The fields of a list's items; the shares of the width add up to 1. */
  | { block: 'table'; list: string; columns: readonly { field: string; align: Alignment; share: number }[] }
  | { block: 'totals'; fields: readonly string[]; strong: string }
  | { block: 'barcode'; field: string; heightMm: number }
  | { block: 'text'; text: string; align: Alignment; when: string }
  /** Lines to sign on, side by side. */
  | { block: 'signatures'; labels: readonly string[] }
  | { block: 'rule' };

/** A printed document as data: what it takes, what it looks like, and an example that satisfies its fields. */
export interface Template {
  name: PrintTemplate;
  /** French: the document's name, printed as its title. */
  label: string;
  paper: Paper;
  fields: readonly Field[];
  layout: readonly Block[];
  sample: { readonly [name: string]: Json };
}
