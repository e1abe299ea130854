import type { FastifyInstance } from 'fastify';
import { findTemplate, templates } from '../src/print/index.ts';
import { HttpError } from './http-error.ts';

/** Where print templates come from: ours, or a till's, whose form is its own. */
export interface TemplateSource {
  list(): Promise<unknown>;
  /** Null when there is none of this name. */
  find(name: string): Promise<unknown>;
}

export const ownTemplates: TemplateSource = {
  list: async () => templates,
  find: async (name) => findTemplate(name),
};

/** `GET /api/templates` and `GET /api/templates/<name>`: what can be printed, as data. */
export function registerTemplates(server: FastifyInstance, source: TemplateSource): void {
  server.get('/api/templates', () => source.list());
  server.get<{ Params: { name: string } }>('/api/templates/:name', async ({ params: { name } }) => {
    const template = await source.find(name);
    if (template === null) throw new HttpError(404, 'unknown-template', describeUnknownTemplate(name));
    return template;
  });
}

/** Names what there is, for whoever asked for a template that there is not. */
export function describeUnknownTemplate(name: string): string {
  return `there is no template "${name.slice(0, 100)}", only ${templates.map((template) => template.name).join(', ')}`;
}
