import { describe, expect, it, vi } from 'vitest';
import type { Speech, TextToSpeech } from './engines.ts';
import { renderAhead } from './render-ahead.ts';
import { createFakeTextToSpeech } from './tts/fake.ts';

const signal = () => new AbortController().signal;
const fixed = ['Bonjour!', 'Je n’ai pas bien compris.'];

function watched(): { tts: TextToSpeech; said: string[] } {
  const voice = createFakeTextToSpeech();
  const said: string[] = [];
  const speak: TextToSpeech['speak'] = (sentence, options) => {
    said.push(sentence);
    return voice.speak(sentence, options);
  };
  return { tts: { load: voice.load, speak }, said };
}

describe('a voice with sentences rendered ahead', () => {
  it('says them as the voice itself would, without asking it again', async () => {
    const { tts, said } = watched();
    const ahead = renderAhead(tts, fixed, 0);
    await tts.load({ signal: signal() });
    await ahead.renderAll(signal());
    expect(said).toEqual(fixed);
    const speech = await ahead.tts.speak('Bonjour!', { signal: signal(), speaker: 0 });
    expect(said).toEqual(fixed);
    expect(speech).toEqual(await tts.speak('Bonjour!', { signal: signal(), speaker: 0 }));
  });

  it('asks the voice for another sentence, or for another speaker', async () => {
    const { tts, said } = watched();
    const ahead = renderAhead(tts, fixed, 0);
    await tts.load({ signal: signal() });
    await ahead.renderAll(signal());
    await ahead.tts.speak('Une facture de douze euros.', { signal: signal(), speaker: 0 });
    await ahead.tts.speak('Bonjour!', { signal: signal(), speaker: 1 });
    expect(said).toEqual([...fixed, 'Une facture de douze euros.', 'Bonjour!']);
  });

  it('gives way when the voice is needed, and goes on later', async () => {
    const sound: Speech = { samples: new Float32Array(1), sampleRate: 22_050 };
    const speak = vi.fn<TextToSpeech['speak']>(async () => sound);
    speak.mockImplementationOnce(
      (_, { signal: waiting }) =>
        new Promise((_resolve, reject) => waiting.addEventListener('abort', () => reject(waiting.reason))),
    );
    const ahead = renderAhead({ load: createFakeTextToSpeech().load, speak }, fixed, 0);
    const rendering = ahead.renderAll(signal());
    await ahead.tts.speak('Une facture de douze euros.', { signal: signal() });
    await rendering;
    expect(speak.mock.calls.map(([sentence]) => sentence)).toEqual(['Bonjour!', 'Une facture de douze euros.']);
    await ahead.renderAll(signal());
    expect(speak).toHaveBeenCalledTimes(4);
  });

  it('leaves a sentence that failed for when it is asked for', async () => {
    const sound: Speech = { samples: new Float32Array(1), sampleRate: 22_050 };
    const speak = vi.fn<TextToSpeech['speak']>(async () => sound);
    speak.mockRejectedValueOnce(new Error('boom'));
    const ahead = renderAhead({ load: createFakeTextToSpeech().load, speak }, fixed, 0);
    await ahead.renderAll(signal());
    expect(await ahead.tts.speak('Bonjour!', { signal: signal() })).toBe(sound);
    expect(speak).toHaveBeenCalledTimes(3);
  });

  it('stops when told to', async () => {
    const { tts, said } = watched();
    await renderAhead(tts, fixed, 0).renderAll(AbortSignal.abort());
    expect(said).toEqual([]);
  });
});
