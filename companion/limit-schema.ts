import * as v from 'valibot';

const maxListed = 1000;

/** How many a caller wants listed, as an address says it: a whole number from 1 on; nobody gets more than a thousand at once. */
export const limitSchema = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d{0,8}$/, 'a limit is a whole number from 1 on'),
  v.transform((text) => Math.min(Number(text), maxListed)),
);
