import type { Socket } from 'node:net';

export type Protocol = 'json' | 'http';

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
/** `{`, `[`, a tab, a space, and the first byte of a byte order mark: no HTTP method starts with one. */
const jsonFirstBytes = new Set([0x7b, 0x5b, 0x09, 0x20, 0xef]);
/** Line ends may stand before a message of either kind. */
const maxLineEnds = 64;

/** What a connection speaks, told by its first bytes; null while only line ends have come. */
export function protocolOf(firstBytes: Uint8Array): Protocol | null {
  for (const [index, byte] of firstBytes.entries()) {
    if (index === maxLineEnds) return 'http';
    if (byte !== carriageReturn && byte !== lineFeed) return jsonFirstBytes.has(byte) ? 'json' : 'http';
  }
  return null;
}

export interface FirstByteDoor {
  accept(socket: Socket): void;
  /** Ends the connections that have said nothing yet. */
  close(): void;
}

/** Hands each connection, with all its bytes, to who speaks its protocol; one that stays silent is closed. */
export function tellApart(speakers: Record<Protocol, (socket: Socket) => void>, firstByteMs: number): FirstByteDoor {
  const silent = new Set<Socket>();
  const accept = (socket: Socket): void => {
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => socket.destroy(), firstByteMs);
    const leave = (): void => {
      clearTimeout(timer);
      silent.delete(socket);
    };
    const onData = (chunk: Buffer): void => {
      chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      const protocol = protocolOf(bytes);
      if (protocol === null) return;
      leave();
      socket.off('data', onData).off('end', onEnd).off('close', leave);
      socket.pause();
      socket.unshift(bytes);
      speakers[protocol](socket);
      socket.resume();
    };
    const onEnd = (): void => {
      socket.end();
    };
    silent.add(socket);
    socket.on('data', onData).on('end', onEnd).on('close', leave);
    // A connection that is reset says so here; who speaks its protocol listens too.
    socket.on('error', () => undefined);
  };
  return {
    accept,
    close: () => {
      for (const socket of silent) socket.destroy();
    },
  };
}
