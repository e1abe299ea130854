import type { Logger, LogSink } from '../log.ts';
import type { Tree, TreeChange } from '../storage/tree/tree.ts';
import type { TreeEvent, TreeWorker } from './protocol.ts';
import { createRemote, type Remote, type WorkerLike } from './remote.ts';

export interface TreeClientOptions {
  spawn: () => WorkerLike;
  log: Logger;
  onEvent?: (event: TreeEvent) => void;
  onLog?: LogSink;
}

/** The tree behind its worker, which is replaced when it breaks. */
export interface TreeClient {
  tree: Tree;
  call: Remote<TreeWorker>['call'];
  /** A port at which the worker serves the same methods, to be given to another worker. */
  openPort(): MessagePort;
}

/** A worker that cannot even start is not started for ever. */
const maxRestarts = 5;
const restartPauseMs = 500;

/** The tree's worker, started again a few times when it is lost. */
export function connectTree({ spawn, log, onEvent, onLog }: TreeClientOptions): TreeClient {
  let restarts = 0;
  const remote = createRemote<TreeWorker>({
    name: 'tree',
    spawn,
    log,
    ...(onLog && { onLog }),
    onLost: () => {
      restarts += 1;
      if (restarts <= maxRestarts) setTimeout(watch, restartPauseMs);
    },
  });
  const listeners = new Set<(change: TreeChange) => void>();
  const hear = (event: TreeEvent): void => {
    if (event.type === 'change') for (const listener of listeners) listener(event.change);
    onEvent?.(event);
  };
  /** Ends only with the worker; the next one is watched then. */
  const watch = (): void => {
    remote.call('watch', null, { onEvent: hear }).catch(() => undefined);
  };
  watch();
  return {
    tree: treeOver(remote, (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }),
    call: remote.call,
    openPort: () => {
      const { port1, port2 } = new MessageChannel();
      // A port whose worker is gone is closed: whoever has the other end notices.
      remote.call('connect', { port: port2 }, { transfer: [port2] }).catch(() => port1.close());
      return port1;
    },
  };
}

function treeOver({ call }: Remote<TreeWorker>, subscribe: Tree['subscribe']): Tree {
  return {
    list: () => call('list', null),
    entry: (path) => call('entry', path),
    read: (path) => call('read', path),
    write: (path, source, expected, { signal, onBytes, ...options } = {}) =>
      call(
        'write',
        { path, source, expected, ...options },
        {
          signal,
          ...(onBytes && { onEvent: onBytes }),
          ...(source instanceof ReadableStream && { transfer: [source] }),
        },
      ),
    append: async (path, text) => void (await call('append', { path, text })),
    remove: async (path, why, options) => void (await call('remove', { path, why, ...options })),
    tombstones: () => call('tombstones', null),
    forget: async (path) => void (await call('forget', path)),
    touch: async (path) => void (await call('touch', path)),
    pin: async (path, pinned) => void (await call('pin', { path, pinned })),
    subscribe,
  };
}
