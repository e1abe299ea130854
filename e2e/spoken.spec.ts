import { readFile, writeFile } from 'node:fs/promises';
import { intentWords } from '../src/app/counter/words.ts';
import { installFakeMicrophone } from './fake-microphone.ts';
import { expect, test } from './harness.ts';
import { openPage, processFile } from './page.ts';
import { joinRecordings, recordingPath, type SpokenRequest, spokenRequests } from './recordings.ts';

const requests = spokenRequests();

/** Those for which a browser is started with the recording as its microphone: slow, and as near to a real one as a test gets. */
const throughTheDevice = ['greeting', 'invoice', 'print', 'unknown'];
const firstOfItsIntent = (request: SpokenRequest): boolean =>
  requests.find(({ intent }) => intent === request.intent) === request;
const onDevice = requests.filter((request) => throughTheDevice.includes(request.intent) && firstOfItsIntent(request));

test.describe('spoken into the microphone', () => {
  for (const { path, text, intent } of onDevice) {
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

  test('all the other requests are heard one after the other, by a clerk who waits for no answer to end', async ({
    page,
  }) => {
    test.slow();
    const microphone = await installFakeMicrophone(page);
    const { talk, conversation, status } = await openPage(page);
    const interrupted: (string | null)[] = [];
    for (const { path, text, intent } of requests.filter((request) => !onDevice.includes(request))) {
      const before = await conversation.locator('.turn').count();
      await microphone.say(path);
      await talk.click();
      await expect(conversation.locator('.turn')).toHaveCount(before + 1);
      await expect(conversation.locator('.turn').last(), text).toContainText(intentWords[intent], { timeout: 30_000 });
      interrupted.push(await status.textContent());
    }
    expect(interrupted).toContain('Je vous réponds…');
  });

  test('words with a pause between them are one request', async ({ page }) => {
    const microphone = await installFakeMicrophone(page);
    const { talk, conversation, status } = await openPage(page);
    const [request, amount] = await Promise.all(
      ['dialogue-je-voudrais-une-facture.wav', 'dialogue-trente-dollars.wav'].map((name) =>
        readFile(recordingPath(name)),
      ),
    );
    if (!request || !amount) throw new Error('a recording is missing');
    // What is left of the silence between them is longer than a pause that is looked into, and shorter than an end.
    const recording = test.info().outputPath('with-a-pause.wav');
    await writeFile(recording, joinRecordings(request, 0.49, amount, 0.32));
    await microphone.say(recording);
    await talk.click();
    await expect(conversation.locator('.turn-answer')).toContainText('30 dollars. Pour qui ?', { timeout: 30_000 });
    await expect(status).toHaveText('Appuyez et parlez', { timeout: 30_000 });
    await expect(conversation.locator('.turn')).toHaveCount(1);
  });

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
