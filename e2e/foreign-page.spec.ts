import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { headlessFlags } from '../scripts/browser.mjs';
import { importCompanion } from '../scripts/counter.mjs';
import { appRoot } from '../scripts/paths.mjs';
import { expect, test } from './harness.ts';

/** What a page tries against the companion at `target`; says what came of each. */
async function attack(target: string): Promise<Record<string, string>> {
  const event = (type: string): string => JSON.stringify({ type, data: null });
  const outcome = (work: Promise<Response>): Promise<string> =>
    work.then(
      (response) => (response.type === 'opaque' ? 'opaque' : String(response.status)),
      () => 'refused',
    );
  const asJson = { 'content-type': 'application/json' };
  const url = `${target}/api/ai/event`;
  const opened = await new Promise<string>((resolve) => {
    const stream = new EventSource(`${target}/api/ai/events/stream`);
    stream.onopen = () => resolve('open');
    stream.onerror = () => resolve('refused');
  });
  const element = (tag: 'img' | 'script' | 'iframe', src: string): Promise<string> =>
    new Promise((resolve) => {
      const made = Object.assign(document.createElement(tag), { src });
      made.onload = () => resolve('loaded');
      made.onerror = () => resolve('refused');
      document.body.append(made);
    });
  const form = document.createElement('form');
  Object.assign(form, { action: url, method: 'post', enctype: 'text/plain', target: 'sink' });
  const input = Object.assign(document.createElement('input'), { name: '{"type":"form","data":"', value: '"}' });
  form.append(input);
  const sink = Object.assign(document.createElement('iframe'), { name: 'sink' });
  document.body.append(sink, form);
  const posted = new Promise<string>((resolve) => {
    sink.onload = () => resolve('sent');
  });
  form.submit();
  return {
    json: await outcome(fetch(url, { method: 'POST', headers: asJson, body: event('json') })),
    plain: await outcome(fetch(url, { method: 'POST', body: event('plain') })),
    noCors: await outcome(fetch(url, { method: 'POST', mode: 'no-cors', body: event('no-cors') })),
    beacon: String(navigator.sendBeacon(url, event('beacon'))),
    read: await outcome(fetch(`${target}/api/ai/events`)),
    remove: await outcome(fetch(`${target}/api/files/logs/ai.log`, { method: 'DELETE' })),
    stream: opened,
    image: await element('img', `${target}/api/health`),
    script: await element('script', `${target}/sw.js`),
    form: await posted,
  };
}

test('a page of another site can neither read nor write, whatever it tries, nor under a name that leads here', async () => {
  const root = mkdtempSync(join(tmpdir(), 'lagrace-foreign-'));
  const { createCompanion } = await importCompanion();
  const companion = await createCompanion({ appFolder: appRoot, port: 0, root });
  const { port } = new URL(companion.url);
  const evil: Server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>ailleurs</title><body>');
  }).listen(0, '127.0.0.1');
  await once(evil, 'listening');
  const evilPort = (evil.address() as AddressInfo).port;
  const executablePath = process.env['CHROMIUM_PATH'];
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: [...headlessFlags, '--host-resolver-rules=MAP evil.example 127.0.0.1'],
  });
  try {
    const page = await browser.newPage();
    // Another site, and another program of this machine, which browsers hold for the same site.
    for (const host of ['evil.example', 'localhost']) {
      await page.goto(`http://${host}:${evilPort}/`);
      const { noCors, beacon, form, ...results } = await page.evaluate(attack, companion.url);
      expect(new Set(Object.values(results)), JSON.stringify(results)).toEqual(new Set(['refused']));
      // The browser hides from the page what became of these: only the shop's events can tell.
      expect([noCors, beacon, form]).toEqual([expect.stringMatching(/opaque|refused/), 'true', 'sent']);
    }
    const rebound = await page.goto(`http://evil.example:${port}/api/ai/events`);
    expect(rebound?.status()).toBe(421);
    expect(await page.evaluate(() => fetch('/api/ai/event', { method: 'POST' }).then(({ status }) => status))).toBe(
      421,
    );

    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ type: 'ours', data: null });
    await fetch(`${companion.url}/api/ai/event`, { method: 'POST', headers, body });
    const events = (await (await fetch(`${companion.url}/api/ai/events`)).json()) as { type: string }[];
    expect(events.map(({ type }) => type)).toEqual(['ours']);
    // A link is no attack.
    await page.goto(`http://evil.example:${evilPort}/`);
    await page.evaluate((url) => window.location.assign(url), companion.url);
    await expect(page).toHaveTitle('La Grâce');
  } finally {
    await browser.close();
    evil.close();
    await companion.close();
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  }
});
