import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { companionHeaders } from '../scripts/headers.mjs';
import type { AllowedMethods } from './allowed-methods.ts';
import { HttpError } from './http-error.ts';
import { isDeeperThan } from './json-scan.ts';
import { hostNamed, isFromBrowser, isFromForeignPage, isInterface, judgeHost } from './security.ts';

/** Puts the security headers on every answer, and lets in only our own name, our own pages, and programs of this machine. */
export function registerGuard(
  server: FastifyInstance,
  { port, allowed, refusedMs }: { port: () => number; allowed: AllowedMethods; refusedMs: number },
): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(companionHeaders);
    const { method, url, headers } = request;
    const turnAway = async (...refusal: [status: number, code: string, message: string]): Promise<FastifyReply> => {
      await hearOut(request.raw, refusedMs);
      return refuse(reply, ...refusal);
    };
    if (!url.startsWith('/')) return turnAway(400, 'bad-request', 'the address is not a path');
    if (headers.host === undefined) return turnAway(400, 'bad-request', 'the request names no host');
    const verdict = judgeHost(hostNamed({ method, url, headers }, port()), port());
    if (verdict === 'foreign') return turnAway(421, 'foreign-host', `this is not ${headers.host}`);
    if (isFromForeignPage({ method, url, headers }, port())) {
      return turnAway(403, 'foreign-page', 'another site’s page may not call this program');
    }
    const reads = method === 'GET' || method === 'HEAD';
    // Programs may call the interface by the address; a page must have one origin, for its storage hangs on it.
    if (verdict === 'loopback' && reads && !isInterface(url)) {
      return reply.redirect(`http://localhost:${port()}${url}`, 308);
    }
    if (!reads && request.is404) {
      await hearOut(request.raw, refusedMs);
      return refuseMethod(request, reply, allowed(url));
    }
    nameUntypedBody(request);
  });
}

/** A sender that says nothing for so long has said all it will, or waits for us. */
const silentMs = 500;

/**
 * Hears a request that is to be refused to its end, for at most `longestMs`. Many programs send all of a body before they read, and a
 * connection that is closed under them takes the answer with it. To be awaited before the refusal is sent, never while it is: a
 * request whose answer is on its way when its sender leaves counts as unanswered, and would be let in.
 */
export function hearOut(body: IncomingMessage, longestMs: number): Promise<void> {
  if (body.complete || body.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(longest);
      clearTimeout(silence);
      resolve();
    };
    const longest = setTimeout(done, longestMs);
    const silence = setTimeout(done, silentMs);
    body.on('data', () => silence.refresh());
    body.once('end', done).once('close', done).once('error', done);
  });
}

/** Takes JSON bodies of at most `maxBytes` and `maxDepth`, and no other kind; a route that takes files says so itself. */
export function registerJsonBodies(server: FastifyInstance, maxBytes: number, maxDepth: number): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeContentTypeParser(['application/json', 'text/plain']);
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: maxBytes },
    (request, body: Buffer, done) => {
      const encoding = request.headers['content-encoding'];
      if (encoding !== undefined && encoding !== 'identity') {
        done(new HttpError(415, 'encoded-body', `a body encoded as ${encoding} is not taken; send it as it is`));
        return;
      }
      if (isDeeperThan(body, maxDepth)) {
        done(new HttpError(400, 'too-deep', `the body has more than ${maxDepth} levels`));
        return;
      }
      let text: string;
      try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(body);
      } catch {
        done(new HttpError(400, 'bad-encoding', 'the body is not UTF-8'));
        return;
      }
      void parse(request, text, done);
    },
  );
}

export function refuse(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').send({ error: { code, message } });
}

/** For an address that does not take the method of the request: it takes others, or there is no such address. */
export function refuseMethod(
  { method, url }: FastifyRequest,
  reply: FastifyReply,
  allowed: readonly string[],
): FastifyReply {
  if (allowed.length === 0) return refuse(reply, 404, 'not-found', `there is no ${url}`);
  reply.header('allow', allowed.join(', '));
  return refuse(reply, 405, 'method-not-allowed', `${method} is not allowed here`);
}

const statusCodes: Record<number, string> = {
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large',
  414: 'too-large',
  415: 'unsupported-type',
};

/** The code of a refusal that the framework worded. */
export function codeOfStatus(status: number): string {
  return statusCodes[status] ?? (status >= 500 ? 'internal' : 'bad-request');
}

/** Answers an address that cannot even be read; no hook has seen the request. */
export function refuseAddress(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 400;
  refuse(reply.headers(companionHeaders), status, codeOfStatus(status), 'the address is not one that can be read');
}

/** Answers what is no HTTP, and what took too long to come; the connection is closed. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, message] = lastWords[error.code ?? ''] ?? ['400 Bad Request', 'bad-request', 'this is no HTTP'];
  const body = JSON.stringify({ error: { code, message } });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nContent-Type: application/json; charset=utf-8\r\nConnection: close\r\n\r\n${body}`,
  );
}

const lastWords: Record<string, readonly [string, string, string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'timeout', 'the request took too long to come'],
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'too-large', 'the headers are too long'],
};

/**
 * Old programs post JSON without a word on its type, or with the one that their library puts. A page could do neither
 * unnoticed: a browser names the page, and a form's fields are not JSON.
 */
function nameUntypedBody({ method, url, headers }: FastifyRequest): void {
  if (method !== 'POST' || !isInterface(url) || isFromBrowser(headers)) return;
  const type = headers['content-type'];
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (hasBody && (type === undefined || type === 'application/x-www-form-urlencoded')) {
    headers['content-type'] = 'application/json';
  }
}
