import { StrictMode } from 'react';
import type { Root } from 'react-dom/client';
import type { Config } from '../../config.ts';
import type { Pack } from '../../schema.ts';
import { modelPaths } from '../../storage/model-paths.ts';
import type { Outbox } from '../../storage/outbox.ts';
import type { Tree } from '../../storage/tree/tree.ts';
import { ErrorBoundary } from '../ErrorBoundary.tsx';
import { openShop } from '../shop.ts';
import { Office } from './Office.tsx';
import { type OfficeParts, OfficeProvider } from './office-parts.ts';

export interface OfficeStart extends Omit<OfficeParts, 'openShop' | 'isInUse' | 'now' | 'storage'> {
  storage: OfficeParts['storage'] & { setPacks(packs: readonly Pack[]): void };
  /** The packs that this browser works with. */
  packs: readonly Pack[];
  config: Config;
}

/** `window.lagraceOffice`: for programs that embed the page, and for tests. */
export interface OfficeHost {
  files: Tree;
  outbox: Promise<Outbox | null>;
}

/** Shows the office, and mirrors while it is open. No model is loaded. */
export function startOffice(root: Root, { packs, ...start }: OfficeStart): void {
  const { storage, mirror, config, companion, log } = start;
  const inUse = packs.flatMap(modelPaths);
  storage.setPacks(packs);
  mirror.start(inUse);
  let shop: ReturnType<OfficeParts['openShop']> | null = null;
  const parts: OfficeParts = {
    ...start,
    isInUse: (path) => inUse.includes(path),
    now: Date.now,
    openShop: () => {
      shop ??= openShop({ config, registry: companion, log });
      return shop;
    },
  };
  window.lagraceOffice = { files: storage.files.tree, outbox: mirror.outbox };
  addEventListener('pointerdown', () => void storage.askPersistence(), { once: true });
  root.render(
    <StrictMode>
      <ErrorBoundary onError={(error) => log.error('the office failed', error)}>
        <OfficeProvider value={parts}>
          <Office />
        </OfficeProvider>
      </ErrorBoundary>
    </StrictMode>,
  );
}

declare global {
  interface Window {
    lagraceOffice?: OfficeHost;
  }
}
