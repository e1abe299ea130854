import { type FakeMicrophone, installFakeMicrophone } from './fake-microphone.ts';
import { expect, setFaults, test } from './faulty.ts';
import { countObjects } from './memory.ts';
import { type CounterPage, openPage } from './page.ts';
import { recordingPath } from './recordings.ts';

const greeting = recordingPath('greeting.wav');
const thanks = recordingPath('thanks.wav');

/** Presses the button, says a recording, and waits for its answer to be said: the counter works. */
async function isUnderstood({ talk, conversation, status }: CounterPage, microphone: FakeMicrophone): Promise<void> {
  const before = await conversation.locator('.turn').count();
  await microphone.say(greeting);
  await talk.click();
  await expect(conversation.locator('.turn')).toHaveCount(before + 1);
  await expect(conversation.locator('.turn').last()).toContainText('Salutation', { timeout: 30_000 });
  await expect(status).toHaveText('Appuyez et parlez', { timeout: 30_000 });
}

test('a muted microphone is named at once, and hears again once it is not', async ({ page }) => {
  const microphone = await installFakeMicrophone(page);
  const counter = await openPage(page, '/?backend=wasm');
  await microphone.mute(true);
  await counter.talk.click();
  await expect(page.getByText('Le micro est coupé.')).toBeVisible();
  await microphone.mute(false);
  await expect(page.getByText('Le micro est coupé.')).toBeHidden();
  await microphone.say(greeting);
  await expect(counter.conversation).toContainText('Salutation', { timeout: 30_000 });
});

test('a microphone that gives nothing but zeros is named while it listens, and hears again once it gives more', async ({
  page,
}) => {
  const microphone = await installFakeMicrophone(page);
  const counter = await openPage(page, '/?backend=wasm');
  await microphone.switchOff(true);
  await counter.talk.click();
  await expect(page.getByText('Le micro n’envoie aucun son.')).toBeVisible();
  await expect(counter.status).toHaveText('J’écoute…');
  await microphone.switchOff(false);
  await expect(page.getByText('Le micro n’envoie aucun son.')).toBeHidden();
  await microphone.say(greeting);
  await expect(counter.conversation).toContainText('Salutation', { timeout: 30_000 });
});

test('a microphone that is unplugged in mid-sentence is named, and the next one hears', async ({ page }) => {
  const microphone = await installFakeMicrophone(page);
  const counter = await openPage(page, '/?backend=wasm');
  await counter.talk.click();
  await expect(counter.status).toHaveText('J’écoute…');
  await microphone.say(greeting);
  await expect.poll(() => page.evaluate(() => window.fakeMicrophone.waiting)).toBeNull();
  await microphone.unplug();
  await expect(page.getByText('Le micro s’est arrêté.')).toBeVisible();
  await expect(counter.status).toHaveText('Appuyez et parlez');
  await isUnderstood(counter, microphone);
  expect(await microphone.opened()).toBe(2);
});

test('a microphone that opens slowly is not said to listen before it does', async ({ page }) => {
  const microphone = await installFakeMicrophone(page);
  const counter = await openPage(page, '/?backend=wasm');
  await microphone.holdShut(true);
  await microphone.say(greeting);
  await counter.talk.click();
  await expect(counter.status).toHaveText('J’ouvre le micro…');
  await microphone.holdShut(false);
  await expect(counter.conversation).toContainText('Salutation', { timeout: 30_000 });
});

test('a microphone that does not open is named, and opens the next time', async ({ page }) => {
  const microphone = await installFakeMicrophone(page);
  const counter = await openPage(page, '/?backend=wasm&limits=0.5');
  await page.context().grantPermissions(['microphone']);
  await setFaults(page, 'microphone.open:hang@1');
  await counter.talk.click();
  await expect(page.getByText('Le micro ne s’ouvre pas.')).toBeVisible({ timeout: 20_000 });
  await isUnderstood(counter, microphone);
});

