import { mkdir, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import type { Logger } from '../../src/log.ts';
import { sha256Schema } from '../../src/schema/tree.ts';
import type { DiskTree } from './disk-tree.ts';
import { checkPath } from './safe-path.ts';
import { explainDiskError, TreeError } from './tree-error.ts';

const prefix = '/api/uploads';
const uploadsLiveMs = 7 * 24 * 60 * 60_000;
const fullBytes = 16 << 20;

/** What a sender says with an upload, as tus metadata. The conditions are the headers' values. */
const metadataSchema = v.object({
  path: v.string(),
  sha256: sha256Schema,
  mtime: v.optional(v.pipe(v.string(), v.regex(/^\d{1,14}(\.\d{1,6})?$/), v.transform(Number))),
  ifMatch: v.optional(v.string()),
  ifNoneMatch: v.optional(v.string()),
});

/** Where half-sent files wait, through restarts too. */
export interface Uploads {
  register(server: FastifyInstance): void;
  /** Removes what nobody went on sending for a week; gives how many files. */
  removeStale(): Promise<number>;
}

type Upload = Awaited<ReturnType<FileStore['getUpload']>>;

/** `/api/uploads`: files in pieces that outlive a lost connection and a restart, by tus 1.0. A whole file whose digest is right moves into the tree. */
export async function createUploads(tree: DiskTree, log: Logger): Promise<Uploads> {
  const directory = tree.root.own('uploads');
  await mkdir(directory, { recursive: true });
  const store = new FileStore({ directory });
  // What is stale goes with the nightly clean-up, and a sender says at once how much it has.
  store.extensions = ['creation', 'creation-with-upload', 'termination'];
  // The store makes the folder too and does not say when: this one comes behind it.
  await mkdir(directory, { recursive: true });
  const finishing = new Map<string, Promise<void>>();

  /** Once for each upload, however many ask: the one that sent the last piece, and those that ask how it stands. */
  const finish = (upload: Upload): Promise<void> => {
    const running = finishing.get(upload.id);
    if (running) return running;
    const started = moveIn(tree, store, upload).finally(() => finishing.delete(upload.id));
    finishing.set(upload.id, started);
    return started;
  };
  const tus = new UploadServer({
    path: prefix,
    datastore: store,
    relativeLocation: true,
    allowedOrigins: [],
    onUploadCreate: async (_request, upload) => {
      await requireWelcome(tree, upload);
      return {};
    },
    onUploadFinish: async (_request, upload) => {
      await finish(await store.getUpload(upload.id));
      return {};
    },
    onIncomingRequest: async (request, id) => {
      // The companion may have ended between the last byte and the move: a sender that asks must not hear that all is well.
      if (request.method === 'HEAD' || request.method === 'PATCH') await finishWhole(store, id, finish);
    },
    onResponseError: async (_request, error) => answerOf(await explain(error, tree), log),
  });
  return {
    register: (server) => {
      server.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', (_request, _body, done) => done(null));
        for (const url of [prefix, `${prefix}/*`]) {
          scope.route({
            method: ['HEAD', 'OPTIONS', 'PATCH', 'POST', 'DELETE'],
            url,
            handler: async (request, reply) => {
              for (const [name, value] of Object.entries(reply.getHeaders())) {
                if (value !== undefined) reply.raw.setHeader(name, value);
              }
              reply.hijack();
              await tus.handle(request.raw, reply.raw);
            },
          });
        }
      });
    },
    removeStale: () => removeStale(directory, Date.now() - uploadsLiveMs),
  };
}

/** What the library finds wrong with headers it says in plain words: here all errors are JSON. */
class UploadServer extends Server {
  override write(
    context: Parameters<Server['write']>[0],
    headers: Headers,
    status: number,
    body = '',
  ): ReturnType<Server['write']> {
    if (status < 400) return super.write(context, headers, status, body);
    headers.set('content-type', 'application/json; charset=utf-8');
    const isOurs = body.startsWith('{');
    return super.write(context, headers, status, isOurs ? body : problemOf('upload', body.trim()));
  }
}

async function finishWhole(store: FileStore, id: string, finish: (upload: Upload) => Promise<void>): Promise<void> {
  const upload = await store.getUpload(id).catch(() => null);
  if (upload && upload.size !== undefined && upload.offset === upload.size && upload.size > 0) await finish(upload);
}

function metadataOf({ metadata }: Pick<Upload, 'metadata'>): v.InferOutput<typeof metadataSchema> {
  const parsed = v.safeParse(metadataSchema, metadata ?? {});
  if (!parsed.success)
    throw new TreeError('bad-request', 'an upload needs the metadata path and sha256, the digest in hexadecimal');
  return { ...parsed.output, path: checkPath(parsed.output.path) };
}

/** Says before the first byte what would be said after the last. */
async function requireWelcome(tree: DiskTree, upload: Upload): Promise<void> {
  const { path, sha256, ...conditions } = metadataOf(upload);
  if (upload.size === undefined) throw new TreeError('bad-request', 'an upload needs its length');
  const known = await tree.expect(path, { sha256, size: upload.size }, conditions);
  if (known) throw new TreeError('already-there', `${path} is there with this digest: nothing is to be sent`);
}

async function moveIn(tree: DiskTree, store: FileStore, upload: Upload): Promise<void> {
  const { path, sha256, mtime, ...conditions } = metadataOf(upload);
  const from = `${store.directory}/${upload.id}`;
  try {
    await tree.adopt(path, from, { sha256, size: upload.size, mtime }, conditions);
  } catch (error) {
    // What is held open, unplugged or full may go well next time; what is wrong stays wrong.
    if (error instanceof TreeError && error.statusCode < 500) await forget(store, upload.id);
    throw error;
  }
  await forget(store, upload.id);
}

async function forget(store: FileStore, id: string): Promise<void> {
  await unlink(`${store.directory}/${id}`).catch(() => undefined);
  await store.configstore.delete(id);
}

/** Half of what a killed companion was about to make goes as well: the library would keep it for ever. */
async function removeStale(directory: string, before: number): Promise<number> {
  let removed = 0;
  for (const name of await readdir(directory)) {
    const file = join(directory, name);
    const data = await stat(file.replace(/\.json$/, '')).catch(() => stat(file).catch(() => null));
    if (!data || data.mtimeMs > before) continue;
    await unlink(file);
    removed += 1;
  }
  return removed;
}

/** The library hides what a full disk said, or lets it through as it came. */
async function explain(error: unknown, tree: DiskTree): Promise<unknown> {
  if (describe(error).status !== 500) return error;
  const explained = explainDiskError(error, 'the upload');
  if (explained !== error) return explained;
  const isFull = (await tree.freeBytes()) < fullBytes;
  return isFull ? new TreeError('disk-full', 'the disk is full; free some space and go on') : error;
}

function answerOf(error: unknown, log: Logger): { status_code: number; body: string } {
  const { status, code, message } = describe(error);
  if (status >= 500) log.error('an upload failed', error);
  return { status_code: status, body: problemOf(code, message) };
}

function problemOf(code: string, message: string): string {
  return JSON.stringify({ error: { code, message } });
}

function describe(error: unknown): { status: number; code: string; message: string } {
  if (error instanceof TreeError) return { status: error.statusCode, code: error.code, message: error.message };
  if (typeof error === 'object' && error !== null && 'status_code' in error && 'body' in error) {
    return { status: Number(error.status_code), code: 'upload', message: String(error.body).trim() };
  }
  return { status: 500, code: 'internal', message: 'the upload failed; the log has the details' };
}
