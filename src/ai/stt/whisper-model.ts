import * as v from 'valibot';
import { LaGraceError } from '../../errors.ts';
import type { Backend } from '../../schema.ts';
import type { EngineContext, LoadOptions, Utterance } from '../engines.ts';
import { ort } from '../runtime.ts';
import { createFeatures } from './features.ts';
import { isLoop } from './inventions.ts';
import { createPackReader, type PackReader, type SttPack, type WeightsName, weightsPaths } from './pack-files.ts';
import { recoverable, releaseAll } from './recoverable-session.ts';
import { watchTokens } from './token-watch.ts';
import {
  type GenerationConfig,
  LogitsProcessorList,
  PretrainedConfig,
  WhisperForConditionalGeneration,
  WhisperTokenizer,
} from './transformers.ts';

const tokenId = v.pipe(v.number(), v.integer(), v.minValue(0));
/** What of the pack's JSON files is used here; transformers.js reads the rest. */
const configSchema = v.looseObject({
  model_type: v.literal('whisper'),
  decoder_layers: tokenId,
  vocab_size: tokenId,
  max_target_positions: tokenId,
  decoder_start_token_id: tokenId,
  eos_token_id: tokenId,
});
const generationSchema = v.looseObject({
  is_multilingual: v.optional(v.boolean()),
  lang_to_id: v.optional(v.record(v.string(), tokenId)),
  task_to_id: v.optional(v.looseObject({ transcribe: v.optional(tokenId) })),
  no_timestamps_token_id: v.optional(tokenId),
});
const extractorSchema = v.looseObject({
  sampling_rate: v.literal(16_000),
  n_samples: v.pipe(v.number(), v.integer(), v.minValue(1)),
  n_fft: tokenId,
  hop_length: tokenId,
  feature_size: tokenId,
  nb_max_frames: v.optional(tokenId, 3000),
});
type ModelConfig = v.InferOutput<typeof configSchema>;
type Generation = v.InferOutput<typeof generationSchema>;

const jsonPaths = [
  'config.json',
  'generation_config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
];
const weightsNames: readonly WeightsName[] = ['encoder_model', 'decoder_model_merged'];
/** No one speaks faster than this: a decoder that writes more has lost its way. */
const tokensPerSecond = 15;
const tokensToSpare = 16;

export interface WindowTranscript {
  text: string;
  /** Sum over the tokens, the end token's included. */
  logProbability: number;
  tokens: number;
}
/** A Whisper pack in memory on one backend. */
export interface WhisperModel {
  backend: Backend;
  /** The longest utterance it hears at once. */
  windowSamples: number;
  /** The text of at most one window. Rejects with an AbortError; any other rejection is the runtime's. */
  transcribeWindow(
    utterance: Utterance,
    options: { signal: AbortSignal; onPartial?: ((text: string) => void) | undefined; minTokens?: number },
  ): Promise<WindowTranscript>;
  dispose(): Promise<void>;
}

/**
 * Loads a pack for one backend. The sessions are made here rather than by transformers.js's `from_pretrained`: every byte then
 * comes through the context's loader, and a session that fails does not spoil the library's queue (see `recoverable`).
 */
export async function loadWhisperModel(
  context: EngineContext<SttPack>,
  backend: Backend,
  options: LoadOptions,
): Promise<WhisperModel> {
  const { pack } = context;
  const weights = weightsNames.flatMap((name) => {
    const { model, data } = weightsPaths(pack, name, backend);
    return [model, ...data];
  });
  const reader = createPackReader(context, [...jsonPaths, ...weights], options);
  const [config, generation, extractor, tokenizerJson, tokenizerConfig] = await Promise.all(
    jsonPaths.map((path) => reader.json(path)),
  );
  const settings = {
    config: parseConfig(configSchema, config, pack, 'config.json'),
    generation: parseConfig(generationSchema, generation, pack, 'generation_config.json'),
    extractor: parseConfig(extractorSchema, extractor, pack, 'preprocessor_config.json'),
  };
  const tokenizer = new WhisperTokenizer(Object(tokenizerJson), Object(tokenizerConfig));
  const sessions = await createSessions(pack, backend, settings.config, reader);
  const model = new WhisperForConditionalGeneration(new PretrainedConfig(settings.config), sessions, {
    generation_config: settings.generation,
  });
  return createModel(model, tokenizer, settings, backend, () => releaseAll(Object.values(sessions)));
}

