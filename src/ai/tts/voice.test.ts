import { describe, expect, it } from 'vitest';
import { parseVoiceConfig, speakerId } from './voice.ts';

const least = { audio: { sample_rate: 22_050 }, phoneme_id_map: { a: [5] } };
const parse = (config: unknown) => parseVoiceConfig(JSON.stringify(config), 'a-voice');

describe('the settings of a voice', () => {
  it('are read with Piper’s own defaults for what is not said', () => {
    expect(parse(least)).toMatchObject({
      phoneme_type: 'espeak',
      espeak: { voice: 'fr' },
      inference: { noise_scale: 0.667, length_scale: 1, noise_w: 0.8 },
      num_speakers: 1,
    });
  });
  it('may hold what we do not know', () => {
    const config = {
      ...least,
      dataset: 'siwis',
      language: { code: 'fr_FR' },
      piper_version: '1.0.0',
      speaker_id_map: null,
    };
    expect(parse(config).audio.sample_rate).toBe(22_050);
  });
  it.each([
    ['no sample rate', { ...least, audio: {} }, 'audio.sample_rate'],
    ['an id that is no number', { ...least, phoneme_id_map: { a: ['5'] } }, 'phoneme_id_map.a.0'],
    ['a length of zero', { ...least, inference: { length_scale: 0 } }, 'inference.length_scale'],
    ['phonemes of another kind', { ...least, phoneme_type: 'pinyin' }, 'phoneme_type'],
  ])('with %s are refused by name', (_, config, key) => {
    expect(() => parse(config)).toThrow(expect.objectContaining({ code: 'model-corrupt' }));
    expect(() => parse(config)).toThrow(new RegExp(`a-voice.*${key.replaceAll('.', '\\.')}`));
  });
  it('that are not JSON are refused', () => {
    expect(() => parseVoiceConfig('<!doctype html>', 'a-voice')).toThrow(
      expect.objectContaining({ code: 'model-corrupt' }),
    );
  });
});

describe('a speaker', () => {
  it('is the one at its index, in the order of the ids', () => {
    const config = parse({ ...least, num_speakers: 2, speaker_id_map: { late: 7, early: 3 } });
    expect([0, 1].map((index) => speakerId(config, index))).toEqual([3, 7]);
  });
  it('is the first where the voice has none of that index', () => {
    expect(speakerId(parse(least), 4)).toBe(0);
    expect(speakerId(parse({ ...least, num_speakers: 3 }), 2)).toBe(2);
    expect(speakerId(parse({ ...least, num_speakers: 3 }), 9)).toBe(0);
  });
});
