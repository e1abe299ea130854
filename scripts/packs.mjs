// Every model that the app knows, as data. `node scripts/manifest.mjs` adds each file's size and digest.

/** @typedef {'fp32' | 'fp16' | 'q8' | 'q4' | 'q4f16'} Dtype */
/**
 * A pack as `src/schema.ts` describes it, but for its files: here a file is its path below `root`, and `from` when
 * a package ships it (it is then copied at build time, never committed).
 * @typedef {object} PackDeclaration
 * @property {string} id
 * @property {'stt' | 'tts' | 'intent' | 'vad' | 'embed'} task
 * @property {'whisper' | 'piper' | 'ngram' | 'silero' | 'sentence'} engine
 * @property {string} name
 * @property {boolean} trial
 * @property {string} licence
 * @property {string} source
 * @property {string} root
 * @property {Record<'wasm' | 'webgpu', {encoder_model: Dtype, decoder_model_merged: Dtype}>} [dtypes]
 * @property {number} [minConfidence]
 * @property {string[]} [extraOutputs]
 * @property {number[]} [windowSeconds]
 * @property {{path: string, from?: string}[]} files
 */

const madeHere = 'LaGrace, dossier training/';

/** @type {PackDeclaration[]} The first of a task is its default. */
export const packs = [
  {
    id: 'whisper-lagrace-starter',
    task: 'stt',
    engine: 'whisper',
    name: 'Écoute d’essai',
    trial: true,
    licence: 'GPL-3.0-or-later',
    source: madeHere,
    root: 'starter/whisper-lagrace-starter',
    dtypes: {
      wasm: { encoder_model: 'q8', decoder_model_merged: 'q8' },
      webgpu: { encoder_model: 'fp32', decoder_model_merged: 'fp32' },
    },
    // It was trained on windows of any length; `src/ai/stt/short-window/starter.test.ts` holds it to this.
    windowSeconds: [3, 4, 5, 6, 7],
    files: [
      { path: 'config.json' },
      { path: 'generation_config.json' },
      { path: 'preprocessor_config.json' },
      { path: 'tokenizer.json' },
      { path: 'tokenizer_config.json' },
      { path: 'onnx/encoder_model.onnx' },
      { path: 'onnx/encoder_model_quantized.onnx' },
      { path: 'onnx/decoder_model_merged.onnx' },
      { path: 'onnx/decoder_model_merged_quantized.onnx' },
    ],
  },
  {
    id: 'fr_FR-lagrace-starter',
    task: 'tts',
    engine: 'piper',
    name: 'Voix d’essai',
    trial: true,
    licence: 'GPL-3.0-or-later',
    source: madeHere,
    root: 'starter',
    files: [{ path: 'fr_FR-lagrace-starter.onnx' }, { path: 'fr_FR-lagrace-starter.onnx.json' }],
  },
  {
    id: 'intent-lagrace-starter',
    task: 'intent',
    engine: 'ngram',
    name: 'Compréhension du comptoir',
    trial: false,
    licence: 'GPL-3.0-or-later',
    source: 'LaGrace, src/ai/nlu',
    root: 'starter/intent-lagrace-starter',
    files: [{ path: 'intent_model.onnx' }, { path: 'intent_model.json' }],
  },
  {
    id: 'silero-vad',
    task: 'vad',
    engine: 'silero',
    name: 'Détection de la parole',
    trial: false,
    licence: 'MIT',
    source: 'Silero VAD v5, par le paquet @ricky0123/vad-web',
    root: 'starter/silero-vad',
    files: [{ path: 'silero_vad_v5.onnx', from: 'node_modules/@ricky0123/vad-web/dist/silero_vad_v5.onnx' }],
  },
];

/**
 * The files of the packs that packages ship: `path` below `models/`, `from` below the project.
 * @returns {{path: string, from: string}[]}
 */
export function packagedFiles() {
  return packs.flatMap(({ root, files }) =>
    files.flatMap(({ path, from }) => (from === undefined ? [] : [{ path: `${root}/${path}`, from }])),
  );
}
