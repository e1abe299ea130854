import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Browser, type BrowserContext, test as base, chromium, expect, type Page } from '@playwright/test';
import { noBrowser } from '../scripts/browser.mjs';
import { importCompanion } from '../scripts/counter.mjs';
import { appRoot } from '../scripts/paths.mjs';
import { testFlags, webgpuTestFlags } from './browser-flags.ts';

export { expect };

/** What the microphone of a browser is. */
export type Microphone = { recording: string } | 'denied' | 'missing';

export interface CounterOptions {
  /** A WAV file to be heard once, from when the page listens; or none to be had. */
  microphone?: Microphone;
  /** WebGPU computed by SwiftShader: slow, but the path that a GPU takes. */
  webgpu?: boolean;
  context?: Parameters<Browser['newContext']>[0];
}

/** What a page did that nobody sees. Both lists must be empty at the end of a test. */
export interface Watch {
  /** Uncaught errors and what was written with `console.error`. */
  errors: string[];
  /** Requests to another origin than the companion's. */
  foreignRequests: string[];
  /** Every address asked for, in order. */
  requests: string[];
  /** Errors that this test provokes. */
  allowError(pattern: RegExp): void;
}

export interface Counter {
  context: BrowserContext;
  page: Page;
  watch: Watch;
}

interface TestFixtures {
  watch: Watch;
  /** A browser of its own, for what is chosen when a browser starts; closed after the test. Its page is still blank. */
  openCounter: (options?: CounterOptions) => Promise<Counter>;
  /** The same, with a recording for a microphone. */
  launchWithMicrophone: (recording: string) => Promise<Counter>;
}
interface WorkerFixtures {
  /** The built app that is served. */
  appFolder: string;
  /** The built app's server, on a port of its own. */
  companion: { url: string };
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  appFolder: [appRoot, { option: true, scope: 'worker' }],

  companion: [
    async ({ appFolder }, use) => {
      const { createCompanion } = await importCompanion();
      const companion = await createCompanion({ appFolder, port: 0 });
      await use({ url: companion.url });
      await companion.close();
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ companion }, use) => use(companion.url),

  watch: [
    async ({ context, companion }, use) => {
      const watch = watchContext(context, companion.url);
      await use(watch);
      expectQuiet(watch);
    },
    { auto: true },
  ],

  openCounter: async ({ companion }, use) => {
    const opened: { browser: Browser; watch: Watch }[] = [];
    await use(async (options = {}) => {
      const browser = await launch(options);
      const context = await browser.newContext({
        locale: 'fr-FR',
        reducedMotion: 'reduce',
        baseURL: companion.url,
        ...options.context,
      });
      if (typeof options.microphone === 'object') {
        await context.grantPermissions(['microphone'], { origin: companion.url });
      }
      const watch = watchContext(context, companion.url);
      opened.push({ browser, watch });
      return { context, watch, page: await context.newPage() };
    });
    for (const { browser } of opened) await browser.close();
    for (const { watch } of opened) expectQuiet(watch);
  },

  launchWithMicrophone: async ({ openCounter }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'lagrace-microphone-'));
    await use(async (recording) => openCounter({ microphone: { recording: await padRecording(recording, folder) } }));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
});

async function launch({ microphone, webgpu = false }: CounterOptions): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'];
  if (!executablePath) throw new Error(noBrowser);
  const flags = webgpu ? webgpuTestFlags : testFlags;
  return chromium.launch({ executablePath, args: [...flags, ...microphoneFlags(microphone)] });
}

function microphoneFlags(microphone: Microphone | undefined): string[] {
  if (microphone === undefined) return [];
  if (microphone === 'missing') return ['--disable-audio-input'];
  if (microphone === 'denied') return ['--use-fake-device-for-media-stream', '--deny-permission-prompts'];
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-audio-capture=${microphone.recording}%noloop`,
  ];
}

function watchContext(context: BrowserContext, ownOrigin: string): Watch {
  const allowed: RegExp[] = [];
  const watch: Watch = {
    errors: [],
    foreignRequests: [],
    requests: [],
    allowError: (pattern) => allowed.push(pattern),
  };
  const note = (text: string): void => {
    if (!allowed.some((pattern) => pattern.test(text))) watch.errors.push(text);
  };
  context.on('console', (message) => {
    if (message.type() === 'error') note(`${message.text()} ${message.location().url}`.trim());
  });
  context.on('weberror', (error) => note(error.error().message));
  context.on('request', (request) => {
    const { origin, protocol, href } = new URL(request.url());
    watch.requests.push(href);
    if (origin !== ownOrigin && protocol !== 'data:' && protocol !== 'blob:') watch.foreignRequests.push(href);
  });
  return watch;
}

function expectQuiet({ errors, foreignRequests }: Watch): void {
  expect(errors, 'errors on the page').toEqual([]);
  expect(foreignRequests, 'requests to another origin').toEqual([]);
}

/** Silence before and after a recording: the first tens of milliseconds of a fake microphone are lost. */
const silenceSeconds = { before: 0.8, after: 2 };

/** A copy of a 16-bit WAV file with silence around it, in `folder`. */
async function padRecording(path: string, folder: string): Promise<string> {
  const bytes = await readFile(path);
  const data = bytes.indexOf('data', 12, 'latin1');
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || data < 0) throw new Error(`${path} is not a WAV file`);
  const bytesPerSecond = bytes.readUInt32LE(28);
  const frameBytes = bytes.readUInt16LE(32);
  const silence = (seconds: number): Buffer => {
    const length = Math.round(seconds * bytesPerSecond);
    return Buffer.alloc(length - (length % frameBytes));
  };
  const header = Buffer.from(bytes.subarray(0, data + 8));
  const sound = bytes.subarray(data + 8, data + 8 + bytes.readUInt32LE(data + 4));
  const padded = [silence(silenceSeconds.before), sound, silence(silenceSeconds.after)];
  const soundBytes = padded.reduce((sum, { length }) => sum + length, 0);
  header.writeUInt32LE(soundBytes, data + 4);
  header.writeUInt32LE(header.length + soundBytes - 8, 4);
  const target = join(folder, basename(path));
  await writeFile(target, Buffer.concat([header, ...padded]));
  return target;
}
