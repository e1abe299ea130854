import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('..', import.meta.url));
/** Everything that commands make; safe to delete. */
export const buildRoot = join(projectRoot, 'build');
/** The web app, ready to be served. */
export const appRoot = join(buildRoot, 'app');
/** The same app in which tests make parts fail. */
export const faultsAppRoot = join(buildRoot, 'app-faults');
/** What runs in Node: the companion and the tools. */
export const nodeRoot = join(buildRoot, 'node');
export const modelsRoot = join(projectRoot, 'public', 'models');