test('sound that the browser suspends while it listens or speaks goes on', async ({ page }) => {
  const microphone = await installFakeMicrophone(page);
  const { talk, status, conversation } = await openPage(page, '/?backend=wasm');
  await talk.click();
  await expect(status).toHaveText('J’écoute…');
  await microphone.suspendSound();
  await expect.poll(() => microphone.soundStates()).toContain('running');
  await microphone.say(greeting);
  await expect(status).toHaveText('Je vous réponds…', { timeout: 30_000 });
  await microphone.suspendSound();
  await expect.poll(() => microphone.soundStates()).not.toContain('suspended');
  await expect(status).toHaveText('Appuyez et parlez', { timeout: 15_000 });
  await expect(conversation.locator('.turn')).toHaveCount(1);
});

test('stopping an answer silences it within 0.2 s, and pressing to speak instead does too', async ({ page }) => {
  const microphone = await installFakeMicrophone(page);
  // The sound that says "I listen" would count as the answer going on.
  await page.goto('/bureau#magasin');
  await page.getByRole('checkbox', { name: 'Petits sons quand j’écoute et quand j’ai fini' }).uncheck();
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText('C’est enregistré.')).toBeVisible();
  const { writing, status, talk, conversation } = await openPage(page, '/?backend=wasm');
  const untilSilent = (button: string): Promise<number> =>
    page.evaluate(async (label) => {
      const from = performance.now();
      document.querySelector<HTMLButtonElement>(`[aria-label="${label}"]`)?.click();
      let loudAt = from;
      // Silence between two words does not count: 250 ms of it do.
      while (performance.now() - loudAt < 250 && performance.now() - from < 3000) {
        if (loudestSample() > 0.001) loudAt = performance.now();
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      return loudAt - from;
    }, button);
  let turns = 0;
  for (const button of ['Parler', 'Arrêter']) {
    // What the page takes by itself it takes each time; what a busy machine adds comes at random.
    const times: number[] = [];
    while (!times.some((ms) => ms < 200) && times.length < 4) {
      await writing.fill('aide');
      await writing.press('Enter');
      await expect(status).toHaveText('Je vous réponds…', { timeout: 30_000 });
      await microphone.untilHeard();
      times.push(await untilSilent(button));
      await expect(conversation.locator('.turn').nth(turns)).toContainText('Interrompu.');
      // To speak instead is a turn of its own.
      await expect(talk).toHaveAttribute('aria-pressed', String(button === 'Parler'));
      turns += button === 'Parler' ? 2 : 1;
    }
    expect(Math.min(...times), `${button}: ${times.join(', ')} ms`).toBeLessThan(200);
  }
});

test('twenty presses in a row leave the page ready, with no microphone open', async ({ page }) => {
  const microphone = await installFakeMicrophone(page);
  const counter = await openPage(page, '/?backend=wasm');
  await page.evaluate(async () => {
    for (let press = 0; press < 20; press++) {
      document.querySelector<HTMLButtonElement>('[aria-label="Parler"]')?.click();
      await new Promise((resolve) => setTimeout(resolve, (press * 37) % 90));
    }
  });
  await expect(counter.status).toHaveText('Appuyez et parlez', { timeout: 20_000 });
  await expect.poll(() => page.evaluate(() => window.fakeMicrophone.session)).toBeNull();
  await expect(page.locator('.turn[aria-busy="true"]')).toHaveCount(0);
  await isUnderstood(counter, microphone);
});

test('microphones that were closed are let go of, however many there were', async ({ page }) => {
  const microphone = await installFakeMicrophone(page);
  const { talk, status } = await openPage(page, '/?backend=wasm');
  for (let turn = 0; turn < 12; turn++) {
    await talk.click();
    await expect.poll(() => microphone.soundStates()).toContain('running');
    await expect(status).toHaveText('J’écoute…');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => window.fakeMicrophone.session)).toBeNull();
  }
  expect(await microphone.opened()).toBe(12);
  // The browser collects the last few when it likes.
  await expect.poll(() => countObjects(page, 'AudioWorkletNode')).toBeLessThan(6);
});

test('the next turn hears the microphone that is the default by then', async ({ page }) => {
  const microphone = await installFakeMicrophone(page);
  const counter = await openPage(page, '/?backend=wasm');
  await isUnderstood(counter, microphone);
  await page.evaluate(() => navigator.mediaDevices.dispatchEvent(new Event('devicechange')));
  await microphone.say(thanks);
  await counter.talk.click();
  await expect(counter.conversation.locator('.turn').last()).toContainText('Remerciement', { timeout: 30_000 });
  expect(await microphone.opened()).toBe(2);
});
