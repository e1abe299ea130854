import { basename } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Folders whose files are there or not: a page in the place of a missing model would be taken for the model. */
const foldersOfFiles = ['/assets/', '/models/', '/api/'];

/** Serves the built app: compressed where the build left a compressed copy, and cached for as long as a name says the same. */
export function serveApp(server: FastifyInstance, appFolder: string): void {
  server.register(fastifyStatic, {
    root: appFolder,
    preCompressed: true,
    dotfiles: 'ignore',
    cacheControl: false,
    allowedPath: (path) => !path.endsWith('.br'),
    setHeaders: (reply, path) => {
      reply.setHeader('cache-control', isHashed(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
      reply.setHeader('vary', 'accept-encoding');
    },
  });
}

/** True for the address of a page of the app, which `index.html` draws; false for a file, which is there or not. */
export function isPage({ method, url }: Pick<FastifyRequest, 'method' | 'url'>): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const decoded = decodePath(url);
  if (decoded === null) return false;
  // As programs write it that put an address together carelessly: they wait for JSON.
  const path = decoded.replace(/^\/+/, '/').toLowerCase();
  return !foldersOfFiles.some((folder) => `${path}/`.startsWith(folder)) && !basename(path).includes('.');
}

function decodePath(url: string): string | null {
  try {
    return decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '');
  } catch {
    return null;
  }
}

/** The build puts a digest of their content in the names of what it makes under `assets/`. */
function isHashed(path: string): boolean {
  return /[\\/]assets[\\/][^\\/]*-[\w-]{8}\.[\w.]+$/.test(path);
}
