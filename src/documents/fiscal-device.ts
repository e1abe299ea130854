import type { Draft, FiscalSeal, Totals } from '../schema/documents.ts';

/**
 * Where a certified fiscal device is joined to the shop. It is asked before a document is issued, and what it answers is part of the
 * document. Null: there is none, and the document says « Document non fiscal » if the owner's setting does. A device that refuses rejects:
 * nothing is issued then.
 */
export interface FiscalDevice {
  seal(draft: Draft, totals: Totals, options: { signal: AbortSignal }): Promise<FiscalSeal | null>;
}

/** The shop has no such device. */
export const noFiscalDevice: FiscalDevice = { seal: async () => null };
