import * as v from 'valibot';
import { LaGraceError } from '../../errors.ts';
import { silentLogger } from '../../log.ts';
import type { Backend } from '../../schema.ts';
import type { LoadOptions, RecogniserContext, Utterance } from '../engines.ts';
import { type ort, startSession } from '../runtime.ts';
import { createFeatures } from './features.ts';
import { isLoop } from './inventions.ts';
import { createPackReader, type PackReader, type SttPack, type WeightsName, weightsPaths } from './pack-files.ts';
import { createPrompt } from './prompt.ts';
import { recoverable, releaseAll } from './recoverable-session.ts';
import { freeEncoderWindow } from './short-window/edit-encoder.ts';
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
  max_source_positions: v.optional(tokenId, 1500),
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
  /** True when the decoder ended by itself, not because it was cut. */
  isComplete: boolean;
}
export interface WindowOptions {
  signal: AbortSignal;
  onPartial?: ((text: string) => void) | undefined;
  minTokens?: number;
  /** How much of the window is computed, silence after the utterance included. */
  windowSamples?: number;
}
/** A Whisper pack in memory on one backend. */
export interface WhisperModel {
  backend: Backend;
  /** The longest utterance it hears at once. */
  windowSamples: number;
  /** Whether it computes less when less is asked for; if not, every window is the full one. */
  takesShortWindows: boolean;
  /** The text of at most one window. Rejects with an AbortError; any other rejection is the runtime's. */
  transcribeWindow(utterance: Utterance, options: WindowOptions): Promise<WindowTranscript>;
  dispose(): Promise<void>;
}

/**
 * Loads a pack for one backend. The sessions are made here rather than by transformers.js's `from_pretrained`: every byte then
 * comes through the context's loader, and a session that fails does not spoil the library's queue (see `recoverable`).
 */
export async function loadWhisperModel(
  context: RecogniserContext,
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
  const { takesShortWindows, ...sessions } = await createSessions(context, backend, settings.config, reader);
  const model = new WhisperForConditionalGeneration(new PretrainedConfig(settings.config), sessions, {
    generation_config: settings.generation,
  });
  const dispose = (): Promise<void> => releaseAll(Object.values(sessions));
  return { ...createModel(model, tokenizer, settings, takesShortWindows), backend, takesShortWindows, dispose };
}

async function createSessions(context: RecogniserContext, backend: Backend, config: ModelConfig, reader: PackReader) {
  const { pack } = context;
  const create = async (name: WeightsName, file: Blob, gpuOutputs: string[] = []): Promise<ort.InferenceSession> => {
    const { data } = weightsPaths(pack, name, backend);
    const externalData = await Promise.all(
      data.map(async (path) => ({ path: path.slice(path.lastIndexOf('/') + 1), data: await reader.bytes(path) })),
    );
    const session = await startSession(new Uint8Array(await file.arrayBuffer()), {
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
  const read = (name: WeightsName): Promise<Blob> => reader.blob(weightsPaths(pack, name, backend).model);
  // The decoder's file comes while the encoder starts; what goes wrong with it is told when it is wanted.
  const decoderFile = read('decoder_model_merged');
  decoderFile.catch(() => undefined);
  // One after the other: the runtime cannot start two sessions at once on WebGPU.
  const encoder = await createEncoder(await read('encoder_model'), context, config, (file) =>
    create('encoder_model', file),
  );
  try {
    const decoder = await create('decoder_model_merged', await decoderFile, cacheOutputs(config));
    return { model: encoder.session, decoder_model_merged: decoder, takesShortWindows: encoder.takesShortWindows };
  } catch (cause) {
    await releaseAll([encoder.session]);
    throw cause;
  }
}

/** The encoder edited to take short windows; as its file has it when that is turned off or does not work. */
async function createEncoder(
  file: Blob,
  { pack, shortWindow = true, log = silentLogger }: RecogniserContext,
  { max_source_positions }: ModelConfig,
  create: (file: Blob) => Promise<ort.InferenceSession>,
): Promise<{ session: ort.InferenceSession; takesShortWindows: boolean }> {
  if (shortWindow) {
    try {
      const edited = await freeEncoderWindow(file, max_source_positions);
      return { session: await create(edited), takesShortWindows: true };
    } catch (cause) {
      log.warn(`the encoder of ${pack.id} keeps its full window`, cause);
    }
  }
  return { session: await create(file), takesShortWindows: false };
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
  takesShortWindows: boolean,
): Pick<WhisperModel, 'windowSamples' | 'transcribeWindow'> {
  const { n_samples } = extractor;
  const features = createFeatures(extractor);
  const prompt = createPrompt(
    { ...generation, decoder_start_token_id: config.decoder_start_token_id },
    (token) => tokenizer.convert_tokens_to_ids(token) ?? undefined,
  );
  const room = config.max_target_positions - prompt.length;
  const firstTimestamp = (generation.no_timestamps_token_id ?? config.vocab_size) + 1;
  const decode = (tokens: readonly number[]): string => {
    const words = tokens.filter((token) => token < firstTimestamp);
    return words.length === 0 ? '' : tokenizer.decode(words, { skip_special_tokens: true }).trim();
  };

  return {
    windowSamples: n_samples,
    transcribeWindow: async (utterance, { signal, onPartial, minTokens = 0, windowSamples = n_samples }) => {
      const throwIfAborted = (): void => {
        if (signal.aborted) throw new DOMException('The transcription was cancelled.', 'AbortError');
      };
      throwIfAborted();
      const inputs = features(utterance, takesShortWindows ? Math.min(n_samples, windowSamples) : n_samples);
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
      return {
        text: decode(watch.tokens),
        logProbability: watch.logProbability(),
        tokens: watch.scoredTokens(),
        isComplete: watch.isComplete(),
      };
    },
  };
}

/** The library's type asks for every field of the configuration, of which it completes those left out. */
type GenerationParameters = Parameters<WhisperForConditionalGeneration['generate']>[0] & Partial<GenerationConfig>;

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
