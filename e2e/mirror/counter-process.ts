import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, expect, type Page } from '@playwright/test';
import { noBrowser } from '../../scripts/browser.mjs';
import { testFlags } from '../browser-flags.ts';

/** A browser with a profile of its own that outlives it, open at the office, and killed like one that loses its power. */
export interface CounterProcess {
  page: Page;
  kill(): Promise<void>;
}

const running = new Set<ChildProcess>();

export async function openCounter(profile: string, url: string): Promise<CounterProcess> {
  const executable = process.env['CHROMIUM_PATH'];
  if (!executable) throw new Error(noBrowser);
  const portFile = join(profile, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const flags = [...testFlags, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const unsandboxed = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(executable, [...flags, ...unsandboxed, 'about:blank'], {
    stdio: 'ignore',
    detached: process.platform !== 'win32',
  });
  running.add(child);
  await expect.poll(() => existsSync(portFile) && readFileSync(portFile, 'utf8').includes('\n')).toBe(true);
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${readFileSync(portFile, 'utf8').split('\n')[0]}`);
  const [context] = browser.contexts();
  const page = context?.pages()[0] ?? (await context?.newPage());
  if (!page) throw new Error('the browser has no page');
  await page.goto(`${url}/bureau#fichiers`);
  await page.waitForFunction(() => window.lagraceOffice !== undefined);
  return {
    page,
    kill: async () => {
      const ended = once(child, 'exit');
      killAll(child);
      await ended;
      running.delete(child);
      await browser.close().catch(() => undefined);
    },
  };
}

/** Every process of a browser: the one that was started has made others. */
function killAll(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
  else process.kill(-child.pid, 'SIGKILL');
}

export function killCounters(): void {
  for (const child of running) killAll(child);
  running.clear();
}
