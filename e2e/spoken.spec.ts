import { intentWords } from '../src/app/counter/words.ts';
import { expect, test } from './harness.ts';
import { openPage, processFile } from './page.ts';
import { recordingPath, spokenRequests } from './recordings.ts';

const requests = spokenRequests();

test.describe('spoken into the microphone', () => {
  for (const { path, text, intent } of requests) {
    test(`“${text}” is heard, understood as ${intent} and answered aloud`, async ({ launchWithMicrophone }) => {
      const { page } = await launchWithMicrophone(path);
      const { talk, conversation, status } = await openPage(page);
      await talk.click();
      await expect(talk).toHaveAttribute('aria-pressed', 'true');
      await expect(conversation.locator('.turn-answer')).toBeVisible({ timeout: 30_000 });
      if (intent !== 'unknown') await expect(conversation).toContainText(intentWords[intent]);
      await expect(status).toHaveText('Appuyez et parlez', { timeout: 30_000 });
      await expect(talk).toHaveAttribute('aria-pressed', 'false');
    });
  }

  test('silence ends as nothing heard, and the next turn works', async ({ launchWithMicrophone }) => {
    const { page } = await launchWithMicrophone(recordingPath('silence.wav'));
    const { talk, conversation, status, writing } = await openPage(page);
    await talk.click();
    await expect(status).toHaveText('J’écoute…');
    await talk.click();
    await expect(conversation).toContainText('Je n’ai rien entendu');
    await expect(status).toHaveText('Appuyez et parlez');
    await writing.fill('bonjour');
    await writing.press('Enter');
    await expect(conversation).toContainText('Bonjour! Comment puis-je vous aider?');
  });
});

test('every recording is understood when a host program hands it over, with its slots and a WAV answer', async ({
  page,
}) => {
  await openPage(page);
  for (const { path, text, intent, slots } of requests) {
    const turn = await processFile(page, path);
    expect(turn.understanding, text).toMatchObject({ intent, slots });
    expect(turn.audioBytes, text).toBeGreaterThan(10_000);
    expect(turn.timings.firstAudio, text).toBeGreaterThan(0);
  }
});

test('silence handed over is nothing heard, without an answer', async ({ page }) => {
  await openPage(page);
  const turn = await processFile(page, recordingPath('silence.wav'));
  expect(turn).toMatchObject({ outcome: 'nothing-heard', answer: null, audioBytes: null });
});

test('a turn runs on WebGPU, with the same result as on WASM', async ({ openCounter, page }) => {
  test.slow();
  const request = requests.find(({ intent }) => intent === 'invoice');
  if (!request) throw new Error('no recording of an invoice');
  const gpu = await openCounter({ webgpu: true });
  const { loaded } = await openPage(gpu.page, '/?backend=webgpu');
  expect(loaded.backend).toBe('webgpu');
  const onGpu = await processFile(gpu.page, request.path);
  await openPage(page, '/?backend=wasm');
  const onWasm = await processFile(page, request.path);
  expect(onGpu.backend).toBe('webgpu');
  expect(onWasm.backend).toBe('wasm');
  expect(onGpu.understanding).toEqual(onWasm.understanding);
});
