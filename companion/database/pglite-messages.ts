/** What is asked of the database's thread. One call is answered after the other, in order. */
export type Call = { id: number } & (
  | { kind: 'open' }
  | { kind: 'query'; sql: string; params: unknown[]; rowMode: 'array' | 'object' }
  | { kind: 'close' }
);
export interface QueryResult {
  rows: unknown[];
  affectedRows?: number | undefined;
}
export type Answer =
  | { id: number; result: QueryResult | null }
  /** `fields` are an error's own, such as PostgreSQL's `code` and `severity`. */
  | { id: number; failure: { name: string; message: string; fields: Record<string, unknown> } };
