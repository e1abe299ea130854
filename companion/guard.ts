import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { companionHeaders } from '../scripts/headers.mjs';
import { HttpError } from './http-error.ts';
import { isDeeperThan } from './json-scan.ts';
import { isFromBrowser, isFromForeignPage, isInterface, judgeHost } from './security.ts';

/** Puts the security headers on every answer, and lets in only our own name, our own pages, and programs of this machine. */
export function registerGuard(server: FastifyInstance, port: () => number): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(companionHeaders);
    const { method, url, headers } = request;
    if (!url.startsWith('/')) return refuse(reply, 400, 'bad-request', 'the address is not a path');
    const verdict = judgeHost(headers.host, port());
    if (verdict === 'foreign') {
      return refuse(reply, 421, 'foreign-host', `this is not ${headers.host ?? 'a request without a host'}`);
    }
    if (isFromForeignPage({ method, url, headers }, port())) {
      return refuse(reply, 403, 'foreign-page', 'another site’s page may not call this program');
    }
    const reads = method === 'GET' || method === 'HEAD';
    // Programs may call the interface by the address; a page must have one origin, for its storage hangs on it.
    if (verdict === 'loopback' && reads && !isInterface(url)) {
      return reply.redirect(`http://localhost:${port()}${url}`, 308);
    }
    if (!reads && request.is404) {
      reply.header('allow', 'GET, HEAD');
      return refuse(reply, 405, 'method-not-allowed', `${method} is not allowed here`);
    }
    nameUntypedBody(request);
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
