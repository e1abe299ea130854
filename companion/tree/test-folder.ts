import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { silentLogger } from '../../src/log.ts';
import { HttpError } from '../http-error.ts';
import { registerLogs } from '../logs/routes.ts';
import { registerMaintenance } from '../maintenance/routes.ts';
import { createUpkeep } from '../maintenance/upkeep.ts';
import { registerBatchRoutes } from './batch-routes.ts';
import { type DiskTree, type DiskTreeOptions, openDiskTree } from './disk-tree.ts';
import { registerFileRoutes } from './file-routes.ts';
import { openRoot } from './root.ts';
import { registerTreeRoutes } from './tree-routes.ts';
import { createUploads } from './upload-routes.ts';

/** For tests: a shop's folder that is thrown away, with its routes on a free port. */
export interface TestFolder {
  /** Alone in its own parent. */
  path: string;
  tree: DiskTree;
  url: string;
  request(path: string, init?: RequestInit): Promise<Response>;
  /** A request for an address as it is written: `fetch` tidies addresses. */
  raw(target: string, method?: string): Promise<RawAnswer>;
  write(path: string, content: string | Buffer): void;
  /** Ends the companion, and starts one again on the same folder. */
  restart(options?: Partial<DiskTreeOptions>): Promise<void>;
  /** Ends the companion and leaves the folder. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

export interface RawAnswer {
  status: number;
  body: string;
}

export const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

export async function openTestFolder(options: Partial<DiskTreeOptions> = {}): Promise<TestFolder> {
  const parent = mkdtempSync(join(tmpdir(), 'lagrace-tree-'));
  const path = join(parent, 'shop');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let running = await start(path, options);
  return {
    path,
    get tree() {
      return running.tree;
    },
    get url() {
      return running.url;
    },
    request: (target, init) => fetch(`${running.url}${target}`, init),
    raw: (target, method = 'GET') => ask(agent, Number(new URL(running.url).port), target, method),
    write: (file, content) => {
      const target = join(path, file);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    },
    restart: async (changed = options) => {
      await running.close();
      running = await start(path, changed);
    },
    stop: () => running.close(),
    remove: async () => {
      agent.destroy();
      await running.close();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

async function start(path: string, options: Partial<DiskTreeOptions>) {
  const root = await openRoot(path, { onLost: () => undefined });
  const tree = await openDiskTree({ root, log: silentLogger, ...options });
  const uploads = await createUploads(tree, silentLogger);
  const now = options.now ?? Date.now;
  const upkeep = createUpkeep({ tree, uploads, log: options.log ?? silentLogger, now });
  const server = fastify({ forceCloseConnections: true });
  answerErrors(server);
  registerTreeRoutes(server, tree);
  registerFileRoutes(server, tree);
  registerBatchRoutes(server, tree, silentLogger);
  uploads.register(server);
  registerLogs(server, root.path);
  registerMaintenance(server, upkeep);
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as AddressInfo; // It listens on a port, not on a pipe.
  let closed: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await server.close();
    await upkeep.close();
    await tree.close();
    root.release();
  };
  return {
    tree,
    url: `http://127.0.0.1:${port}`,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

function answerErrors(server: FastifyInstance): void {
  server.setErrorHandler((error, _request, reply) => {
    const { statusCode, code, message } =
      error instanceof HttpError ? error : new HttpError(500, 'internal', String(error));
    return reply.code(statusCode).send({ error: { code, message } });
  });
}

function ask(agent: Agent, port: number, path: string, method: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { agent, port, host: '127.0.0.1', path, method, headers: { 'content-length': 0 } },
      (answer) => {
        let body = '';
        answer.setEncoding('latin1').on('data', (text) => {
          body += text;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body })).on('error', reject);
      },
    );
    sent.on('error', reject).end();
  });
}
