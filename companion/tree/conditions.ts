import { TreeError } from './tree-error.ts';

export interface Conditions {
  ifMatch?: string | undefined;
  ifNoneMatch?: string | undefined;
}

export const etagOf = (sha256: string): string => `"${sha256}"`;

/**
 * What `If-Match` and `If-None-Match` say about a file whose digest is `sha256`, null when there is none (RFC 9110, 13.2.2).
 * `not-modified` is for reading only: a writer takes it for a failure.
 */
export function judgeConditions(
  { ifMatch, ifNoneMatch }: Conditions,
  sha256: string | null,
): 'go-on' | 'failed' | 'not-modified' {
  if (ifMatch !== undefined && !names(ifMatch, sha256, false)) return 'failed';
  if (ifNoneMatch !== undefined && names(ifNoneMatch, sha256, true)) return 'not-modified';
  return 'go-on';
}

/** Throws `precondition-failed` unless the conditions let the file at `path` be written or deleted. */
export function requireConditions(conditions: Conditions, sha256: string | null, path: string): void {
  if (judgeConditions(conditions, sha256) === 'go-on') return;
  const now = sha256 === null ? 'is not there' : `has the digest ${sha256}`;
  throw new TreeError('precondition-failed', `${path} ${now}: look at it again`);
}

function names(header: string, sha256: string | null, weakly: boolean): boolean {
  if (sha256 === null) return false;
  if (header.trim() === '*') return true;
  return header.split(',').some((tag) => {
    const trimmed = tag.trim();
    return trimmed === etagOf(sha256) || (weakly && trimmed === `W/${etagOf(sha256)}`);
  });
}

export interface ByteRange {
  /** Both included. */
  start: number;
  end: number;
}

/**
 * The part of a file of `size` bytes that a `Range` header asks for: null for all of it (no header, one that is not understood, or
 * several parts), `outside` when there is no such part (RFC 9110, 14).
 */
export function parseRange(header: string | undefined, size: number): ByteRange | 'outside' | null {
  const match = /^bytes=\s*(\d{0,30})\s*-\s*(\d{0,30})\s*$/i.exec(header ?? '');
  if (!match) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'outside' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return null;
  return start >= size ? 'outside' : { start, end };
}

/** The SHA-256 in hexadecimal that `Repr-Digest` or `Content-Digest` gives (RFC 9530), or null. Throws when it is malformed. */
export function digestFromHeaders(headers: Record<string, string | string[] | undefined>): string | null {
  for (const name of ['repr-digest', 'content-digest']) {
    const value = headers[name];
    const match = /(?:^|[\s,])sha-256=([^,]*)/i.exec(String(value ?? ''));
    if (!match) continue;
    const bytes = Buffer.from(/^:([A-Za-z0-9+/=]*):/.exec(match[1]?.trim() ?? '')?.[1] ?? '', 'base64');
    if (bytes.length !== 32)
      throw new TreeError('bad-request', `${name} holds no SHA-256 of the form sha-256=:base64:`);
    return bytes.toString('hex');
  }
  return null;
}

export const digestHeader = (sha256: string): string => `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`;
