import type { PackOf } from '../../schema.ts';
import type { EngineFactory, IntentContext, IntentModel } from '../engines.ts';

/** The intent models, by the `engine` of a pack. */
export const intentEngines: Record<PackOf<'intent'>['engine'], EngineFactory<IntentModel, IntentContext>> = {
  ngram: async () => (await import('./ngram.ts')).createNgramIntentModel,
};
