import type { PackOf } from '../../schema.ts';
import type { EngineContext, EngineFactory, SpeechGate } from '../engines.ts';

type Task = PackOf<'vad'>;

/** The speech gates, by the `engine` of a pack. */
export const speechGateEngines: Record<Task['engine'], EngineFactory<SpeechGate, EngineContext<Task>>> = {
  silero: async () => (await import('./silero.ts')).createSilero,
};
