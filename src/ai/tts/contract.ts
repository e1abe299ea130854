import { describe, expect, it } from 'vitest';
import type { LoadProgress, TextToSpeech } from '../engines.ts';

/** What the contract test asks of an engine: new instances of one voice, whose first load can be made to fail. */
export interface ContractCase {
  /** A voice that is not loaded yet; with `failures`, its first loads reject. */
  create: (options?: { failures: number }) => TextToSpeech | Promise<TextToSpeech>;
}

const never = new AbortController().signal;
const sentence = 'Bonjour, une facture de deux cents dollars.';

function isSame(samples: Float32Array, others: Float32Array | undefined): boolean {
  return samples.length === others?.length && samples.every((sample, index) => sample === others[index]);
}

/** What the app relies on, whatever the voice. */
export function describeTextToSpeech(name: string, { create }: ContractCase): void {
  const createLoaded = async (): Promise<TextToSpeech> => {
    const voice = await create();
    await voice.load({ signal: never });
    return voice;
  };

  describe(`${name} as a voice`, () => {
    it('says what it loaded, once, whoever asks', async () => {
      const voice = await create();
      const progress: LoadProgress[] = [];
      const first = await voice.load({ signal: never, onProgress: (event) => progress.push(event) });
      expect(await voice.load({ signal: never })).toEqual(first);
      expect(first.packId).not.toBe('');
      expect(progress.at(-1)?.loadedBytes).toBe(progress.at(-1)?.totalBytes);
    });

    it('speaks after a load that failed and one that did not', async () => {
      const voice = await create({ failures: 1 });
      await expect(voice.load({ signal: never })).rejects.toThrow();
      await voice.load({ signal: never });
      expect((await voice.speak(sentence, { signal: never })).samples.length).toBeGreaterThan(0);
    });

    it('does not speak before it is loaded', async () => {
      const voice = await create();
      await expect(voice.speak(sentence, { signal: never })).rejects.toMatchObject({ code: 'model-failed' });
    });

    it('gives sound that is loud enough to hear and never clipped', async () => {
      const { samples, sampleRate } = await (await createLoaded()).speak(sentence, { signal: never });
      const seconds = samples.length / sampleRate;
      expect(seconds).toBeGreaterThan(0.5);
      expect(seconds).toBeLessThan(10);
      expect(samples.every((sample) => Math.abs(sample) < 1)).toBe(true);
      expect(Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)).toBeGreaterThan(
        0.03,
      );
    });

    it('says the same thing twice alike', async () => {
      const voice = await createLoaded();
      const first = await voice.speak(sentence, { signal: never });
      const second = await voice.speak(sentence, { signal: never });
      expect(isSame(second.samples, first.samples)).toBe(true);
      expect(second.sampleRate).toBe(first.sampleRate);
    });

    it('keeps sentences apart when asked for several at once', async () => {
      const voice = await createLoaded();
      const sentences = ['Oui.', sentence, 'Merci beaucoup.'];
      const alone: Float32Array[] = [];
      for (const one of sentences) alone.push((await voice.speak(one, { signal: never })).samples);
      const together = await Promise.all(sentences.map((one) => voice.speak(one, { signal: never })));
      expect(together.map(({ samples }, index) => isSame(samples, alone[index]))).toEqual([true, true, true]);
    });

    it.each(['', '   ', '...', '?!', '« »', '🙂👍🏽', '🇨🇩'])('says nothing for %j', async (text) => {
      const speech = await (await createLoaded()).speak(text, { signal: never });
      expect(speech.samples).toHaveLength(0);
      expect(speech.sampleRate).toBeGreaterThan(0);
    });

    it('takes more time for more text', async () => {
      const voice = await createLoaded();
      const short = await voice.speak('Oui.', { signal: never });
      const long = await voice.speak(sentence, { signal: never });
      expect(long.samples.length).toBeGreaterThan(2 * short.samples.length);
    });

    it('does not start once cancelled', async () => {
      const voice = await createLoaded();
      await expect(voice.speak(sentence, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    });

    it('gives no sound when cancelled while it speaks, and speaks again after', async () => {
      const voice = await createLoaded();
      const cancellation = new AbortController();
      const speech = voice.speak(`${sentence} `.repeat(50), { signal: cancellation.signal });
      cancellation.abort();
      await expect(speech).rejects.toMatchObject({ name: 'AbortError' });
      expect((await voice.speak('Oui.', { signal: never })).samples.length).toBeGreaterThan(0);
    });
  });
}
