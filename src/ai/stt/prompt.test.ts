import { expect, it } from 'vitest';
import { createPrompt } from './prompt.ts';

const unknown = (): undefined => undefined;

it('asks a multilingual pack for French text without timestamps', () => {
  const config = {
    decoder_start_token_id: 50_258,
    is_multilingual: true,
    lang_to_id: { '<|en|>': 50_259, '<|fr|>': 50_265 },
    task_to_id: { transcribe: 50_359, translate: 50_358 },
    no_timestamps_token_id: 50_363,
  };
  expect(createPrompt(config, unknown)).toEqual([50_258, 50_265, 50_359, 50_363]);
});

it('names no language to a pack that knows one only', () => {
  const config = { decoder_start_token_id: 50_257, is_multilingual: false, no_timestamps_token_id: 50_362 };
  expect(createPrompt(config, () => 1)).toEqual([50_257, 50_362]);
});

it('takes from the vocabulary what an older pack’s configuration does not say', () => {
  const ids: Record<string, number> = { '<|fr|>': 7, '<|transcribe|>': 8, '<|notimestamps|>': 9 };
  const config = { decoder_start_token_id: 1, is_multilingual: true };
  expect(createPrompt(config, (token) => ids[token])).toEqual([1, 7, 8, 9]);
});

it('begins bare for a pack without any of these tokens', () => {
  expect(createPrompt({ decoder_start_token_id: 1 }, unknown)).toEqual([1]);
});
