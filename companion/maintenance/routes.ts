import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { parseRequest } from '../parse-request.ts';
import type { Upkeep } from './upkeep.ts';

/** A word that is written wrongly must not turn a look into a clean-up. */
const bodySchema = v.optional(
  v.nullable(
    v.pipe(
      v.unknown(),
      v.check((body) => !Array.isArray(body), 'this is a list, not {dryRun}'),
      v.strictObject({ dryRun: v.optional(v.boolean(), false) }),
    ),
  ),
  { dryRun: false },
);

/** `POST /api/maintenance/cleanup` `{dryRun}`: takes away, or only names, what nobody used for 30 days. */
export function registerMaintenance(server: FastifyInstance, upkeep: Upkeep): void {
  server.post('/api/maintenance/cleanup', (request) => {
    const { dryRun } = parseRequest(bodySchema, request.body) ?? { dryRun: false };
    return upkeep.clean({ dryRun });
  });
}
