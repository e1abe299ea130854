import * as v from 'valibot';
import { sha256Schema } from './schema/tree.ts';

export const intentNames = [
  'greeting',
  'goodbye',
  'thanks',
  'help',
  'repeat',
  'cancel',
  'affirm',
  'deny',
  'time',
  'invoice',
  'print',
  'price',
  'stock',
  'sales_total',
  'question',
  'unknown',
] as const;
export const currencies = ['CDF', 'USD', 'EUR', 'XOF', 'XAF', 'CHF'] as const;
export const printTemplates = ['invoice', 'receipt', 'quote', 'label', 'delivery_note'] as const;
export const periods = ['today', 'yesterday', 'week', 'month'] as const;
export const backends = ['webgpu', 'wasm'] as const;
export const outcomes = ['answered', 'not-understood', 'nothing-heard', 'cancelled', 'failed'] as const;

export type IntentName = (typeof intentNames)[number];
export type Currency = (typeof currencies)[number];
export type PrintTemplate = (typeof printTemplates)[number];
export type Period = (typeof periods)[number];
export type Backend = (typeof backends)[number];
export type Outcome = (typeof outcomes)[number];

export const slotsSchema = v.strictObject({
  amount: v.optional(v.pipe(v.number(), v.finite())),
  currency: v.optional(v.picklist(currencies)),
  client: v.optional(v.string()),
  template: v.optional(v.picklist(printTemplates)),
  copies: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  which: v.optional(v.union([v.literal('last'), v.pipe(v.number(), v.integer())])),
  product: v.optional(v.string()),
  period: v.optional(v.picklist(periods)),
});
export type Slots = v.InferOutput<typeof slotsSchema>;

/** What was meant: `by` says what decided; confidence is 0 to 1. */
export const understandingSchema = v.strictObject({
  intent: v.picklist(intentNames),
  confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  by: v.picklist(['template', 'model', 'none']),
  slots: slotsSchema,
});
export type Understanding = v.InferOutput<typeof understandingSchema>;

/** A path below a pack's root: forward slashes, no step upwards. */
const packPathSchema = v.pipe(v.string(), v.regex(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[\w.\-/]+$/));

export const modelFileSchema = v.strictObject({
  path: packPathSchema,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sha256: sha256Schema,
});
export type ModelFile = v.InferOutput<typeof modelFileSchema>;

export const tasks = ['stt', 'tts', 'intent', 'vad', 'embed'] as const;
export type Task = (typeof tasks)[number];

const packFields = {
  id: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
  /** Shown to people, in French. */
  name: v.string(),
  /** True for a model that only shows the way: people at a counter need a real pack. */
  trial: v.boolean(),
  licence: v.string(),
  source: v.string(),
  /** Where the files lie below `models/`. */
  root: packPathSchema,
  files: v.pipe(v.array(modelFileSchema), v.minLength(1)),
};
const dtypeSchema = v.picklist(['fp32', 'fp16', 'q8', 'q4', 'q4f16']);
const dtypesSchema = v.strictObject({ encoder_model: dtypeSchema, decoder_model_merged: dtypeSchema });

export const packSchema = v.variant('task', [
  v.strictObject({
    ...packFields,
    task: v.literal('stt'),
    engine: v.literal('whisper'),
    dtypes: v.strictObject({ wasm: dtypesSchema, webgpu: dtypesSchema }),
    /** Mean log-probability of the tokens under which a transcript is not trusted. */
    minConfidence: v.optional(v.number()),
    /** Outputs of the encoder beyond Whisper's own, which an engine may use when it knows them. */
    extraOutputs: v.optional(v.array(v.string())),
    /** Windows shorter than its own, ascending, in which it was measured to hear as well: used without comparing first. */
    windowSeconds: v.optional(v.array(v.pipe(v.number(), v.minValue(1)))),
  }),
  v.strictObject({ ...packFields, task: v.literal('tts'), engine: v.literal('piper') }),
  v.strictObject({ ...packFields, task: v.literal('intent'), engine: v.literal('ngram') }),
  v.strictObject({ ...packFields, task: v.literal('vad'), engine: v.literal('silero') }),
  v.strictObject({ ...packFields, task: v.literal('embed'), engine: v.literal('sentence') }),
]);
export type Pack = v.InferOutput<typeof packSchema>;
export type PackOf<T extends Task> = Extract<Pack, { task: T }>;

/** `public/models/manifest.json`: every pack and starter; the first of a task is its default. */
export const manifestSchema = v.strictObject({ version: v.literal(1), packs: v.array(packSchema) });
export type Manifest = v.InferOutput<typeof manifestSchema>;

/** Milliseconds spent in each stage; `firstAudio` and `total` count from the end of the speech. Null: not reached. */
export const timingsSchema = v.strictObject({
  decode: v.nullable(v.number()),
  vad: v.nullable(v.number()),
  stt: v.nullable(v.number()),
  nlu: v.nullable(v.number()),
  tts: v.nullable(v.number()),
  firstAudio: v.nullable(v.number()),
  total: v.number(),
});
export type Timings = v.InferOutput<typeof timingsSchema>;

export const failureSchema = v.strictObject({ code: v.string(), message: v.string() });

/** One turn as it ended. */
export const turnSchema = v.strictObject({
  id: v.string(),
  outcome: v.picklist(outcomes),
  transcript: v.nullable(v.string()),
  /** Mean log-probability of the transcript's tokens; null for typed text. */
  transcriptConfidence: v.nullable(v.number()),
  understanding: v.nullable(understandingSchema),
  answer: v.nullable(v.string()),
  timings: timingsSchema,
  /** Where Whisper ran; null for typed text. */
  backend: v.nullable(v.picklist(backends)),
  models: v.record(v.string(), v.string()),
  error: v.nullable(failureSchema),
});
export type Turn = v.InferOutput<typeof turnSchema>;

/** What the owner chose and the browser keeps; whatever is absent follows `config.ts`. */
export const settingsSchema = v.object({
  backend: v.optional(v.picklist(['auto', ...backends])),
  threads: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16))),
  sttModel: v.optional(v.string()),
  shortWindow: v.optional(v.boolean()),
  voice: v.optional(v.string()),
  speaker: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  franc: v.optional(v.picklist(['CDF', 'XOF', 'XAF', 'CHF'])),
  cfa: v.optional(v.picklist(['XOF', 'XAF'])),
  region: v.optional(v.picklist(['FR', 'BE', 'CD', 'CH'])),
  earcons: v.optional(v.boolean()),
  keepTranscripts: v.optional(v.boolean()),
  dialogueMinutes: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(60))),
});
export type Settings = v.InferOutput<typeof settingsSchema>;
