import type { FastifyInstance } from 'fastify';
import { isInterface } from './security.ts';

/** Tells which methods an address takes, whatever was asked of it; none when it is no address. */
export type AllowedMethods = (url: string) => readonly string[];

/** Notes the routes that are added from now on. The app's files take GET and HEAD, but are not the interface's. */
export function noteRoutes(server: FastifyInstance): AllowedMethods {
  const routes: { pattern: RegExp; isOfFiles: boolean; methods: readonly string[] }[] = [];
  server.addHook('onRoute', ({ url, method }) => {
    const methods = typeof method === 'string' ? [method] : method;
    routes.push({ pattern: patternOf(url), isOfFiles: !isInterface(url), methods });
  });
  return (url) => {
    const path = url.split(/[?#]/, 1)[0] ?? '';
    const fitting = routes.filter(({ pattern, isOfFiles }) => pattern.test(path) && !(isOfFiles && isInterface(path)));
    return [...new Set(fitting.flatMap(({ methods }) => methods))].sort();
  };
}

/** `:name` stands for one name, `*` for all that follows. */
function patternOf(url: string): RegExp {
  const names = url.split('/').map((name) => {
    if (name.startsWith(':')) return '[^/]+';
    return name === '*' ? '.*' : name.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${names.join('/')}$`);
}
