import * as v from 'valibot';
import { LaGraceError } from '../../errors.ts';
import { intentNames } from '../../schema.ts';

const intentSchema = v.picklist(intentNames);
const shareSchema = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** `intent_model.json`: how the ONNX file beside it was made and how it is to be used. */
export const intentModelInfoSchema = v.strictObject({
  version: v.literal(1),
  features: v.strictObject({ scheme: v.string(), rows: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  /** In the order of the model's output. */
  labels: v.pipe(v.array(intentSchema), v.minLength(2)),
  /** Folded words that commands are known to use. */
  vocabulary: v.array(v.string()),
  /** Under this confidence nothing is understood. */
  threshold: shareSchema,
  temperature: v.pipe(v.number(), v.minValue(0.01)),
  seed: v.pipe(v.number(), v.integer()),
  /** Shares of phrases that the model alone understands. */
  scores: v.record(v.string(), shareSchema),
  /** The examples it learned from; sentences of the templates and distortions come from the seed. */
  training: v.array(v.strictObject({ intent: intentSchema, phrases: v.array(v.string()) })),
  taught: v.array(v.strictObject({ text: v.string(), intent: intentSchema })),
});
export type IntentModelInfo = v.InferOutput<typeof intentModelInfoSchema>;

/** The door for `intent_model.json`; `LaGraceError` model-corrupt when it is not what it should be. */
export function parseIntentModelInfo(json: string, packId: string): IntentModelInfo {
  try {
    return v.parse(intentModelInfoSchema, JSON.parse(json));
  } catch (cause) {
    throw new LaGraceError('model-corrupt', `intent_model.json of ${packId} is not valid; reinstall the pack`, {
      cause,
    });
  }
}
