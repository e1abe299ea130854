import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { understandingSchema } from '../../schema.ts';
import type { IntentModel, LoadProgress } from '../engines.ts';

/** What the contract test asks of an engine: new instances of one model, whose first load can be made to fail. */
export interface ContractCase {
  /** A model that is not loaded yet; with `failures`, its first loads reject. */
  create: (options?: { failures: number }) => IntentModel;
}

const never = new AbortController().signal;
const strangeTexts = [
  '',
  '   ',
  '?!…',
  '🙂👍🏽',
  '\u0000\uffff\ud800',
  '{slot} <rule> (a|b',
  '한국어 русский العربية',
  '1'.repeat(5000),
  'facture '.repeat(20_000),
];

/** What the app relies on, whatever the model. */
export function describeIntentModel(name: string, { create }: ContractCase): void {
  const createLoaded = async (): Promise<IntentModel> => {
    const model = create();
    await model.load({ signal: never });
    return model;
  };

  describe(`${name} as an intent model`, () => {
    it('says what it loaded, once, whoever asks', async () => {
      const model = create();
      const progress: LoadProgress[] = [];
      const first = await model.load({ signal: never, onProgress: (event) => progress.push(event) });
      expect(await model.load({ signal: never })).toEqual(first);
      expect(first.packId).not.toBe('');
      expect(progress.at(-1)?.loadedBytes).toBe(progress.at(-1)?.totalBytes);
    });

    it('understands after a load that failed and one that did not', async () => {
      const model = create({ failures: 1 });
      await expect(model.load({ signal: never })).rejects.toThrow();
      await model.load({ signal: never });
      expect((await model.understand('bonjour', { signal: never })).intent).toBe('greeting');
    });

    it('understands nothing before it is loaded', async () => {
      await expect(create().understand('bonjour', { signal: never })).rejects.toMatchObject({ code: 'model-failed' });
    });

    it('understands the same text alike, alone or among others', async () => {
      const model = await createLoaded();
      const texts = ['bonjour', 'imprime le reçu', 'facture de vingt dollars pour Marie'];
      const alone = [];
      for (const text of texts) alone.push(await model.understand(text, { signal: never }));
      expect(await Promise.all(texts.map((text) => model.understand(text, { signal: never })))).toEqual(alone);
    });

    it.each(strangeTexts)('gives a valid answer to strange text %#', async (text) => {
      const understanding = await (await createLoaded()).understand(text, { signal: never });
      expect(v.is(understandingSchema, understanding)).toBe(true);
    });

    it('takes nothing for a command where nothing was said', async () => {
      const model = await createLoaded();
      for (const text of ['', '  ', '…', '🙂']) {
        expect(await model.understand(text, { signal: never })).toMatchObject({ intent: 'unknown', by: 'none' });
      }
    });

    it('does not start once cancelled', async () => {
      const model = await createLoaded();
      await expect(model.understand('bonjour', { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    });
  });
}
