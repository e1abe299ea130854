import { describe, expect, it } from 'vitest';
import { importEspeak } from '../../../scripts/espeak-data.mjs';
import { createLogger } from '../../log.ts';
import type { FileLoader, TextToSpeech, VoiceContext } from '../engines.ts';
import { configureRuntime } from '../runtime.ts';
import { createEspeak } from './espeak.ts';
import { createPiper } from './piper.ts';
import { createTinyVoice, type TinyVoiceOptions, tinyPack } from './tiny-voice.ts';

configureRuntime({ threads: 1 });
const espeak = await createEspeak(await importEspeak());
const never = new AbortController().signal;

/** A tiny voice, with the files and the context it was given laid open. */
function createVoice(options: TinyVoiceOptions = {}, change: Partial<VoiceContext> = {}) {
  const { pack, files } = tinyPack(createTinyVoice(options));
  const lines: string[] = [];
  const load: FileLoader = async (_, { path }) => files[path] ?? new Blob();
  const voice = createPiper({
    pack,
    files: load,
    backend: 'auto',
    threads: 1,
    region: 'CD',
    phonemizer: async (name) => espeak.phonemizer(name),
    log: createLogger(({ message }) => lines.push(message)),
    ...change,
  });
  return { voice, pack, files, lines };
}
async function load(voice: TextToSpeech): Promise<TextToSpeech> {
  await voice.load({ signal: never });
  return voice;
}
const say = async (voice: TextToSpeech, text: string, speaker?: number): Promise<Float32Array> =>
  (await voice.speak(text, { signal: never, ...(speaker !== undefined && { speaker }) })).samples;
const loudnessOf = (samples: Float32Array): number => Math.max(...samples.map(Math.abs));

