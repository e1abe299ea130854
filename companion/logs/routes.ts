import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { parseRequest } from '../parse-request.ts';
import { explainDiskError } from '../tree/tree-error.ts';
import { levelNamed, readLogTail } from './read-log.ts';

const olderFiles = 5;
const defaultTail = 200;
const maxTail = 5000;

const querySchema = v.object({
  level: v.optional(
    v.pipe(
      v.string(),
      v.transform(levelNamed),
      v.picklist(['DEBUG', 'INFO', 'WARN', 'ERROR'], 'a level is DEBUG, INFO, WARN or ERROR'),
    ),
    'DEBUG',
  ),
  tail: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[1-9]\d{0,8}$/, 'a tail is a whole number from 1 on'),
      v.transform((text) => Math.min(Number(text), maxTail)),
    ),
    String(defaultTail),
  ),
});
const linesSchema = v.object({ text: v.pipe(v.string(), v.maxLength(1_000_000)) });

/**
 * `GET /api/logs?level=&tail=`: the newest entries of `logs/ai.log` and its older files, the newest last. `POST /api/logs` `{text}`:
 * appends lines as they are, since a log that others write to only ever grows.
 */
export function registerLogs(server: FastifyInstance, root: string): void {
  const log = join(root, 'logs', 'ai.log');
  const files = [log, ...Array.from({ length: olderFiles }, (_, index) => `${log}.${index + 1}`)];
  server.get('/api/logs', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return { entries: await readLogTail(files, parseRequest(querySchema, request.query)) };
  });
  server.post('/api/logs', async (request, reply) => {
    const { text } = parseRequest(linesSchema, request.body);
    if (text !== '') {
      await appendFile(log, text.endsWith('\n') ? text : `${text}\n`).catch((error: unknown) => {
        throw explainDiskError(error, 'logs/ai.log');
      });
    }
    return reply.code(204).send();
  });
}
