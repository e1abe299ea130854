import { createServer, type Server as HttpServer } from 'node:http';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { companionHeaders } from '../scripts/headers.mjs';
import { type Logger, silentLogger } from '../src/log.ts';
import { isPage, serveApp } from './app-files.ts';
import { adoptConnections, listenOnLoopback } from './listen.ts';
import { judgeHost } from './security.ts';

export { errorSentences, isErrorCode } from '../src/errors.ts';
export { createLogger, formatLogEntry } from '../src/log.ts';
export { PortTakenError } from './listen.ts';

export interface CompanionOptions {
  /** The built web app. */
  appFolder: string;
  /** 0: any free one. */
  port: number;
  /** The shop's folder, which exists. Without one the companion serves the app alone. */
  root?: string;
  /** A PostgreSQL server's address; without one the database lies in the shop's folder. */
  databaseUrl?: string;
  log?: Logger;
}
export interface Companion {
  /** Where the app is, without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** Starts the shop's local server on loopback. Rejects with PortTakenError when another program holds the port. */
export async function createCompanion({ appFolder, port, log = silentLogger }: CompanionOptions): Promise<Companion> {
  let listeningPort = port;
  let http: HttpServer | undefined;
  const server = fastify({
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: false },
    serverFactory: (handler) => {
      http = createServer(handler);
      return http;
    },
  });
  guard(server, () => listeningPort);
  answerErrors(server, log);
  server.get('/api/health', () => ({ status: 'ok', program: 'lagrace' }));
  serveApp(server, appFolder);
  await server.ready();
  if (!http) throw new Error('fastify made no HTTP server');

  const listening = await listenOnLoopback(port, adoptConnections(http));
  listeningPort = listening.port;
  const url = `http://localhost:${listeningPort}`;
  log.info(`companion listening on ${url}`);
  return {
    url,
    close: async () => {
      const closed = listening.close();
      http?.closeAllConnections();
      await closed;
      await server.close();
      log.info('companion closed');
    },
  };
}

/** Puts the security headers on every answer, and lets only our own name in. */
function guard(server: FastifyInstance, port: () => number): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(companionHeaders);
    if (!request.url.startsWith('/')) return refuse(reply, 400, 'bad-request', 'the address is not a path');
    const verdict = judgeHost(request.headers.host, port());
    if (verdict === 'foreign') {
      return refuse(reply, 421, 'foreign-host', `this is not ${request.headers.host ?? 'a request without a host'}`);
    }
    const reads = request.method === 'GET' || request.method === 'HEAD';
    // Programs may call the interface by the address; a page must have one origin, for its storage hangs on it.
    if (verdict === 'loopback' && reads && !request.url.startsWith('/api/')) {
      return reply.redirect(`http://localhost:${port()}${request.url}`, 308);
    }
    if (!reads && request.is404) {
      reply.header('allow', 'GET, HEAD');
      return refuse(reply, 405, 'method-not-allowed', `${request.method} is not allowed here`);
    }
  });
}

/** Every error is JSON with a code; an address of the app that is no file is one of its pages. */
function answerErrors(server: FastifyInstance, log: Logger): void {
  server.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    if (isPage(request)) return reply.sendFile('index.html');
    return refuse(reply, 404, 'not-found', `there is no ${request.url}`);
  });
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error(`${request.method} ${request.url} failed`, error);
    const message = status >= 500 ? 'the request failed; the log has the details' : error.message;
    return refuse(reply, status, status >= 500 ? 'internal' : 'bad-request', message);
  });
}

function refuse(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').send({ error: { code, message } });
}
