import { DrizzleQueryError } from 'drizzle-orm';
import { HttpError } from '../http-error.ts';
import { systemCode } from './durable-files.ts';

/** Whoever threw it and whoever wrapped it, outermost first. */
function causes(error: unknown): Error[] {
  const found: Error[] = [];
  for (let at = error; at instanceof Error && !found.includes(at); at = at.cause) found.push(at);
  return found;
}

/** The code that PostgreSQL gives its own errors, such as `23505`; null when another spoke. */
export function sqlState(error: unknown): string | null {
  const own = causes(error).find((cause) => 'severity' in cause && 'code' in cause && typeof cause.code === 'string');
  return own ? systemCode(own) : null;
}

export function isDiskFull(error: unknown): boolean {
  const full = (cause: Error): boolean =>
    ['ENOSPC', 'EDQUOT'].includes(systemCode(cause)) || /no space left on device/i.test(cause.message);
  return sqlState(error) === '53100' || causes(error).some(full);
}

/** True when a page or an index of the database is not what was written there. */
export function isCorruption(error: unknown): boolean {
  const state = sqlState(error);
  return state === 'XX001' || state === 'XX002';
}

/** True when PGlite, or the thread that it has, was gone before it answered. */
export function hasThreadEnded(error: unknown): boolean {
  return causes(error).some(({ message }) => message.includes('PGlite is closed'));
}

/** True when the machine's files stood in the way, not what is in them. */
export function isDiskProblem(error: unknown): boolean {
  const codes = ['EACCES', 'EPERM', 'EBUSY', 'EMFILE', 'ENFILE', 'EROFS'];
  return isDiskFull(error) || causes(error).some((cause) => codes.includes(systemCode(cause)));
}

/** True when a PostgreSQL server was not there, or went. */
function isUnreachable(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null) return state.startsWith('08') || state.startsWith('57P') || state === '53300';
  const codes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOENT'];
  return causes(error).some(
    (cause) => codes.includes(systemCode(cause)) || /timeout exceeded|connection terminated/i.test(cause.message),
  );
}

/** The same failure as its HTTP answer says it; what nobody foresaw stays as it is. */
export function explainFailure(error: unknown): unknown {
  if (error instanceof HttpError) return error;
  if (isDiskFull(error)) {
    return new HttpError(507, 'disk-full', 'the disk is full: nothing was kept, make room and send it again', {
      cause: withoutQuestion(error),
    });
  }
  if (isUnreachable(error)) return unavailable(error);
  return withoutQuestion(error);
}

/** The failure itself: the message of the one that wraps it holds all that was asked, names of clients and what was said, for any log. */
export function withoutQuestion(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? (error.cause ?? new Error('the database failed')) : error;
}

export function unavailable(cause: unknown): HttpError {
  return new HttpError(503, 'database-unavailable', 'the database does not answer: send it again later', {
    cause: withoutQuestion(cause),
  });
}
