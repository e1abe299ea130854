import type { Page } from '@playwright/test';
import {
  correctedDialogues,
  dialogueRecording,
  type ExpectedDocument,
  type WholeDialogue,
  wholeDialogues,
} from './dialogues.ts';
import { documentsIn } from './documents-in.ts';
import { installFakeMicrophone } from './fake-microphone.ts';
import { expect, test } from './harness.ts';
import { openPage } from './page.ts';
import { recordingPath } from './recordings.ts';

/** Holds the dialogues by the microphone, as a clerk who presses and speaks once an answer is on screen, whatever is still being said. */
async function speak(page: Page, dialogues: readonly WholeDialogue[]): Promise<void> {
  const microphone = await installFakeMicrophone(page);
  const { talk, conversation, status } = await openPage(page);
  const turns = conversation.locator('.turn');
  const expected: ExpectedDocument[] = [];
  for (const { name, said, ends } of dialogues) {
    await test.step(name, async () => {
      for (const text of said) {
        const before = await turns.count();
        await microphone.say(recordingPath(dialogueRecording(text)));
        await talk.click();
        await expect(turns.nth(before).locator('.turn-answer'), text).toBeVisible({ timeout: 30_000 });
      }
      if (ends) expected.push(ends);
      expect(await issuedIn(page), name).toMatchObject(expected);
    });
  }
  await expect(status).toHaveText('Appuyez et parlez', { timeout: 30_000 });
}

/** In the order of their numbers. The trial recogniser writes no capitals, and a name is kept as it was written: it is compared without. */
async function issuedIn(page: Page): Promise<ExpectedDocument[]> {
  const issued = (await documentsIn(page)).filter(({ state }) => state !== 'draft');
  return issued
    .toSorted((a, b) => (a.number ?? '').localeCompare(b.number ?? ''))
    .map((document) => ({
      ...document,
      client: document.client?.replace(/^./, (first) => first.toUpperCase()) ?? null,
    }));
}

test.beforeEach(({ watch }) => {
  test.setTimeout(300_000);
  // No companion keeps counters here: this browser names itself.
  watch.allowError(/api\/counters/);
});

test('five whole dialogues, spoken, end with the right documents', async ({ page }) => {
  await speak(page, wholeDialogues);
});

test('so do those with a correction, a cancel, a wrong first hearing', async ({ page }) => {
  const short = ['the amount corrected', 'cancelled', 'a wrong first hearing'];
  await speak(
    page,
    correctedDialogues.filter(({ name }) => process.env['LAWS'] === 'long' || short.includes(name)),
  );
});
