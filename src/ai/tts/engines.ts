import type { PackOf } from '../../schema.ts';
import type { EngineFactory, TextToSpeech, VoiceContext } from '../engines.ts';

/** The voices' engines, by the `engine` of a pack. */
export const textToSpeechEngines: Record<PackOf<'tts'>['engine'], EngineFactory<TextToSpeech, VoiceContext>> = {
  piper: async () => (await import('./piper.ts')).createPiper,
};
