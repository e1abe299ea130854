import * as v from 'valibot';
import type { FiscalDevice } from '../documents/fiscal-device.ts';
import { creditNoteOf, type Issue, issueDocument } from '../documents/issue.ts';
import { totalsOf } from '../documents/totals.ts';
import type { Logger } from '../log.ts';
import {
  type DocumentKind,
  type Draft,
  documentSchema,
  draftSchema,
  type IssuedDocument,
  issuedSchema,
  type ShopDocument,
  type ShopProfile,
} from '../schema/documents.ts';
import type { Database } from './database.ts';
import { type Numbering, takeNumber } from './numbering.ts';
import { enqueue } from './outbox.ts';

export interface DocumentDependencies {
  database: Database;
  numbering: Numbering;
  fiscalDevice: FiscalDevice;
  /** Epoch, milliseconds. */
  now: () => number;
  newId: () => string;
  log: Logger;
}

export interface Documents {
  /** Keeps a draft; one that was issued meanwhile stays as it is. */
  saveDraft(draft: Draft): Promise<void>;
  /** Forgets a draft; an issued document stays. */
  deleteDraft(id: string): Promise<void>;
  get(id: string): Promise<ShopDocument | null>;
  /** All that can be read, the newest first. */
  list(): Promise<ShopDocument[]>;
  /** The document issued last, of that kind if one is given. */
  last(kind?: DocumentKind): Promise<IssuedDocument | null>;
  /**
   * Numbers a draft, with its entry in the outbox, all in one transaction. The same draft twice is issued once: both calls give the same
   * document. Once `signal` aborts nothing was issued, or all of it was and the document is given.
   */
  issue(draft: Draft, profile: ShopProfile, options: { signal: AbortSignal }): Promise<IssuedDocument>;
  /** Issues the credit note that cancels a document; for one that is cancelled already, the credit note that there is. */
  cancel(id: string): Promise<IssuedDocument>;
}

const stores = ['documents', 'numbering', 'outbox'] as const;
/** How long the first document waits for the companion to say where its numbers go on. */
const numberingPatienceMs = 3000;

/** The documents of this browser, over its database. */
export function createDocuments(dependencies: DocumentDependencies): Documents {
  const { database, numbering, fiscalDevice, now, newId, log } = dependencies;
  const openIssue = () => database.transaction(stores, 'readwrite', { durability: 'strict' });
  type IssueTransaction = ReturnType<typeof openIssue>;

  const readable = (found: unknown): ShopDocument[] => {
    const parsed = v.safeParse(documentSchema, found);
    if (!parsed.success) log.warn(`a document cannot be read and is left out: ${parsed.issues[0].message}`);
    return parsed.success ? [parsed.output] : [];
  };
  const all = async (): Promise<ShopDocument[]> => (await database.getAll('documents')).flatMap(readable);

  const knowNumbers = async (): Promise<void> => {
    if (!(await numbering.isPrepared())) await numbering.prepare({ signal: AbortSignal.timeout(numberingPatienceMs) });
  };

  const nextIssue = async (transaction: IssueTransaction, kind: DocumentKind): Promise<Issue> => {
    const issuedAt = now();
    const year = new Date(issuedAt).getFullYear();
    return { kind, year, issuedAt, ...(await takeNumber(transaction, { kind, year })) };
  };

  const put = async (transaction: IssueTransaction, document: IssuedDocument): Promise<void> => {
    const checked = v.parse(issuedSchema, document);
    await transaction.objectStore('documents').put(checked);
    await enqueue(transaction, { kind: 'document', id: checked.id, body: checked });
  };

  /** Runs `work` in one transaction: whatever fails in it, nothing of it was done. */
  const atomically = async <T>(
    work: (transaction: IssueTransaction) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> => {
    signal?.throwIfAborted();
    const transaction = openIssue();
    const abort = (): void => abortQuietly(transaction);
    signal?.addEventListener('abort', abort);
    try {
      const result = await work(transaction);
      await transaction.done;
      return result;
    } catch (thrown) {
      abort();
      await transaction.done.catch(() => undefined);
      signal?.throwIfAborted();
      throw thrown;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  };

  return {
    async saveDraft(draft) {
      const transaction = database.transaction('documents', 'readwrite');
      const kept = v.safeParse(documentSchema, await transaction.store.get(draft.id));
      if (!kept.success || kept.output.state === 'draft') await transaction.store.put(v.parse(draftSchema, draft));
      await transaction.done;
    },
    async deleteDraft(id) {
      const transaction = database.transaction('documents', 'readwrite');
      const kept = v.safeParse(documentSchema, await transaction.store.get(id));
      if (kept.success && kept.output.state === 'draft') await transaction.store.delete(id);
      await transaction.done;
    },
    async get(id) {
      return readable((await database.get('documents', id)) ?? null)[0] ?? null;
    },
    async list() {
      return (await all()).sort((a, b) => timeOf(b) - timeOf(a));
    },
    async last(kind) {
      for (let cursor = await openNewest(database); cursor; cursor = await cursor.continue()) {
        const [document] = readable(cursor.value);
        if (document && document.state !== 'draft' && (kind === undefined || document.kind === kind)) return document;
      }
      return null;
    },
    async issue(draft, profile, { signal }) {
      await knowNumbers();
      const fiscalSeal = await fiscalDevice.seal(draft, totalsOf(draft), { signal });
      return atomically(async (transaction) => {
        const kept = v.safeParse(issuedSchema, await transaction.objectStore('documents').get(draft.id));
        if (kept.success) return kept.output;
        const issued = issueDocument(draft, await nextIssue(transaction, draft.kind), { profile, fiscalSeal });
        await put(transaction, issued);
        return issued;
      }, signal);
    },
    async cancel(id) {
      await knowNumbers();
      return atomically(async (transaction) => {
        const store = transaction.objectStore('documents');
        const original = v.parse(issuedSchema, await store.get(id));
        if (original.cancelledBy !== null) return v.parse(issuedSchema, await store.get(original.cancelledBy));
        if (original.kind === 'credit_note') throw new Error(`${original.number} is a credit note: it stays`);
        const creditNote = creditNoteOf(original, newId(), await nextIssue(transaction, 'credit_note'));
        await put(transaction, creditNote);
        await store.put({ ...original, state: 'cancelled', cancelledBy: creditNote.id } satisfies IssuedDocument);
        return creditNote;
      });
    },
  };
}

function timeOf(document: ShopDocument): number {
  return document.state === 'draft' ? document.createdAt : document.issuedAt;
}

function openNewest(database: Database) {
  return database.transaction('documents').store.index('issuedAt').openCursor(null, 'prev');
}

function abortQuietly(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already: what it did is done, and `done` says so.
  }
}
