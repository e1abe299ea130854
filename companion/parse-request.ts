import * as v from 'valibot';
import { HttpError } from './http-error.ts';

/** What a caller sent, in its shape. Throws HttpError 400 that names the first field that is not as it should be. */
export function parseRequest<Schema extends v.GenericSchema>(schema: Schema, sent: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, sent, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue);
  throw new HttpError(400, 'bad-request', where === null ? issue.message : `${where}: ${issue.message}`);
}
