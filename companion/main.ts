import type { Server as HttpServer } from 'node:http';
import { join } from 'node:path';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Logger, silentLogger } from '../src/log.ts';
import { type AllowedMethods, noteRoutes } from './allowed-methods.ts';
import { isPage, serveApp } from './app-files.ts';
import {
  codeOfStatus,
  hearOut,
  refuse,
  refuseAddress,
  refuseConnection,
  refuseMethod,
  registerGuard,
  registerJsonBodies,
} from './guard.ts';
import { HttpError } from './http-error.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { adoptConnections, createHttpServer, listenOnLoopback } from './listen.ts';
import { isInterface } from './security.ts';
import { createShopData } from './shop-data.ts';
import { openJsonDoor } from './tcp/door.ts';
import { tellApart } from './tcp/first-byte.ts';
import { ownTemplates, registerTemplates } from './templates.ts';
import { openShopFolder } from './tree/shop-folder.ts';
import type { TillAddress } from './upstream/address.ts';
import { openUpstream } from './upstream/upstream.ts';

export { errorSentences, isErrorCode } from '../src/errors.ts';
export { createLogger, formatLogEntry } from '../src/log.ts';
export { isPortTaken, PortTakenError } from './listen.ts';
export { openLogFile } from './logs/log-file.ts';
export { RootLockedError } from './tree/root.ts';
export { formatTillAddress, parseTillAddress } from './upstream/address.ts';

export interface CompanionOptions {
  /** The built web app. */
  appFolder: string;
  /** 0: any free one. */
  port: number;
  /** The shop's folder, made when it is missing. Without one the companion serves the app alone. */
  root?: string;
  /** Opens the database soon, not when it is first asked: the first start makes one, which takes seconds. */
  opensDatabaseSoon?: boolean;
  /** A PostgreSQL server's address; without one the database lies in the shop's folder. */
  databaseUrl?: string;
  /** The till program that holds the shop's port, and is sent the events of this root. */
  upstream?: TillAddress;
  /** Called when another companion has taken the folder over: to close in order would write there, so the process had better end at once. */
  onFolderLost?: () => void;
  log?: Logger;
  /** What differs from `defaultLimits`. */
  limits?: Partial<Limits>;
}
export interface Companion {
  /** Where the app is, without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts the shop's local server on loopback. Rejects with PortTakenError when another program holds the port, and with
 * RootLockedError when another companion works on the same folder.
 */
export async function createCompanion({
  appFolder,
  port,
  root,
  databaseUrl,
  log = silentLogger,
  ...options
}: CompanionOptions): Promise<Companion> {
  const limits: Limits = { ...defaultLimits, ...options.limits };
  let listeningPort = port;
  let http: HttpServer | undefined;
  const server = fastify({
    forceCloseConnections: true,
    // An id of two hundred characters, each of them encoded.
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 2400 },
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseConnection,
    serverFactory: (handler) => {
      http = createHttpServer(handler, limits);
      return http;
    },
  });
  const allowed = noteRoutes(server);
  registerGuard(server, { port: () => listeningPort, allowed, refusedMs: limits.refusedMs });
  registerJsonBodies(server, limits.maxJsonBytes, limits.maxJsonDepth);
  answerErrors(server, { log, allowed, refusedMs: limits.refusedMs });
  const folder = root === undefined ? null : await openShopFolder(root, log, options.onFolderLost);
  server.get('/api/health', () => ({ status: 'ok', program: 'lagrace', ...(folder && { tree: folder.health() }) }));
  folder?.register(server);
  const data = root === undefined ? null : createShopData({ root, databaseUrl, log });
  data?.register(server);
  const upstream =
    data && root !== undefined && options.upstream
      ? await openUpstream({
          address: options.upstream,
          positionsPath: join(root, '.glowflix', 'upstream.json'),
          events: data.events,
          log,
        })
      : null;
  upstream?.register(server);
  const templates = upstream?.templates ?? ownTemplates;
  registerTemplates(server, templates);
  serveApp(server, appFolder);
  await server.ready();
  if (!http) throw new Error('fastify made no HTTP server');

  const jsonDoor = openJsonDoor({ events: data?.events ?? null, templates, log, limits });
  const door = tellApart({ json: jsonDoor.accept, http: adoptConnections(http) }, limits.firstByteMs);
  const listening = await listenOnLoopback(port, door.accept, limits.maxConnections).catch(async (error: unknown) => {
    await upstream?.close();
    await server.close();
    await data?.close();
    await folder?.close();
    throw error;
  });
  listeningPort = listening.port;
  const url = `http://localhost:${listeningPort}`;
  log.info(`companion listening on ${url}`);
  if (options.opensDatabaseSoon) data?.openSoon();
  return {
    url,
    close: async () => {
      const closed = listening.close();
      door.close();
      await upstream?.close();
      // Streams end in order before the rest is cut.
      await server.close();
      http?.closeAllConnections();
      await jsonDoor.close();
      await closed;
      await data?.close();
      await folder?.close();
      log.info('companion closed');
    },
  };
}

/** Every error is JSON with a code; an address of the app that is no file is one of its pages. */
function answerErrors(
  server: FastifyInstance,
  { log, allowed, refusedMs }: { log: Logger; allowed: AllowedMethods; refusedMs: number },
): void {
  server.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    if (isPage(request)) return reply.sendFile('index.html');
    return refuseMethod(request, reply, isInterface(request.url) ? allowed(request.url) : []);
  });
  server.setErrorHandler(async (error: FastifyError, request, reply) => {
    await hearOut(request.raw, refusedMs);
    if (error instanceof HttpError) {
      if (error.statusCode >= 500) log.error(`${request.method} ${request.url} failed`, error.cause ?? error);
      return refuse(reply, error.statusCode, error.code, error.message);
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error(`${request.method} ${request.url} failed`, error);
    const message = status >= 500 ? 'the request failed; the log has the details' : error.message;
    return refuse(reply, status, codeOfStatus(status), message);
  });
}
