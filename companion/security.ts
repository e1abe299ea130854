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
