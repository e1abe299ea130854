import './share-runtime.ts';
import { env, LogLevel } from '@huggingface/transformers';
import { forgetCdn } from './share-runtime.ts';

forgetCdn();

// What fails in the library is thrown; it would also write it to the console, with the inputs.
env.logLevel = LogLevel.NONE;

/** What is used of transformers.js. It is imported through here only, so that it finds the runtime that it must share. */
export {
  BaseStreamer,
  type GenerationConfig,
  LogitsProcessor,
  LogitsProcessorList,
  PretrainedConfig,
  Tensor,
  WhisperFeatureExtractor,
  WhisperForConditionalGeneration,
  WhisperTokenizer,
} from '@huggingface/transformers';
