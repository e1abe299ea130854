import * as v from 'valibot';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** Any JSON value, handed on as it is, whatever its keys are called; depth and size are bounded where bytes come in. */
export const jsonSchema = v.custom<Json>(isJson, 'is not a JSON value');

function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  const isRecord = typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value));
  return isRecord && Object.values(value).every(isJson);
}

/** What every database and line of text can hold: no control characters, no half of a character. */
const nameSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(200), v.regex(/^[^\p{Cc}\p{Cs}]*$/u));

/** Something that happened in the shop. `id` was made where it happened; `timestamp` is epoch seconds, as the shop's older programs count. */
export const shopEventSchema = v.object({
  id: nameSchema,
  type: nameSchema,
  data: jsonSchema,
  timestamp: v.pipe(v.number(), v.finite()),
  source: nameSchema,
});
export type ShopEvent = v.InferOutput<typeof shopEventSchema>;

/** An event as the companion keeps it: `sequence` grows in the order of arrival. */
export const storedEventSchema = v.object({ ...shopEventSchema.entries, sequence: v.pipe(v.number(), v.integer()) });
export type StoredEvent = v.InferOutput<typeof storedEventSchema>;
