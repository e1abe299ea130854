import { HttpError } from '../http-error.ts';

/** What can be wrong with a request for a file of the tree, and the HTTP status that says so. */
export const treeErrorStatuses = {
  'bad-path': 400,
  'bad-request': 400,
  'digest-mismatch': 400,
  'size-mismatch': 400,
  'not-mirrored': 403,
  'not-found': 404,
  'file-missing': 404,
  'name-conflict': 409,
  'log-only-grows': 409,
  'already-there': 412,
  'precondition-failed': 412,
  'too-large': 413,
  'encoded-body': 415,
  'range-not-satisfiable': 416,
  'file-busy': 503,
  'folder-unplugged': 503,
  'disk-full': 507,
} as const;
export type TreeErrorCode = keyof typeof treeErrorStatuses;

/** A refusal with a code; the message says what failed, with which file, and what to do. */
export class TreeError extends HttpError {
  constructor(code: TreeErrorCode, message: string, options?: { cause?: unknown }) {
    super(treeErrorStatuses[code], code, message, options);
  }
}

/** The system's code of a failed call (`ENOENT`, `EBUSY`…), or an empty string. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Turns what a disk says when it is full into a TreeError; anything else is given back as it came. */
export function explainDiskError(error: unknown, path: string): unknown {
  const code = systemCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new TreeError('disk-full', `the disk is full: ${path} was not written; free some space`, { cause: error });
  }
  if (code === 'EFBIG') {
    return new TreeError('too-large', `${path} is larger than this disk can hold in one file`, { cause: error });
  }
  return error;
}
