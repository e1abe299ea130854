import * as v from 'valibot';
import { expect, test } from 'vitest';
import { jsonSchema } from './events.ts';

test('a value is handed on whole, whatever its keys are called', () => {
  for (const text of ['{"prototype":false}', '{"__proto__":{"a":[1]}}', '{"constructor":null}', '[{"":0}]']) {
    expect(JSON.stringify(v.parse(jsonSchema, JSON.parse(text)))).toBe(text);
  }
  for (const value of [undefined, Number.NaN, new Date(), [1, () => 1], { at: 1n }]) {
    expect(v.safeParse(jsonSchema, value).success).toBe(false);
  }
});
