import type { PackOf } from '../../schema.ts';
import type { EngineFactory, RecogniserContext, SpeechToText } from '../engines.ts';

type Task = PackOf<'stt'>;

/** The recognisers, by the `engine` of a pack. */
export const speechToTextEngines: Record<Task['engine'], EngineFactory<SpeechToText, RecogniserContext>> = {
  whisper: async () => (await import('./whisper.ts')).createWhisper,
};
