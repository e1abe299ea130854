import * as v from 'valibot';
import { LaGraceError } from '../errors.ts';
import { type CounterNumbering, counterSchema, numberingSchema } from '../schema/documents.ts';
import type { Json, ShopEvent } from '../schema/events.ts';
import { type TreeListing, type TreeUse, treeListingSchema } from '../schema/tree.ts';
import { createBatchCalls, type FileBatches } from './companion-batches.ts';
import { CompanionRefusal, refusalOf } from './companion-refusal.ts';
import { readServerSentEvents } from './server-sent-events.ts';

export { CompanionRefusal } from './companion-refusal.ts';

export interface CompanionClientOptions {
  /** Where the companion is, without a slash at the end; empty for the origin of the page. */
  origin: string;
  fetch: typeof fetch;
  /** How long a short answer may take. */
  timeoutMs?: number;
}
export interface CallOptions {
  signal: AbortSignal;
}
export interface WriteFileOptions extends CallOptions {
  sha256: string;
  /** When it was last changed, epoch milliseconds. */
  mtime: number;
  /** The digest that must still be there, null for nothing. */
  replaces: string | null;
}
export interface CompanionFile {
  body: ReadableStream<Uint8Array>;
  size: number;
  sha256: string;
}

/**
 * The companion as this browser asks it. What comes back has passed its schema. Rejects with LaGraceError: network-failed
 * when it cannot be reached or is in trouble itself, file-changed when a file is not the one that was meant, and otherwise with
 * CompanionRefusal.
 */
export interface CompanionClient extends FileBatches {
  /** The id of the folder it mirrors; null when it is not ours, or mirrors none. */
  rootId(options: CallOptions): Promise<string | null>;
  /** What changed in the tree after a revision, first in one listing, then as it happens. Ends when the companion does. */
  followTree(since: number, options: CallOptions): AsyncGenerator<TreeListing>;
  listTree(options: CallOptions): Promise<TreeListing>;
  readFile(path: string, options: CallOptions): Promise<CompanionFile>;
  /** Resolves to the tree's revision with the file in it, null when the companion does not say. `logs/ai.log` is appended to. */
  writeFile(path: string, content: Blob, options: WriteFileOptions): Promise<number | null>;
  deleteFile(path: string, options: CallOptions & { replaces: string }): Promise<void>;
  reportUse(uses: readonly TreeUse[], options: CallOptions): Promise<void>;
  /** Has the disk cleaned up, or only says what that would take. */
  cleanUp(options: CallOptions & { dryRun: boolean }): Promise<{ count: number; bytes: number }>;
  postEvents(events: readonly ShopEvent[], options: CallOptions): Promise<void>;
  putDocument(id: string, document: Json, options: CallOptions): Promise<void>;
  /** The counter of a profile: always the same one for the same profile. */
  assign(profileId: string, options: CallOptions): Promise<string>;
  /** The last number that the companion received of each of a counter's series. */
  numbering(counter: string, options: CallOptions): Promise<CounterNumbering>;
}

const healthSchema = v.object({
  program: v.literal('lagrace'),
  tree: v.optional(v.object({ rootId: v.string() })),
});
const cleanedSchema = v.object({ count: v.number(), bytes: v.number() });
const problemSchema = v.object({ error: v.object({ code: v.string(), message: v.string() }) });

const jsonHeaders = { 'content-type': 'application/json' };
/** The companion says something at least every 15 s. */
const silenceMs = 45_000;

