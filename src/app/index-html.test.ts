import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const html = readFileSync(new URL('index.html', root), 'utf8');
const tokens = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

describe('index.html', () => {
  it('is French', () => {
    expect(html).toContain('<html lang="fr">');
  });

  it('has nothing inline, which the content policy would refuse', () => {
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/i);
    for (const [, attributes, body] of html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
      expect(attributes).toContain('src="/');
      expect(body).toBe('');
    }
  });

  it('gives the browser the ground of both schemes as its colour', () => {
    const grounds = [...tokens.matchAll(/--ground: (#\w+);/g)].map(([, colour]) => colour);
    const colours = [...html.matchAll(/name="theme-color" content="(#\w+)"/g)].map(([, colour]) => colour);
    expect(colours).toEqual(grounds);
  });

  it('names only files of ours that exist', () => {
    for (const [, path] of html.matchAll(/href="\/([^"]+)"/g)) {
      expect(() => readFileSync(new URL(`public/${path}`, root))).not.toThrow();
    }
    expect(html).not.toMatch(/https?:\/\//);
  });
});
