import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PackOf } from '../../src/schema.ts';
import { writeRandomDecoder } from './random-decoder.ts';
import { writeRandomEncoder } from './random-encoder.ts';
import { type ShapeName, shapes, type WhisperShape, whisper } from './shapes.ts';

/**
 * Writes a Whisper pack of a real shape with random weights below `folder`, and gives it as the manifest would. Its files have the
 * names that transformers.js looks for.
 */
export async function writeRandomPack(name: ShapeName, folder: string): Promise<PackOf<'stt'>> {
  const id = `whisper-${name}-random`;
  const shape = shapes[name];
  const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  const writers: Record<string, () => Uint8Array> = {
    'config.json': () => json(configOf(shape)),
    'generation_config.json': () => json(generationConfig()),
    'preprocessor_config.json': () => json(preprocessorConfig),
    'tokenizer.json': () => json(tokenizer()),
    'tokenizer_config.json': () => json({ tokenizer_class: 'WhisperTokenizer', clean_up_tokenization_spaces: false }),
    'onnx/encoder_model_quantized.onnx': () => writeRandomEncoder(shape),
    'onnx/decoder_model_merged_quantized.onnx': () => writeRandomDecoder(shape),
  };
  const files: PackOf<'stt'>['files'] = [];
  for (const [path, write] of Object.entries(writers)) {
    const bytes = write();
    await mkdir(dirname(join(folder, id, path)), { recursive: true });
    await writeFile(join(folder, id, path), bytes);
    files.push({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  }
  const dtypes = { encoder_model: 'q8', decoder_model_merged: 'q8' } as const;
  return {
    id,
    task: 'stt',
    engine: 'whisper',
    name: 'Poids au hasard',
    trial: true,
    licence: 'GPL-3.0-or-later',
    source: 'LaGrace, bench/window',
    root: id,
    files,
    dtypes: { wasm: dtypes, webgpu: dtypes },
  };
}

function configOf({ channels, layers, heads, feedForward }: WhisperShape) {
  const { end, start } = whisper.tokens;
  return {
    architectures: ['WhisperForConditionalGeneration'],
    model_type: 'whisper',
    is_encoder_decoder: true,
    vocab_size: whisper.vocabulary,
    num_mel_bins: whisper.mels,
    d_model: channels,
    encoder_layers: layers,
    decoder_layers: layers,
    num_hidden_layers: layers,
    encoder_attention_heads: heads,
    decoder_attention_heads: heads,
    encoder_ffn_dim: feedForward,
    decoder_ffn_dim: feedForward,
    max_source_positions: whisper.positions,
    max_target_positions: whisper.targetPositions,
    bos_token_id: end,
    eos_token_id: end,
    pad_token_id: end,
    decoder_start_token_id: start,
    use_cache: true,
  };
}

function generationConfig() {
  const { end, start, french, transcribe, noTimestamps } = whisper.tokens;
  return {
    bos_token_id: end,
    eos_token_id: end,
    pad_token_id: end,
    decoder_start_token_id: start,
    is_multilingual: true,
    lang_to_id: { '<|fr|>': french },
    task_to_id: { transcribe },
    no_timestamps_token_id: noTimestamps,
    max_length: whisper.targetPositions,
    return_timestamps: false,
  };
}

const preprocessorConfig = {
  feature_extractor_type: 'WhisperFeatureExtractor',
  processor_class: 'WhisperProcessor',
  feature_size: whisper.mels,
  n_fft: 400,
  hop_length: 160,
  chunk_length: 30,
  n_samples: 480_000,
  nb_max_frames: whisper.frames,
  sampling_rate: 16_000,
  padding_side: 'right',
  padding_value: 0,
  return_attention_mask: false,
};

/** As many made-up words as Whisper has tokens of text, and the tokens that are none. */
function tokenizer() {
  const { end, start, french, transcribe, noTimestamps } = whisper.tokens;
  const special = (id: number, content: string) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [
      special(end, '<|endoftext|>'),
      special(start, '<|startoftranscript|>'),
      special(french, '<|fr|>'),
      special(transcribe, '<|transcribe|>'),
      special(noTimestamps, '<|notimestamps|>'),
    ],
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      byte_fallback: false,
      vocab: Object.fromEntries(Array.from({ length: end }, (_, id) => [`Ġmot${id}`, id])),
      merges: [],
    },
  };
}
