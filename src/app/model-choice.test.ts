import { describe, expect, it } from 'vitest';
import manifest from '../../public/models/manifest.json' with { type: 'json' };
import { chooseModels, fetchManifest, modelsInUse } from './model-choice.ts';

const modelsUrl = 'http://localhost:3030/models/';
const shipped = () => fetchManifest(modelsUrl, async () => Response.json(manifest));

describe('the choice of models', () => {
  it('takes the shipped manifest’s first pack of each task', async () => {
    const choice = chooseModels(await shipped(), { sttModel: null, voice: null });
    expect(modelsInUse(choice).map(({ task }) => task)).toEqual(['stt', 'vad', 'intent', 'tts']);
    expect(choice.stt.trial).toBe(true);
  });

  it('says so when the chosen pack is not there', async () => {
    const packs = await shipped();
    expect(() => chooseModels(packs, { sttModel: 'whisper-huge', voice: null })).toThrow(
      expect.objectContaining({ code: 'model-unknown' }),
    );
  });

  it.each<[string, () => Promise<Response>, string]>([
    ['no network', () => Promise.reject(new TypeError('Failed to fetch')), 'network-failed'],
    ['no manifest', async () => new Response('', { status: 404 }), 'model-missing'],
    ['a page in its place', async () => new Response('<!doctype html>'), 'model-corrupt'],
    ['another shape', async () => Response.json({ version: 1, packs: [{ id: 'x' }] }), 'model-corrupt'],
    [
      'a path out of the models',
      async () => Response.json({ version: 1, packs: [{ ...manifest.packs[0], root: '../../secrets' }] }),
      'model-corrupt',
    ],
  ])('refuses %s', async (_, answer, code) => {
    await expect(fetchManifest(modelsUrl, answer)).rejects.toMatchObject({ code });
  });
});
