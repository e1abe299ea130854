import type { Page } from '@playwright/test';
import type { ExpectedDocument } from './dialogues.ts';

/** A document as the database has it; what is not looked at is left out. */
export interface KeptDocument extends ExpectedDocument {
  id: string;
  number?: string;
  state: string;
}

/** Every document in the browser's own database, drafts included. */
export function documentsIn(page: Page): Promise<KeptDocument[]> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('lagrace');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const reading = database.transaction('documents').objectStore('documents').getAll();
          reading.onsuccess = () => {
            database.close();
            resolve(reading.result);
          };
        };
      }),
  );
}