/** The companion at `origin`; what takes longer than `timeoutMs` counts as unanswered. */
export function createCompanionClient({ origin, fetch, timeoutMs = 30_000 }: CompanionClientOptions): CompanionClient {
  const ask = async (path: string, init: RequestInit & CallOptions): Promise<Response> => {
    const what = `${init.method ?? 'GET'} ${path}`;
    let response: Response;
    try {
      response = await fetch(`${origin}${path}`, { cache: 'no-store', ...init });
    } catch (thrown) {
      init.signal.throwIfAborted();
      throw new LaGraceError('network-failed', `${what} got no answer; is the companion running?`, { cause: thrown });
    }
    if (response.ok) return response;
    throw await explainRefusal(what, response);
  };
  /** For answers that are short: one that never comes is a companion that is not there. */
  const askShortly = async (path: string, { signal, ...init }: RequestInit & CallOptions): Promise<Response> => {
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      return await ask(path, { ...init, signal: AbortSignal.any([signal, limit]) });
    } catch (thrown) {
      if (!limit.aborted || signal.aborted) throw thrown;
      throw new LaGraceError('network-failed', `${path} was not answered within ${timeoutMs} ms`, { cause: thrown });
    }
  };
  const sendJson = async (method: string, path: string, body: unknown, { signal }: CallOptions): Promise<void> => {
    const init = { method, headers: jsonHeaders, body: JSON.stringify(body), signal };
    await finish(await askShortly(path, init));
  };

  return {
    ...createBatchCalls(ask),
    async rootId({ signal }) {
      const health = v.safeParse(healthSchema, await readJson(await askShortly('/api/health', { signal })));
      return (health.success && health.output.tree?.rootId) || null;
    },
    async *followTree(since, { signal }) {
      const { body } = await ask(`/api/tree/stream?since=${since}`, { signal });
      if (!body) return;
      for await (const data of readServerSentEvents(body, silenceMs)) {
        const listing = v.safeParse(treeListingSchema, parseJson(data));
        if (!listing.success)
          throw new LaGraceError('network-failed', `the companion's tree makes no sense: ${listing.issues[0].message}`);
        yield listing.output;
      }
    },
    listTree: async ({ signal }) => parseAnswer(treeListingSchema, await ask('/api/tree', { signal })),
    async readFile(path, { signal }) {
      const { body, headers } = await ask(addressOf(path), { signal });
      const sha256 = /^"([0-9a-f]{64})"$/.exec(headers.get('etag') ?? '')?.[1];
      const size = Number(headers.get('content-length') ?? Number.NaN);
      if (body && sha256 && Number.isSafeInteger(size)) return { body, sha256, size };
      await body?.cancel();
      throw new LaGraceError('network-failed', `the companion gave ${path} without its size or digest`);
    },
    async writeFile(path, content, { sha256, mtime, replaces, signal }) {
      const condition = replaces === null ? { 'if-none-match': '*' } : { 'if-match': `"${replaces}"` };
      const headers = {
        'content-type': 'application/octet-stream',
        'repr-digest': digestHeader(sha256),
        'x-mtime': String(mtime),
        ...condition,
      };
      const response = await ask(addressOf(path), { method: 'PUT', headers, body: content, signal });
      await finish(response);
      return readRevision(response.headers.get('tree-revision'));
    },
    async deleteFile(path, { replaces, signal }) {
      try {
        const init = { method: 'DELETE', headers: { 'if-match': `"${replaces}"` }, signal };
        await finish(await askShortly(addressOf(path), init));
      } catch (thrown) {
        if (!(thrown instanceof CompanionRefusal && thrown.status === 404)) throw thrown;
      }
    },
    reportUse: (uses, options) => sendJson('POST', '/api/tree/use', uses, options),
    async cleanUp({ dryRun, signal }) {
      const init = { method: 'POST', headers: jsonHeaders, body: JSON.stringify({ dryRun }), signal };
      return parseAnswer(cleanedSchema, await ask('/api/maintenance/cleanup', init));
    },
    postEvents: (events, options) => sendJson('POST', '/api/ai/event', events, options),
    putDocument: (id, document, options) =>
      sendJson('PUT', `/api/documents/${encodeURIComponent(id)}`, document, options),
    async assign(profileId, { signal }) {
      const init = { method: 'POST', headers: jsonHeaders, body: JSON.stringify({ profileId }), signal };
      return (await parseAnswer(counterSchema, await askShortly('/api/counters', init))).counter;
    },
    async numbering(counter, { signal }) {
      const address = `/api/counters/${encodeURIComponent(counter)}/numbering`;
      return parseAnswer(numberingSchema, await askShortly(address, { signal }));
    },
  };
}

/** Where a file of the tree is: each name encoded once. */
export function addressOf(path: string): string {
  return `/api/files/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** A digest as `Repr-Digest` gives it (RFC 9530). */
export function digestHeader(sha256: string): string {
  const bytes = sha256.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
  return `sha-256=:${btoa(String.fromCharCode(...bytes))}:`;
}

async function parseAnswer<T>(schema: v.GenericSchema<unknown, T>, response: Response): Promise<T> {
  const parsed = v.safeParse(schema, await readJson(response));
  if (parsed.success) return parsed.output;
  throw new LaGraceError('network-failed', `${response.url} makes no sense: ${parsed.issues[0].message}`);
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (thrown) {
    throw new LaGraceError('network-failed', `${response.url} answered no JSON`, { cause: thrown });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The tree's revision in a header; null where there is none or it is no number. */
export function readRevision(header: string | null): number | null {
  return header !== null && /^\d{1,15}$/.test(header) ? Number(header) : null;
}

/** An answer that nobody reads would hold its connection. */
async function finish(response: Response): Promise<void> {
  await response.arrayBuffer();
}

async function explainRefusal(what: string, response: Response): Promise<LaGraceError> {
  const { status } = response;
  const problem = v.safeParse(problemSchema, await response.json().catch(() => null));
  return refusalOf(what, problem.success ? { status, ...problem.output.error } : { status });
}
