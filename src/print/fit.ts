import * as v from 'valibot';
import { currencies } from '../schema.ts';
import type { Field, PlainFieldType } from './template.ts';

const plainSchemas: Record<PlainFieldType, v.GenericSchema> = {
  text: v.pipe(v.string(), v.minLength(1), v.regex(/^[^\n\r]*$/)),
  'long-text': v.pipe(v.string(), v.minLength(1)),
  integer: v.pipe(v.number(), v.safeInteger()),
  quantity: v.pipe(v.number(), v.finite(), v.minValue(0)),
  percent: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
  money: v.pipe(v.number(), v.safeInteger()),
  currency: v.picklist(currencies),
  date: v.pipe(v.number(), v.safeInteger()),
  flag: v.boolean(),
  image: v.pipe(v.string(), v.regex(/^(data:image\/(png|jpeg|webp);base64,[\w+/]+=*)?$/)),
  barcode: v.pipe(v.string(), v.regex(/^[\x20-\x7e]{1,48}$/)),
};

function schemaOf(field: Field): v.GenericSchema {
  if (field.type === 'group') return objectSchemaOf(field.fields);
  if (field.type === 'list') return v.array(objectSchemaOf(field.fields));
  if (field.type === 'choice') return v.picklist(field.choices.map(({ value }) => value));
  return plainSchemas[field.type];
}

function objectSchemaOf(fields: readonly Field[]): v.GenericSchema {
  const entries = fields.map((field) => [
    field.name,
    field.required ? schemaOf(field) : v.nullish(schemaOf(field)),
  ]) satisfies [string, v.GenericSchema][];
  return v.strictObject(Object.fromEntries(entries));
}

/** Why these data cannot be printed with these fields: one line each, with the path of the value; empty when they can. */
export function misfits(fields: readonly Field[], data: unknown): string[] {
  const result = v.safeParse(objectSchemaOf(fields), data);
  return result.success ? [] : result.issues.map((issue) => `${v.getDotPath(issue) ?? 'data'}: ${issue.message}`);
}