describe('a Piper voice', () => {
  it('speaks at its own sample rate', async () => {
    const { voice } = createVoice({ config: { audio: { sample_rate: 22_050 } } });
    expect((await (await load(voice)).speak('Oui.', { signal: never })).sampleRate).toBe(22_050);
  });

  it.each([[[1, 1, 1, -1]], [[1, -1]]])('may give its samples in the shape %j', async (outputShape) => {
    const [inFour, asGiven] = [createVoice().voice, createVoice({ outputShape }).voice];
    expect(await say(await load(asGiven), 'Oui.')).toEqual(await say(await load(inFour), 'Oui.'));
  });

  it('speaks as the speaker it is asked for, and as its first where it has no other', async () => {
    const voice = await load(createVoice({ speakers: 2 }).voice);
    const [first, second] = [await say(voice, 'Oui.', 0), await say(voice, 'Oui.', 1)];
    expect(loudnessOf(second) / loudnessOf(first)).toBeCloseTo(1.5, 2);
    expect(await say(voice, 'Oui.')).toEqual(first);
    expect(await say(voice, 'Oui.', 5)).toEqual(first);
    const alone = await load(createVoice().voice);
    expect(await say(alone, 'Oui.', 1)).toEqual(await say(alone, 'Oui.'));
  });

  it('ends a text that has no mark as one that has', async () => {
    const voice = await load(createVoice().voice);
    const ended = await say(voice, 'Bonjour.');
    for (const text of ['Bonjour', ' Bonjour ', 'Bonjour,', 'Bonjour…', 'Bonjour 🙂']) {
      expect(await say(voice, text)).toEqual(ended);
    }
    expect(await say(voice, '« Bonjour. »')).toEqual(ended);
    expect(await say(voice, 'Bonjour?')).not.toEqual(ended);
  });

  it('says in words what French writes in figures and signs', async () => {
    const voice = await load(createVoice().voice);
    const words = await say(voice, 'Quarante-deux euros cinquante.');
    expect(await say(voice, '42,50 €')).toEqual(words);
    const foreign = await load(createVoice({ config: { espeak: { voice: 'en' } } }).voice);
    expect(await say(foreign, '42,50 €')).not.toEqual(words);
  });

  it('does not read emoji out', async () => {
    const voice = await load(createVoice().voice);
    expect(await say(voice, 'Merci 👍🏽 beaucoup 🇨🇩!')).toEqual(await say(voice, 'Merci beaucoup!'));
  });

  it('skips symbols it was not taught, and says so once each', async () => {
    const taught = createTinyVoice().config['phoneme_id_map'] as Record<string, number[]>;
    const { ʁ: _, ...withoutR } = taught;
    const { voice, lines } = createVoice({ config: { phoneme_id_map: withoutR } });
    await load(voice);
    expect((await say(voice, 'Bonjour. Merci. Au revoir.')).length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes('"ʁ"'))).toHaveLength(1);
  });

  it('replaces symbols as its settings say', async () => {
    const { voice } = createVoice({ config: { phoneme_map: { ʁ: ['r'] } } });
    expect(await say(await load(voice), 'rue')).not.toEqual(await say(await load(createVoice().voice), 'rue'));
  });

  it('taught letters is given letters, without espeak-ng', async () => {
    const phonemizer = (): never => {
      throw new Error('espeak-ng is not needed');
    };
    const { voice } = createVoice({ config: { phoneme_type: 'text' } }, { phonemizer });
    await load(voice);
    const short = await say(voice, 'Ab.');
    const long = await say(voice, 'Abcd.');
    // Two letters more, each with its pad.
    expect(long.length - short.length).toBe(4 * 256);
  });

  it('says ten thousand characters, sentence by sentence', { timeout: 60_000 }, async () => {
    const voice = await load(createVoice().voice);
    const sentence = 'Le client a payé deux cents dollars pour trois rames. ';
    const once = await say(voice, sentence);
    const often = await say(voice, sentence.repeat(190));
    expect(often.length).toBe(190 * once.length);
  });

  it('stops between two sentences once cancelled', async () => {
    const cancellation = new AbortController();
    let clauses = 0;
    const { voice } = createVoice(
      {},
      {
        phonemizer: async (name) => ({
          clauseIpa: (clause) => {
            clauses += 1;
            if (clauses === 4) cancellation.abort();
            return espeak.phonemizer(name).clauseIpa(clause);
          },
        }),
      },
    );
    await load(voice);
    clauses = 0;
    await expect(voice.speak('Un. '.repeat(100), { signal: cancellation.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(clauses).toBeLessThan(6);
  });

  it('hears a cancellation that comes as a message', async () => {
    const voice = await load(createVoice().voice);
    const cancellation = new AbortController();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      cancellation.abort();
      port1.close();
    };
    port2.postMessage(null);
    await expect(voice.speak('Un deux trois. '.repeat(200), { signal: cancellation.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('a Piper voice that is not right', () => {
  it('fails when its samples are not numbers', async () => {
    const { voice } = createVoice({ noiseScale: 0 });
    await expect(voice.load({ signal: never })).rejects.toMatchObject({ code: 'model-failed' });
  });

  it('fails with the code of what is wrong', async () => {
    const damaged: Record<string, FileLoader> = {
      'the model is not one': async (_, { path }) =>
        path.endsWith('.json') ? new Blob([JSON.stringify(createTinyVoice().config)]) : new Blob(['<!doctype html>']),
      'the settings are not JSON': async () => new Blob(['<!doctype html>']),
    };
    for (const files of Object.values(damaged)) {
      const { voice } = createVoice({}, { files });
      await expect(voice.load({ signal: never })).rejects.toMatchObject({ code: 'model-corrupt' });
    }
    const { pack } = createVoice();
    const { voice } = createVoice({}, { pack: { ...pack, files: pack.files.slice(0, 1) } });
    await expect(voice.load({ signal: never })).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('fails when its language is not shipped', async () => {
    const { voice } = createVoice({ config: { espeak: { voice: 'de' } } });
    await expect(voice.load({ signal: never })).rejects.toMatchObject({ code: 'model-unknown' });
  });

  it('reports how far its files are, over the whole pack', async () => {
    const { pack, files } = createVoice();
    const total = pack.files.reduce((sum, { bytes }) => sum + bytes, 0);
    const seen: number[] = [];
    const { voice } = createVoice(
      {},
      {
        files: async (_, { path, bytes }, { onBytes } = {}) => {
          onBytes?.(bytes / 2);
          onBytes?.(bytes);
          return files[path] ?? new Blob();
        },
      },
    );
    await voice.load({
      signal: never,
      onProgress: ({ loadedBytes, totalBytes }) => {
        expect(totalBytes).toBe(total);
        seen.push(loadedBytes);
      },
    });
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
    expect(seen.at(-1)).toBe(total);
  });
});
