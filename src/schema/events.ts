import * as v from 'valibot';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** Any JSON value; depth and size are bounded where bytes come in. */
export const jsonSchema: v.GenericSchema<Json> = v.lazy(() =>
  v.union([
    v.null(),
    v.boolean(),
    v.pipe(v.number(), v.finite()),
    v.string(),
    v.array(jsonSchema),
    v.record(v.string(), jsonSchema),
  ]),
);

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
