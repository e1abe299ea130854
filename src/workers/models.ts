import type { FileLoader } from '../ai/engines.ts';
import { isAbort, LaGraceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { ModelFile, Pack } from '../schema.ts';
import { download } from '../storage/download.ts';
import { modelPath } from '../storage/model-paths.ts';
import { sha256Of } from '../storage/tree/bytes.ts';
import { openFile } from '../storage/tree/files.ts';
import { compileRuntime } from './compile-runtime.ts';
import type { WantedModel } from './protocol.ts';
import { type Connection, connect } from './rpc.ts';

/** How long the tree's worker may be silent; it gives up a server that is silent before that. */
const silenceMs = 25_000;

/** How a worker gets its models' files. */
export interface Models {
  /** From the tree; `LaGraceError` model-missing, model-corrupt or network-failed. */
  files: FileLoader;
  /** ONNX Runtime from this address, compiled once for all threads by the tree's worker, or here without it; `LaGraceError` network-failed. */
  compiledRuntime(address: string): Promise<WebAssembly.Module>;
  /** Loads once more after a load that failed because a file had changed on disk: it is fetched again. */
  loadRepairing<T>(pack: Pack, load: () => Promise<T>): Promise<T>;
}

export interface ModelsOptions {
  /** Leads to the tree's worker; null where there is none. */
  tree: MessagePort | null;
  modelsUrl: string;
  log: Logger;
}

/** Models out of the tree, through its worker. Should that be gone, they are read without it, and fetched if need be. */
export function connectModels({ tree: port, modelsUrl, log }: ModelsOptions): Models {
  let tree: Connection | null = port && connect(port);
  const lose = (reason: string): void => {
    if (!tree) return;
    log.warn(`the tree is read without its worker: ${reason}`);
    tree.fail(new LaGraceError('worker-lost', `the tree's worker ${reason}`));
    tree = null;
  };
  port?.addEventListener('close', () => lose('is gone'));

  const ask = async (connection: Connection, wanted: WantedModel, options: LoaderOptions): Promise<Blob> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const expectMore = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => lose(`said nothing for ${silenceMs} ms`), silenceMs);
    };
    expectMore();
    try {
      const file = await connection.call('model', wanted, {
        signal: options.signal,
        onEvent: (bytes) => {
          expectMore();
          if (typeof bytes === 'number') options.onBytes?.(bytes);
        },
      });
      if (file instanceof Blob) return file;
      throw new LaGraceError('storage-failed', `the tree gave no file for ${wanted.file.path} of ${wanted.pack.id}`);
    } finally {
      clearTimeout(timer);
    }
  };
  const files: FileLoader = async (pack, file, options = {}) => {
    try {
      if (tree) return await ask(tree, { modelsUrl, pack, file }, options);
    } catch (thrown) {
      if (!(thrown instanceof LaGraceError && thrown.code === 'worker-lost')) throw thrown;
    }
    const kept = await readUnasked(pack, file).catch(() => null);
    if (kept) options.onBytes?.(file.bytes);
    return kept ?? download(new URL(`${pack.root}/${file.path}`, modelsUrl).href, pack, file, { fetch, ...options });
  };
  return {
    files,
    compiledRuntime: async (address) => {
      try {
        const module = await tree?.call('runtime', address);
        if (module instanceof WebAssembly.Module) return module;
      } catch (thrown) {
        if (!(thrown instanceof LaGraceError && thrown.code === 'worker-lost')) throw thrown;
      }
      return compileRuntime(address);
    },
    loadRepairing: async (pack, load) => {
      try {
        return await load();
      } catch (thrown) {
        if (isAbort(thrown) || !tree) throw thrown;
        const damaged = await tree.call('recheck', pack).catch(() => 0);
        if (damaged === 0) throw thrown;
        log.warn(`${String(damaged)} files of ${pack.id} had changed on disk and are fetched again`, thrown);
        return load();
      }
    },
  };
}

type LoaderOptions = NonNullable<Parameters<FileLoader>[2]>;

/** The file without what the index knows of it: its content is read through instead. */
async function readUnasked(pack: Pack, file: ModelFile): Promise<Blob | null> {
  const kept = await openFile(await navigator.storage.getDirectory(), modelPath(pack, file));
  return kept?.size === file.bytes && (await sha256Of(kept)) === file.sha256 ? kept : null;
}
