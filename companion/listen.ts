import { createServer as createNodeHttpServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Limits } from './limits.ts';

export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly port: number;
  constructor(port: number) {
    super(`port ${port} is taken by another program`);
    this.port = port;
  }
}

/** Listening on loopback. */
export interface Listening {
  port: number;
  close(): Promise<void>;
}

const families = ['127.0.0.1', '::1'] as const;
const probeTimeoutMs = 250;

/**
 * Listens on both loopback families with one port number (0: any free one) and hands each connection to `accept`.
 * A machine without IPv6 gets IPv4 alone; connections beyond `maxConnections` of a family are dropped. Rejects with
 * PortTakenError.
 */
export async function listenOnLoopback(
  port: number,
  accept: (socket: Socket) => void,
  maxConnections: number,
): Promise<Listening> {
  // Windows and macOS let us bind an address whose port another program holds for all addresses: ask before.
  if (port !== 0 && (await isPortTaken(port))) throw new PortTakenError(port);
  for (let attempt = 1; ; attempt += 1) {
    const servers: Server[] = [];
    try {
      const first = await listen('127.0.0.1', port, accept, maxConnections);
      servers.push(first);
      const taken = portOf(first);
      const second = await listen('::1', taken, accept, maxConnections).catch(unlessNoIpv6);
      if (second) servers.push(second);
      return { port: taken, close: () => closeAll(servers) };
    } catch (error) {
      await closeAll(servers);
      const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!busy) throw error;
      // A free port of one family may be taken in the other: any other one will do.
      if (port !== 0 || attempt === 10) throw new PortTakenError(port);
    }
  }
}

/** An HTTP server that waits for nobody longer than the limits say. */
export function createHttpServer(handler: RequestListener, limits: Limits): HttpServer {
  const server = createNodeHttpServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.checkMs,
      // The guard refuses a request without one, and says why.
      requireHostHeader: false,
    },
    handler,
  );
  server.setTimeout(limits.silenceMs);
  return server;
}

/** Makes an HTTP server that listens nowhere itself behave as if it did: its time-outs run and its idle connections close. */
export function adoptConnections(http: HttpServer): (socket: Socket) => void {
  http.emit('listening');
  return (socket) => http.emit('connection', socket);
}

function listen(host: string, port: number, accept: (socket: Socket) => void, maxConnections: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ noDelay: true, allowHalfOpen: true }, accept);
    server.maxConnections = maxConnections;
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function unlessNoIpv6(error: unknown): null {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return null;
  throw error;
}

/** Whether a program takes connections on this port of loopback. */
export async function isPortTaken(port: number): Promise<boolean> {
  return (await Promise.all(families.map((host) => answers(host, port)))).some(Boolean);
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: probeTimeoutMs });
    const settle = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

async function closeAll(servers: Server[]): Promise<void> {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
}
