import type { IncomingHttpHeaders } from 'node:http';

export type HostVerdict = 'ours' | 'loopback' | 'foreign';

/**
 * Judges a request's Host header: `localhost` is ours; a loopback address is this machine under another name, hence
 * another origin; any other name is another site's, pointed at us (DNS rebinding).
 */
export function judgeHost(host: string | undefined, port: number): HostVerdict {
  const named = (name: string): boolean => host === `${name}:${port}` || (port === 80 && host === name);
  if (named('localhost')) return 'ours';
  return named('127.0.0.1') || named('[::1]') ? 'loopback' : 'foreign';
}

/**
 * The host that a request names. A program that writes its requests by hand may leave the port out, or use capitals; a browser never does,
 * and whoever points a name of his own at us cannot name loopback.
 */
export function hostNamed({ url, headers }: Asked, port: number): string | undefined {
  const name = headers.host?.toLowerCase();
  const needsPort = name !== undefined && !/:\d*$/.test(name) && isInterface(url) && !isFromBrowser(headers);
  return needsPort ? `${name}:${port}` : name;
}

/** What of a request tells which page, if any, made it. */
export interface Asked {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
}

/**
 * Whether a request comes from a page that is not ours. Browsers say where a request comes from (Origin, Sec-Fetch-Site)
 * and pages cannot change that; programs say nothing, and are let in. Another site may link to our page, and no more.
 */
export function isFromForeignPage({ method, url, headers }: Asked, port: number): boolean {
  const { origin } = headers;
  if (origin !== undefined && !isOurOrigin(origin, port)) return true;
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  const isLink =
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document' &&
    !isInterface(url);
  return !isLink;
}

/** Whether a page made this request at all: a browser says so, in one of these. */
export function isFromBrowser(headers: IncomingHttpHeaders): boolean {
  return headers.origin !== undefined || Object.keys(headers).some((name) => name.startsWith('sec-fetch-'));
}

/** The addresses that programs and pages call, rather than open. */
export function isInterface(url: string): boolean {
  return /^\/+api(\/|$|\?)/i.test(url);
}

/** Another site can have its name lead to this machine, but cannot be on these. */
function isOurOrigin(origin: string, port: number): boolean {
  const authority = origin.startsWith('http://') ? origin.slice('http://'.length) : undefined;
  return judgeHost(authority, port) !== 'foreign';
}
