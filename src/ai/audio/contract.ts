import { describe, expect, it } from 'vitest';
import type { GateEvent, LoadProgress, SpeechGate, Utterance } from '../engines.ts';

/** What the contract test asks of a gate: new instances of it, and recordings with one stretch of speech each. */
export interface ContractCase {
  /** A gate that is not loaded yet; with `failures`, its first loads reject. */
  create: (options?: { failures: number }) => SpeechGate | Promise<SpeechGate>;
  /** Speech from `start` to `end`, in seconds, with silence around it. */
  speech: { name: string; samples: Utterance; start: number; end: number }[];
  /** Sound in which nobody speaks. */
  noise: { name: string; samples: Utterance }[];
}

const never = new AbortController().signal;
const sampleRate = 16_000;
/** How far from the speech a segment may begin and end, in seconds: padding is wanted, cutting is not. */
const tolerance = { before: 0.45, after: 0.6, cut: 0.08 };

/** What the app relies on, whatever the gate. */
export function describeSpeechGate(name: string, { create, speech, noise }: ContractCase): void {
  let shared: Promise<SpeechGate> | undefined;
  const createLoaded = async (): Promise<SpeechGate> => {
    const gate = await create();
    await gate.load({ signal: never });
    return gate;
  };
  const loaded = (): Promise<SpeechGate> => {
    shared ??= createLoaded();
    return shared;
  };

  describe(`${name} as a speech gate`, () => {
    it('says what it loaded, once, whoever asks', async () => {
      const gate = await create();
      const progress: LoadProgress[] = [];
      const first = await gate.load({ signal: never, onProgress: (event) => progress.push(event) });
      expect(await gate.load({ signal: never })).toEqual(first);
      expect(first.packId).not.toBe('');
      expect(progress.at(-1)?.loadedBytes).toBe(progress.at(-1)?.totalBytes);
    });

    it('hears after a load that failed and one that did not', async () => {
      const gate = await create({ failures: 1 });
      await expect(gate.load({ signal: never })).rejects.toThrow();
      await gate.load({ signal: never });
      expect(await gate.segments(speech[0]?.samples ?? new Float32Array(0), { signal: never })).toHaveLength(1);
    });

    it.each(speech)('finds the speech in $name, and cuts none of it', async ({ samples, start, end }) => {
      const segments = await (await loaded()).segments(samples, { signal: never });
      expect(segments).toHaveLength(1);
      const from = (segments[0]?.start ?? 0) / sampleRate;
      const to = (segments[0]?.end ?? 0) / sampleRate;
      expect(from).toBeGreaterThan(start - tolerance.before);
      expect(from).toBeLessThan(start + tolerance.cut);
      expect(to).toBeGreaterThan(end - tolerance.cut);
      expect(to).toBeLessThan(end + tolerance.after);
    });

    it.each(noise)('hears nobody in $name', async ({ samples }) => {
      expect(await (await loaded()).segments(samples, { signal: never })).toEqual([]);
    });

    it('hears nobody where there is no sound', async () => {
      expect(await (await loaded()).segments(new Float32Array(0), { signal: never })).toEqual([]);
    });

    it('finds the same when asked twice, or for several at once', async () => {
      const gate = await loaded();
      const all = [...speech, ...noise].map(({ samples }) => samples);
      const alone = [];
      for (const samples of all) alone.push(await gate.segments(samples, { signal: never }));
      expect(await Promise.all(all.map((samples) => gate.segments(samples, { signal: never })))).toEqual(alone);
    });

    it.each(speech)('hears $name live as it does in the recording', async ({ samples }) => {
      const gate = await loaded();
      const [segment] = await gate.segments(samples, { signal: never });
      const ear = await gate.listen();
      const events: GateEvent[] = [];
      for (let at = 0; at < samples.length; at += 300) events.push(...(await ear.push(samples.slice(at, at + 300))));
      events.push(...(await ear.end()));
      const kinds = events.map(({ type }) => type).filter((type) => !['level', 'pause', 'resume'].includes(type));
      expect(kinds).toEqual(['speech-start', 'utterance']);
      const utterance = events.find((event) => event.type === 'utterance');
      expect(utterance?.segment.start).toBe(segment?.start);
      expect(utterance?.utterance).toEqual(samples.slice(utterance?.segment.start, utterance?.segment.end));
    });

    it('gives every ear its own memory', async () => {
      const gate = await loaded();
      const [first, second] = [await gate.listen(), await gate.listen()];
      const samples = speech[0]?.samples ?? new Float32Array(0);
      for (let at = 0; at < samples.length; at += 512) {
        await first.push(samples.slice(at, at + 512));
        await second.push(new Float32Array(512));
      }
      expect(await second.end()).toEqual([]);
    });

    it('rejects with an AbortError once cancelled', async () => {
      const samples = speech[0]?.samples ?? new Float32Array(0);
      await expect((await loaded()).segments(samples, { signal: AbortSignal.abort() })).rejects.toMatchObject({
        name: 'AbortError',
      });
    });
  });
}
