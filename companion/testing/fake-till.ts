import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';

export interface PostedEvent {
  id: string;
  type: string;
  data: unknown;
  timestamp: number;
  source: string;
}

/** A shop's till program as old as they come: bare JSON and HTTP on one port. */
export interface FakeTill {
  port: number;
  /** What came by the bare socket, one entry a connection. */
  messages: string[];
  /** What was posted and answered with 201. */
  events: PostedEvent[];
  /** Everything that was posted, known ids and refused ones included. */
  posts: PostedEvent[];
  /** What questions are answered with, by path and query. */
  pages: Map<string, unknown>;
  /** Decides a post's status; 201 unless told, or 200 for a known id. */
  judge: (event: PostedEvent) => number | undefined;
  /** Leaves connections of bare JSON open when the client has ended its side. */
  keepsOpen: boolean;
  /** Answers bare messages with this line. */
  says: string;
  stop(): Promise<void>;
  /** On the same port as before. */
  start(): Promise<void>;
}

/** Port 0: any free one. */
export async function openFakeTill(port = 0): Promise<FakeTill> {
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  const http = createHttpServer((request, response) => void answer(request, response));
  http.emit('listening');

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request);
    const send = (status: number, json: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    };
    if (request.method === 'POST' && request.url === '/api/ai/event') return send(post(body), {});
    const page = till.pages.get(request.url ?? '');
    if (request.method === 'GET' && page !== undefined) return send(200, page);
    return send(404, { error: 'not found' });
  }

  function post(body: string): number {
    // Ours to send; a test that expects something else fails there.
    const event = JSON.parse(body) as PostedEvent;
    till.posts.push(event);
    const status = till.judge(event) ?? (till.events.some(({ id }) => id === event.id) ? 200 : 201);
    if (status === 201) till.events.push(event);
    return status;
  }

  function accept(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      if (first[0] === 0x7b) void hear(socket);
      else http.emit('connection', socket);
      socket.resume();
    });
  }
  async function hear(socket: Socket): Promise<void> {
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    await once(socket, 'end');
    till.messages.push(text);
    if (!till.keepsOpen) socket.end(till.says);
  }

  const till: FakeTill = {
    port,
    messages: [],
    events: [],
    posts: [],
    pages: new Map(),
    judge: () => undefined,
    keepsOpen: false,
    says: '',
    async start() {
      server = createServer({ allowHalfOpen: true, noDelay: true }, accept).listen(till.port, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      if (address !== null && typeof address !== 'string') till.port = address.port;
    },
    async stop() {
      const stopped = server;
      server = null;
      if (stopped === null) return;
      const closed = new Promise((resolve) => stopped.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  await till.start();
  return till;
}

async function readAll(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += String(part);
  return text;
}