async function createSessions(pack: SttPack, backend: Backend, config: ModelConfig, reader: PackReader) {
  const create = async (name: WeightsName, gpuOutputs: string[]): Promise<ort.InferenceSession> => {
    const { model, data } = weightsPaths(pack, name, backend);
    const externalData = await Promise.all(
      data.map(async (path) => ({ path: path.slice(path.lastIndexOf('/') + 1), data: await reader.bytes(path) })),
    );
    const session = await ort.InferenceSession.create(await reader.bytes(model), {
      executionProviders: [backend],
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      ...(externalData.length > 0 && { externalData }),
      ...(backend === 'webgpu' &&
        gpuOutputs.length > 0 && {
          preferredOutputLocation: Object.fromEntries(gpuOutputs.map((output) => [output, 'gpu-buffer' as const])),
        }),
    });
    return recoverable(session);
  };
  // One after the other: the runtime cannot start two sessions at once on WebGPU.
  const encoder = await create('encoder_model', []);
  try {
    return { model: encoder, decoder_model_merged: await create('decoder_model_merged', cacheOutputs(config)) };
  } catch (cause) {
    await releaseAll([encoder]);
    throw cause;
  }
}

/** The decoder's outputs that only its next step reads: on WebGPU they stay there. */
function cacheOutputs({ decoder_layers }: ModelConfig): string[] {
  const parts = ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value'];
  return Array.from({ length: decoder_layers }, (_, layer) => parts.map((part) => `present.${layer}.${part}`)).flat();
}

interface Settings {
  config: ModelConfig;
  generation: Generation;
  extractor: v.InferOutput<typeof extractorSchema>;
}

function createModel(
  model: WhisperForConditionalGeneration,
  tokenizer: WhisperTokenizer,
  { config, generation, extractor }: Settings,
  backend: Backend,
  dispose: () => Promise<void>,
): WhisperModel {
  const features = createFeatures(extractor);
  const prompt = createPrompt(config, generation, tokenizer);
  const room = config.max_target_positions - prompt.length;
  const firstTimestamp = (generation.no_timestamps_token_id ?? config.vocab_size) + 1;
  const decode = (tokens: readonly number[]): string => {
    const words = tokens.filter((token) => token < firstTimestamp);
    return words.length === 0 ? '' : tokenizer.decode(words, { skip_special_tokens: true }).trim();
  };

  return {
    backend,
    windowSamples: extractor.n_samples,
    transcribeWindow: async (utterance, { signal, onPartial, minTokens = 0 }) => {
      const throwIfAborted = (): void => {
        if (signal.aborted) throw new DOMException('The transcription was cancelled.', 'AbortError');
      };
      throwIfAborted();
      const inputs = await features(utterance);
      throwIfAborted();
      const watch = watchTokens({
        signal,
        endTokenId: config.eos_token_id,
        onTokens: (tokens) => onPartial?.(decode(tokens)),
        isDegenerate: isLoop,
      });
      const processors = new LogitsProcessorList();
      processors.push(watch.processor);
      const seconds = utterance.length / extractor.sampling_rate;
      await model.generate({
        inputs,
        decoder_input_ids: prompt,
        logits_processor: processors,
        streamer: watch.streamer,
        max_new_tokens: Math.min(room, Math.ceil(seconds * tokensPerSecond) + tokensToSpare),
        min_new_tokens: minTokens,
        num_beams: 1,
        do_sample: false,
        return_timestamps: false,
      } as GenerationParameters);
      throwIfAborted();
      return { text: decode(watch.tokens), logProbability: watch.logProbability(), tokens: watch.scoredTokens() };
    },
    dispose,
  };
}

/** The library's type asks for every field of the configuration, of which it completes those left out. */
type GenerationParameters = Parameters<WhisperForConditionalGeneration['generate']>[0] & Partial<GenerationConfig>;

/** What the decoder is told before its first token: French, as text, without timestamps, as far as the pack knows these. */
function createPrompt(config: ModelConfig, generation: Generation, tokenizer: WhisperTokenizer): number[] {
  const vocabulary = (token: string): number | undefined => tokenizer.convert_tokens_to_ids(token) ?? undefined;
  const isMultilingual = generation.is_multilingual ?? generation.lang_to_id !== undefined;
  const prompt = [
    config.decoder_start_token_id,
    isMultilingual ? (generation.lang_to_id?.['<|fr|>'] ?? vocabulary('<|fr|>')) : undefined,
    isMultilingual ? (generation.task_to_id?.transcribe ?? vocabulary('<|transcribe|>')) : undefined,
    generation.no_timestamps_token_id ?? vocabulary('<|notimestamps|>'),
  ];
  return prompt.filter((token) => token !== undefined);
}

function parseConfig<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  pack: SttPack,
  path: string,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const where = v.getDotPath(issue) ?? 'the file';
  throw new LaGraceError(
    'model-corrupt',
    `${path} of the pack ${pack.id} is not Whisper's: ${where}: ${issue.message}`,
  );
}
