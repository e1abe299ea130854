import type { FastifyInstance } from 'fastify';
import { findTemplate, templates } from '../src/print/index.ts';
import { HttpError } from './http-error.ts';

/** `GET /api/templates` and `GET /api/templates/<name>`: what can be printed, as data. */
export function registerTemplates(server: FastifyInstance): void {
  server.get('/api/templates', () => templates);
  server.get<{ Params: { name: string } }>('/api/templates/:name', ({ params: { name } }) => {
    const template = findTemplate(name);
    if (!template) throw new HttpError(404, 'unknown-template', describeUnknownTemplate(name));
    return template;
  });
}

/** Names what there is, for whoever asked for a template that there is not. */
export function describeUnknownTemplate(name: string): string {
  return `there is no template "${name.slice(0, 100)}", only ${templates.map((template) => template.name).join(', ')}`;
}
