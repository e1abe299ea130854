import * as v from 'valibot';
import { LaGraceError } from '../../errors.ts';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const atLeastZero = v.pipe(v.number(), v.finite(), v.minValue(0));
const id = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What is used of a Piper voice's `.onnx.json`; other keys are let through. Defaults are Piper's own. */
const voiceConfigSchema = v.object({
  audio: v.object({ sample_rate: v.pipe(v.number(), v.integer(), v.minValue(4000), v.maxValue(96_000)) }),
  /** `espeak`: IPA; `text`: the letters themselves. */
  phoneme_type: v.optional(v.picklist(['espeak', 'text']), 'espeak'),
  espeak: v.optional(v.object({ voice: v.optional(v.string(), 'fr') }), {}),
  inference: v.optional(
    v.object({
      noise_scale: v.optional(atLeastZero, 0.667),
      length_scale: v.optional(positive, 1),
      noise_w: v.optional(atLeastZero, 0.8),
    }),
    {},
  ),
  phoneme_id_map: v.record(v.string(), v.array(id)),
  /** Symbols to replace before they are looked up. */
  phoneme_map: v.optional(v.nullable(v.record(v.string(), v.array(v.string()))), {}),
  num_speakers: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
  speaker_id_map: v.optional(v.nullable(v.record(v.string(), id)), {}),
});
export type VoiceConfig = v.InferOutput<typeof voiceConfigSchema>;

/** A voice's `.onnx.json`, checked; `LaGraceError` model-corrupt says which key of which pack is wrong. */
export function parseVoiceConfig(json: string, packId: string): VoiceConfig {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), voiceConfigSchema), json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const key = v.getDotPath(issue) ?? 'the file';
  throw new LaGraceError(
    'model-corrupt',
    `the settings of the voice ${packId} cannot be read: ${key}: ${issue.message}`,
  );
}

/** The voice's number for its speaker at `index`; its first where there is no such speaker. */
export function speakerId(config: VoiceConfig, index: number): number {
  const named = Object.values(config.speaker_id_map ?? {}).sort((one, other) => one - other);
  const ids = named.length > 0 ? named : Array.from({ length: config.num_speakers }, (_, speaker) => speaker);
  return ids[index] ?? ids[0] ?? 0;
}
