/** What one caller may take of the companion. Times are milliseconds. */
export interface Limits {
  /** Of each loopback family; more are turned away. */
  maxConnections: number;
  /** Of those, how many may speak JSON over the bare socket. */
  maxJsonConnections: number;
  /** Bytes of a JSON body, and of a JSON message. */
  maxJsonBytes: number;
  /** Objects and lists inside one another, in a body or a message. */
  maxJsonDepth: number;
  /** From the connection to its first byte. */
  firstByteMs: number;
  /** From a request's first byte to the end of its headers, and to the end of its body. */
  headersMs: number;
  requestMs: number;
  /** How long the body of a request that is refused is still heard. */
  refusedMs: number;
  /** How often those two are looked at. */
  checkMs: number;
  /** How long a connection of HTTP may stay silent between requests, and within one. */
  keepAliveMs: number;
  silenceMs: number;
  /** From a JSON message's first byte to its last, and between two messages. */
  messageMs: number;
  betweenMessagesMs: number;
  /** How long a connection that we have ended may take to go. */
  lingerMs: number;
}

export const defaultLimits: Limits = {
  maxConnections: 512,
  maxJsonConnections: 64,
  maxJsonBytes: 1_048_576,
  maxJsonDepth: 64,
  firstByteMs: 30_000,
  headersMs: 15_000,
  requestMs: 300_000,
  refusedMs: 10_000,
  checkMs: 5_000,
  keepAliveMs: 10_000,
  silenceMs: 120_000,
  messageMs: 30_000,
  // Some clients hold one connection and speak when a customer does.
  betweenMessagesMs: 600_000,
  lingerMs: 2_000,
};
