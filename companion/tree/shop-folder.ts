import type { FastifyInstance } from 'fastify';
import type { Logger } from '../../src/log.ts';
import { registerLogs } from '../logs/routes.ts';
import { registerMaintenance } from '../maintenance/routes.ts';
import { createUpkeep } from '../maintenance/upkeep.ts';
import { registerBatchRoutes } from './batch-routes.ts';
import { openDiskTree, type TreeHealth } from './disk-tree.ts';
import { registerFileRoutes } from './file-routes.ts';
import { openRoot, type Root } from './root.ts';
import { registerTreeRoutes } from './tree-routes.ts';
import { createUploads } from './upload-routes.ts';

export interface ShopFolder {
  root: Root;
  health(): TreeHealth;
  register(server: FastifyInstance): void;
  close(): Promise<void>;
}

/** Opens the shop's folder and what is done with its files. Rejects with RootLockedError when another companion has it. */
export async function openShopFolder(folder: string, log: Logger, onLost?: () => void): Promise<ShopFolder> {
  const root = await openRoot(folder, {
    onLost: () => {
      log.error(`another companion has taken over ${folder}: this one writes nothing there any more`);
      onLost?.();
    },
  });
  try {
    const tree = await openDiskTree({ root, log });
    const uploads = await createUploads(tree, log);
    const upkeep = createUpkeep({ tree, uploads, log });
    return {
      root,
      health: () => tree.health(),
      register: (server) => {
        registerTreeRoutes(server, tree);
        registerFileRoutes(server, tree);
        registerBatchRoutes(server, tree, log);
        uploads.register(server);
        registerLogs(server, root.path);
        registerMaintenance(server, upkeep);
      },
      close: async () => {
        await upkeep.close();
        await tree.close();
        root.release();
      },
    };
  } catch (error) {
    root.release();
    throw error;
  }
}
