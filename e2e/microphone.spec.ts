import { expect, test } from './harness.ts';
import { openPage } from './page.ts';

for (const [microphone, sentence] of [
  ['denied', 'Je n’ai pas accès au micro'],
  ['missing', 'Je ne trouve pas de micro'],
] as const) {
  test(`a ${microphone} microphone is said in French, and writing still works`, async ({ openCounter }) => {
    const { page, watch } = await openCounter({ microphone });
    watch.allowError(/microphone-/);
    const { talk, conversation, writing, status } = await openPage(page);
    await talk.click();
    await expect(page.getByText(sentence)).toBeVisible();
    await expect(status).toHaveText('Appuyez et parlez');
    await writing.fill('merci');
    await writing.press('Enter');
    await expect(conversation.locator('.turn-answer')).toBeVisible();
  });
}
