import { describe, expect, it } from 'vitest';
import type { LoadProgress, SpeechToText, Utterance } from '../engines.ts';

/** What the contract test asks of an engine: new instances of it, and something that it hears. */
export interface ContractCase {
  /** A recogniser that is not loaded yet; with `failures`, its first loads reject. */
  create: (options?: { failures: number }) => SpeechToText | Promise<SpeechToText>;
  /** Speech in which it hears `text`, of several words. */
  speech: { utterance: Utterance; text: string };
}

const never = new AbortController().signal;
const silence = new Float32Array(2 * 16_000);

/** What the app relies on, whatever the recogniser. */
export function describeSpeechToText(name: string, { create, speech }: ContractCase): void {
  /** One for all: it must not matter to it what it heard before. */
  let shared: Promise<SpeechToText> | undefined;
  const createLoaded = async (): Promise<SpeechToText> => {
    const recogniser = await create();
    await recogniser.load({ signal: never });
    return recogniser;
  };
  const loaded = (): Promise<SpeechToText> => {
    shared ??= createLoaded();
    return shared;
  };

  describe(`${name} as a recogniser`, () => {
    it('says what it loaded, once, whoever asks', async () => {
      const recogniser = await create();
      const progress: LoadProgress[] = [];
      const first = await recogniser.load({ signal: never, onProgress: (event) => progress.push(event) });
      expect(await recogniser.load({ signal: never })).toEqual(first);
      expect(first.packId).not.toBe('');
      expect(progress.at(-1)?.loadedBytes).toBe(progress.at(-1)?.totalBytes);
    });

    it('listens after a load that failed and one that did not', async () => {
      const recogniser = await create({ failures: 1 });
      await expect(recogniser.load({ signal: never })).rejects.toThrow();
      await recogniser.load({ signal: never });
      expect((await recogniser.transcribe(speech.utterance, { signal: never })).text).toBe(speech.text);
    });

    it('writes what was said, each partial text the beginning of the next', async () => {
      const partials: string[] = [];
      const transcript = await (await loaded()).transcribe(speech.utterance, {
        signal: never,
        onPartial: (text) => partials.push(text),
      });
      expect(transcript.text).toBe(speech.text);
      expect(partials.length).toBeGreaterThan(1);
      expect(partials.at(-1)).toBe(speech.text);
      for (const [index, partial] of partials.entries()) expect(partials[index + 1] ?? speech.text).toContain(partial);
    });

    it('gives the mean log-probability of the tokens, and where it ran', async () => {
      const recogniser = await loaded();
      const { backend } = await recogniser.load({ signal: never });
      const transcript = await recogniser.transcribe(speech.utterance, { signal: never });
      expect(transcript.backend).toBe(backend);
      expect(transcript.confidence).toBeLessThanOrEqual(0);
      expect(transcript.confidence).toBeGreaterThan(-1);
    });

    it('hears the same thing twice alike', async () => {
      const recogniser = await loaded();
      const first = await recogniser.transcribe(speech.utterance, { signal: never });
      expect(await recogniser.transcribe(speech.utterance, { signal: never })).toEqual(first);
    });

    it('keeps utterances apart when asked for several at once', async () => {
      const recogniser = await loaded();
      const heard = await Promise.all(
        [speech.utterance, silence, speech.utterance].map((each) => recogniser.transcribe(each, { signal: never })),
      );
      expect(heard.map(({ text }) => text)).toEqual([speech.text, '', speech.text]);
    });

    it('leaves the utterance as it was', async () => {
      const utterance = speech.utterance.slice();
      await (await loaded()).transcribe(utterance, { signal: never });
      expect(utterance).toEqual(speech.utterance);
    });

    it.each([
      ['silence', silence],
      ['nothing at all', new Float32Array(0)],
      ['one sample', Float32Array.of(0)],
    ])('writes nothing for %s', async (_, utterance) => {
      expect((await (await loaded()).transcribe(utterance, { signal: never })).text).toBe('');
    });

    it('does not start once cancelled', async () => {
      const onPartial = (): never => expect.fail('it wrote something');
      const transcription = (await loaded()).transcribe(speech.utterance, {
        signal: AbortSignal.abort(),
        onPartial,
      });
      await expect(transcription).rejects.toMatchObject({ name: 'AbortError' });
    });

    it('stops between two tokens when the signal says so without an event, and listens again after', async () => {
      const recogniser = await loaded();
      let aborted = false;
      const signal = Object.defineProperty(new AbortController().signal, 'aborted', { get: () => aborted });
      let partials = 0;
      const onPartial = (): void => {
        partials++;
        aborted = true;
      };
      await expect(recogniser.transcribe(speech.utterance, { signal, onPartial })).rejects.toMatchObject({
        name: 'AbortError',
      });
      expect(partials).toBe(1);
      expect((await recogniser.transcribe(speech.utterance, { signal: never })).text).toBe(speech.text);
    });
  });
}
