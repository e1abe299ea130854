import { LaGraceError } from '../errors.ts';

/** The companion understood and will not do it: sending the same again makes no sense. */
export class CompanionRefusal extends LaGraceError {
  readonly status: number;
  constructor(status: number, message: string) {
    super('companion-refused', message);
    this.status = status;
  }
}

/** What the companion says when it does not do what was asked; `code` is its own word for it. */
export interface Problem {
  status: number;
  code?: string;
  message?: string;
}

/** What can pass by itself is a failure of the network; the rest is a refusal. */
const passingStatuses = new Set([408, 421, 425, 429]);

/** A refusal as what it means here; `what` is what was asked. */
export function refusalOf(what: string, { status, code, message }: Problem): LaGraceError {
  const text = `${what} was answered ${status}${message === undefined ? '' : `: ${message}`}`;
  if (status === 412) return new LaGraceError('file-changed', text);
  if (status === 507) return new LaGraceError('disk-full', text);
  // Another program holds this one file: all others go on.
  if (code === 'file-busy') return new CompanionRefusal(status, text);
  if (status >= 500 || passingStatuses.has(status)) return new LaGraceError('network-failed', text);
  return new CompanionRefusal(status, text);
}
