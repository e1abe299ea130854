import { createContext, useContext } from 'react';
import type { Config } from '../../config.ts';
import type { Logger } from '../../log.ts';
import type { CompanionClient } from '../../storage/companion-client.ts';
import type { PageMirror } from '../page-mirror.ts';
import type { PageStorage } from '../page-storage.ts';
import type { Shop } from '../shop.ts';

/** What the office's pages work with. */
export interface OfficeParts {
  config: Config;
  storage: Pick<PageStorage, 'files' | 'state' | 'askPersistence'>;
  mirror: PageMirror;
  companion: CompanionClient;
  /** Opened when a page asks for it. */
  openShop: () => Promise<Shop>;
  /** Whether a file belongs to a model that this browser works with. */
  isInUse: (path: string) => boolean;
  log: Logger;
  /** Epoch milliseconds. */
  now: () => number;
}

const OfficeContext = createContext<OfficeParts | null>(null);
export const OfficeProvider = OfficeContext.Provider;

/** What the page around the component works with. */
export function useOffice(): OfficeParts {
  const parts = useContext(OfficeContext);
  if (!parts) throw new Error('no office: wrap the component in OfficeProvider');
  return parts;
}
