import { writeFileSync } from 'node:fs';
import { expect, test } from './harness.ts';

/** One second of a 440 Hz tone, 16 kHz, 16 bits. */
function toneWav(): Buffer {
  const samples = Int16Array.from(
    { length: 16_000 },
    (_, index) => 12_000 * Math.sin((2 * Math.PI * 440 * index) / 16_000),
  );
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(16_000, 24);
  header.writeUInt32LE(32_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}

/** A page of the companion that is not the app: the browser asks it for an icon. */
const plainPage = '/api/health';
const noIcon = /favicon\.ico$/;

/** The name of what `getUserMedia` rejects with, or `granted`. */
async function askForMicrophone(): Promise<string> {
  try {
    await navigator.mediaDevices.getUserMedia({ audio: true });
    return 'granted';
  } catch (error) {
    return error instanceof DOMException ? error.name : String(error);
  }
}

test('a page of the companion may share memory between threads', async ({ page, watch }) => {
  watch.allowError(noIcon);
  await page.goto(plainPage);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('a recording is heard through the microphone', async ({ launchWithMicrophone }, testInfo) => {
  const path = testInfo.outputPath('tone.wav');
  writeFileSync(path, toneWav());
  const { page, watch } = await launchWithMicrophone(path);
  watch.allowError(noIcon);
  await page.goto(plainPage);
  const loudest = await page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const context = new AudioContext({ sampleRate: 16_000 });
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let peak = 0;
    while (context.currentTime < 3 && peak < 0.2) {
      await new Promise(requestAnimationFrame);
      analyser.getFloatTimeDomainData(samples);
      peak = Math.max(peak, ...samples);
    }
    return peak;
  });
  expect(loudest).toBeGreaterThan(0.2);
});

test('a microphone can be denied', async ({ openCounter }) => {
  const { page, watch } = await openCounter({ microphone: 'denied' });
  watch.allowError(noIcon);
  await page.goto(plainPage);
  expect(await page.evaluate(askForMicrophone)).toBe('NotAllowedError');
});

test('a microphone can be missing', async ({ openCounter }) => {
  const { page, watch } = await openCounter({ microphone: 'missing' });
  watch.allowError(noIcon);
  await page.goto(plainPage);
  expect(await page.evaluate(askForMicrophone)).toBe('NotFoundError');
});

test('WebGPU can be had without a GPU', async ({ openCounter }) => {
  const { page, watch } = await openCounter({ webgpu: true });
  watch.allowError(noIcon);
  await page.goto(plainPage);
  const found = await page.evaluate(async () => {
    const { gpu } = navigator as Navigator & { gpu?: { requestAdapter(): Promise<object | null> } };
    return (await gpu?.requestAdapter()) != null;
  });
  expect(found).toBe(true);
});

test('errors and requests elsewhere are noticed', async ({ page, watch }) => {
  watch.allowError(noIcon);
  await page.goto(plainPage);
  await page.evaluate(async () => {
    console.error('noticed');
    await fetch('http://127.0.0.1:9/elsewhere').catch(() => undefined);
  });
  await expect.poll(() => watch.errors.join()).toContain('noticed');
  watch.errors.length = 0;
  watch.foreignRequests.length = 0;
});
