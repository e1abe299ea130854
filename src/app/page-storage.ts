import { createStore, type StoreApi } from 'zustand/vanilla';
import { errorSentences } from '../errors.ts';
import type { Pack } from '../schema.ts';
import { modelPath } from '../storage/model-paths.ts';
import type { TreeEvent } from '../workers/protocol.ts';
import type { WorkerLike } from '../workers/remote.ts';
import { connectTree, type TreeClient } from '../workers/tree-client.ts';
import type { NoticeReport } from './assistant-port.ts';
import { openPageLog, type PageLog } from './page-log.ts';

/** How the browser keeps the page's files. What is not known is null. */
export interface StorageState {
  kept: 'on-device' | 'in-memory' | null;
  /** True once the browser has promised not to evict them. */
  persisted: boolean | null;
  usageBytes: number | null;
  quotaBytes: number | null;
  /** Something that a person must know of. */
  notice: NoticeReport | null;
}
export type StorageStore = Pick<StoreApi<StorageState>, 'getState' | 'subscribe'>;

export interface PageStorage extends PageLog {
  files: TreeClient;
  state: StorageStore;
  /** Asks the browser not to evict the files; some ask the person, hence after a gesture. */
  askPersistence(): Promise<void>;
  /** The packs in use: their loss is told on screen. */
  setPacks(packs: readonly Pack[]): void;
  /** Once nothing else is to be done: finds what is lost or damaged, and fetches what is missing of the packs in use. */
  keepUp(modelsUrl: string): Promise<void>;
}

/** Starts the tree's worker and the log that it writes. */
export function openPageStorage(spawn: () => WorkerLike): PageStorage {
  const state = createStore<StorageState>(() => ({
    kept: null,
    persisted: null,
    usageBytes: null,
    quotaBytes: null,
    notice: null,
  }));
  let packs: readonly Pack[] = [];
  const pageLog = openPageLog(async (lines, mayBeThere) => {
    await files.call('log', { lines, mayBeThere });
  });
  const { log, onLog } = pageLog;
  const say = (code: keyof typeof errorSentences, message: string): void =>
    state.setState({ notice: { sentence: errorSentences[code], code, message } });
  const onEvent = (event: TreeEvent): void => {
    if (event.type === 'not-kept') say(event.code, event.message);
    if (event.type === 'lost' && isInUse(event.entry.path, packs)) {
      say('storage-evicted', `the browser lost ${event.entry.path}`);
    }
  };
  const files = connectTree({ spawn, log, onLog, onEvent });

  const readEstimate = async (): Promise<void> => {
    const [persisted, { usage = null, quota = null }] = await Promise.all([
      navigator.storage.persisted(),
      navigator.storage.estimate(),
    ]);
    state.setState({ persisted, usageBytes: usage, quotaBytes: quota });
  };
  const readStatus = async (): Promise<void> => {
    const status = await files.call('status', null);
    state.setState({ kept: status.kept });
    if (status.kept === 'in-memory') say('storage-refused', status.reason);
  };
  const quietly = (work: Promise<void>): Promise<void> =>
    work.catch((thrown: unknown) => log.warn('the browser says nothing of its storage', thrown));
  void quietly(readStatus());
  void quietly(readEstimate());

  return {
    ...pageLog,
    files,
    state,
    askPersistence: () =>
      quietly(
        (async () => {
          if (await navigator.storage.persisted()) return;
          const granted = await navigator.storage.persist();
          log.info(granted ? 'the browser keeps our files for good' : 'the browser may evict our files');
          await readEstimate();
        })(),
      ),
    setPacks: (inUse) => {
      packs = inUse;
    },
    keepUp: async (modelsUrl) => {
      try {
        await files.call('upkeep', { modelsUrl, packs: [...packs] });
      } catch (thrown) {
        log.warn('some model files could not be fetched; the next start tries again', thrown);
      }
      await quietly(readEstimate());
    },
  };
}

function isInUse(path: string, packs: readonly Pack[]): boolean {
  return packs.some((pack) => pack.files.some((file) => modelPath(pack, file) === path));
}
