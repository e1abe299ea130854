import { describe, expect, it, vi } from 'vitest';
import { emptyShopProfile } from '../../documents/shop-profile.ts';
import { createLogger } from '../../log.ts';
import type { Understanding } from '../../schema.ts';
import type { Documents } from '../../storage/documents.ts';
import { createDialogue } from './dialogue.ts';

const signal = new AbortController().signal;

function setUp() {
  const readProfile = vi.fn(async () => emptyShopProfile('CD'));
  const saveDraft = vi.fn(async () => undefined);
  const issue = vi.fn(() => Promise.reject(new Error('no paper')));
  let clock = 0;
  const dialogue = createDialogue({
    documents: { saveDraft, issue, deleteDraft: async () => undefined } as unknown as Documents, // no other is called
    readProfile,
    holds: { hold: () => undefined, release: () => undefined, heldElsewhere: async () => new Set() },
    config: { region: 'CD', franc: 'CDF', cfa: 'XOF', idleMs: 60_000, doubtBelow: -1 },
    now: () => clock,
    newId: () => 'some-id',
    after: () => () => undefined,
    log: createLogger(() => undefined),
  });
  const pass = (ms: number): void => {
    clock += ms;
  };
  return { dialogue, readProfile, saveDraft, issue, pass };
}
const heard = (text: string, intent: Understanding['intent']) => ({
  text,
  confidence: -0.1,
  understanding: { intent, confidence: 1, by: 'template' as const, slots: {} },
});
const invoice = heard('facture de vingt dollars pour Paul', 'invoice');

describe('foreseeing an answer', () => {
  it('is the answer that is given then', async () => {
    const { dialogue } = setUp();
    const foreseen = await dialogue.foresee(invoice);
    expect(foreseen).toBe('Une facture de 20 dollars pour Paul: est-ce exact?');
    expect((await dialogue.respond(invoice, { signal })).answer).toBe(foreseen);
  });

  it('changes nothing: no draft is kept, and nothing is shown', async () => {
    const { dialogue, saveDraft } = setUp();
    const before = dialogue.view.getState();
    await dialogue.foresee(invoice);
    expect(saveDraft).not.toHaveBeenCalled();
    expect(dialogue.view.getState()).toBe(before);
    expect(await dialogue.foresee(heard('oui', 'affirm'))).toBe('Très bien. Que puis-je faire pour vous?');
  });

  it('is left to the turn where something is to be done first: nothing is issued for a pause', async () => {
    const { dialogue, issue } = setUp();
    await dialogue.respond(invoice, { signal });
    expect(await dialogue.foresee(heard('oui', 'affirm'))).toBeNull();
    expect(issue).not.toHaveBeenCalled();
  });

  it('reads the shop’s description once for both, and again for a turn that comes later', async () => {
    const { dialogue, readProfile, pass } = setUp();
    await dialogue.foresee(invoice);
    await dialogue.respond(invoice, { signal });
    expect(readProfile).toHaveBeenCalledTimes(1);
    await dialogue.respond(invoice, { signal });
    expect(readProfile).toHaveBeenCalledTimes(2);
    await dialogue.foresee(invoice);
    pass(5000);
    await dialogue.respond(invoice, { signal });
    expect(readProfile).toHaveBeenCalledTimes(4);
  });
});
