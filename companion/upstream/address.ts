/** Where a till listens, for HTTP and for bare JSON alike. */
export interface TillAddress {
  host: string;
  port: number;
}

const defaultPort = 3030;

/** Reads `host`, `host:3030`, `[::1]:3030` or `http://host:3030`; null when it is none of these. */
export function parseTillAddress(text: string): TillAddress | null {
  const bare = text
    .trim()
    .replace(/^http:\/\//i, '')
    .replace(/\/$/, '');
  const match = /^(?<host>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(?<port>\d{1,5}))?$/i.exec(bare);
  const host = match?.groups?.['host'];
  const port = Number(match?.groups?.['port'] ?? defaultPort);
  if (!host || port < 1 || port > 65_535) return null;
  return { host: host.toLowerCase(), port };
}

/** `host:3030`, as it is written in addresses and as `parseTillAddress` reads it. */
export function formatTillAddress({ host, port }: TillAddress): string {
  return `${host}:${port}`;
}
