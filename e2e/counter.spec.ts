import { expect, test } from './harness.ts';
import { openPage } from './page.ts';

test('a typed request is understood and answered', async ({ page }) => {
  const { conversation, writing } = await openPage(page);
  await writing.fill('Fais une facture de deux cent cinquante dollars pour Monsieur Kabongo');
  await writing.press('Enter');
  await expect(conversation).toContainText('Facture');
  await expect(conversation).toContainText('250');
  await expect(conversation).toContainText('Kabongo');
  await expect(conversation.locator('.turn-answer')).toContainText('250 dollars');
});

test('the page runs under a strict content policy, with shared memory', async ({ page }) => {
  const response = await page.goto('/');
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toContain("'unsafe-inline'");
  expect(policy).not.toContain("'unsafe-eval'");
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('the keyboard does what the button does: Space talks, Escape stops', async ({ openCounter }) => {
  const { page } = await openCounter({ microphone: 'denied' });
  await page.addInitScript(() => {
    // Never answers, as a browser that waits for a person to allow the microphone.
    navigator.mediaDevices.getUserMedia = () => new Promise(() => undefined);
  });
  const { talk, status, conversation } = await openPage(page);
  await page.keyboard.press('Space');
  await expect(talk).toHaveAttribute('aria-pressed', 'true');
  await expect(status).toHaveText('J’ouvre le micro…');
  await page.keyboard.press('Escape');
  await expect(status).toHaveText('Appuyez et parlez');
  await expect(conversation).toContainText('Annulé.');
});

test('Space in the text box is a space', async ({ page }) => {
  const { talk, writing } = await openPage(page);
  await writing.focus();
  await page.keyboard.type('a b');
  await expect(writing).toHaveValue('a b');
  await expect(talk).toHaveAttribute('aria-pressed', 'false');
});
