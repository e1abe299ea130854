/** What of a pack's `config.json` and `generation_config.json` decides how decoding begins. */
export interface PromptConfig {
  decoder_start_token_id: number;
  is_multilingual?: boolean | undefined;
  lang_to_id?: Record<string, number> | undefined;
  task_to_id?: { transcribe?: number | undefined } | undefined;
  no_timestamps_token_id?: number | undefined;
}

/**
 * The tokens before the first one that is decoded: French, as text, without timestamps, as far as the pack knows these.
 * `vocabulary` gives a token's id for packs whose configuration is silent on it.
 */
export function createPrompt(config: PromptConfig, vocabulary: (token: string) => number | undefined): number[] {
  const isMultilingual = config.is_multilingual ?? config.lang_to_id !== undefined;
  const language = config.lang_to_id?.['<|fr|>'] ?? vocabulary('<|fr|>');
  const task = config.task_to_id?.transcribe ?? vocabulary('<|transcribe|>');
  const prompt = [
    config.decoder_start_token_id,
    ...(isMultilingual ? [language, task] : []),
    config.no_timestamps_token_id ?? vocabulary('<|notimestamps|>'),
  ];
  return prompt.filter((token) => token !== undefined);
}
