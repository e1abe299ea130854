import { describe, expect, test } from 'vitest';
import { printTemplates } from '../schema.ts';
import { misfits } from './fit.ts';
import { findTemplate, templates } from './index.ts';
import type { Block, Field, Template } from './template.ts';

/** Every field by its path; those of a list's items lie below the list's. */
function pathsOf(fields: readonly Field[], before = ''): Map<string, Field> {
  return new Map(
    fields.flatMap((field): [string, Field][] => {
      const path = `${before}${field.name}`;
      const below = 'fields' in field ? [...pathsOf(field.fields, `${path}.`)] : [];
      return [[path, field], ...below];
    }),
  );
}

/** The paths that a block prints or asks for. */
function pathsIn(block: Block): string[] {
  if (block.block === 'fields') return [...block.fields];
  if (block.block === 'totals') return [...block.fields, block.strong];
  if (block.block === 'image' || block.block === 'barcode') return [block.field];
  if (block.block === 'text') return [block.when];
  if (block.block === 'table') return [block.list, ...block.columns.map(({ field }) => `${block.list}.${field}`)];
  return [];
}
const printedPaths = ({ layout }: Template): string[] => layout.flatMap(pathsIn);

test('there is one template for each document that can be asked for, and no other', () => {
  expect(templates.map(({ name }) => name)).toEqual(printTemplates);
  expect(findTemplate('invoice')?.label).toBe('Facture');
  expect(findTemplate('constructor')).toBeNull();
});

describe.each(templates.map((template) => [template.name, template] as const))('%s', (_name, template) => {
  test('has a sample that satisfies its fields', () => {
    expect(misfits(template.fields, template.sample)).toEqual([]);
  });

  test('shows every field in its sample, so that a preview shows what may be printed', () => {
    expect(Object.keys(template.sample).sort()).toEqual(template.fields.map(({ name }) => name).sort());
  });

  test('notices a sample that lacks a field, has one too many, or has the wrong kind', () => {
    const required = template.fields.filter((field) => field.required);
    expect(required.length).toBeGreaterThan(0);
    for (const { name } of required) {
      const { [name]: _left, ...rest } = template.sample;
      expect(misfits(template.fields, rest).join()).toContain(name);
      expect(misfits(template.fields, { ...template.sample, [name]: { not: 'this' } })).not.toEqual([]);
    }
    expect(misfits(template.fields, { ...template.sample, surprise: 1 }).join()).toContain('surprise');
  });

  test('gives every field a name of its own and a French label', () => {
    const paths = pathsOf(template.fields);
    const count = (fields: readonly Field[]): number =>
      fields.reduce((sum, field) => sum + 1 + ('fields' in field ? count(field.fields) : 0), 0);
    expect(paths.size).toBe(count(template.fields));
    for (const { name, label } of paths.values()) {
      expect(name).toMatch(/^[a-z][A-Za-z]*$/);
      expect(label).toMatch(/^\p{Lu}/u);
    }
  });

  test('prints fields that exist, and every one that is required', () => {
    const paths = pathsOf(template.fields);
    const printed = new Set(printedPaths(template));
    for (const path of printed) expect([...paths.keys()]).toContain(path);
    const missing = [...paths].filter(
      ([path, field]) => field.required && field.type !== 'group' && !isPrinted(path, printed),
    );
    expect(missing.map(([path]) => path)).toEqual([]);
  });

  test('fills the width of its tables', () => {
    for (const block of template.layout) {
      if (block.block !== 'table') continue;
      const sum = block.columns.reduce((total, { share }) => total + share, 0);
      expect(sum).toBeCloseTo(1, 9);
    }
  });

  test('survives JSON, by which the shop’s programs get it', () => {
    expect(JSON.parse(JSON.stringify(template))).toEqual(template);
  });
});

test('the samples of priced documents add up', () => {
  for (const { sample } of templates) {
    if (!('totals' in sample)) continue;
    // The first test above has seen that these are so.
    const { lines, totals } = sample as unknown as {
      lines: { quantity: number; unitPrice: number; total: number }[];
      totals: { subtotal: number; discount: number; tax: number; total: number };
    };
    for (const { quantity, unitPrice, total } of lines) expect(total).toBe(quantity * unitPrice);
    expect(totals.subtotal).toBe(lines.reduce((sum, { total }) => sum + total, 0));
    expect(totals.total).toBe(totals.subtotal - totals.discount + totals.tax);
  }
});

/** Whether a path, or the list or group that it is part of, is printed. */
function isPrinted(path: string, printed: ReadonlySet<string>): boolean {
  const names = path.split('.');
  return names.some((_name, index) => printed.has(names.slice(0, index + 1).join('.')));
}
