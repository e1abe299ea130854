import { LaGraceError, toLaGraceError } from '../../errors.ts';
import { silentLogger } from '../../log.ts';
import type { Loaded, LoadOptions, TextToSpeech, VoiceContext } from '../engines.ts';
import { speakable } from '../french/speakable.ts';
import { createFileReader } from '../pack-files.ts';
import { createSession, ort } from '../runtime.ts';
import type { Phonemizer } from './espeak.ts';
import { piperSentences, toPhonemeIds } from './phonemes.ts';
import { joinSentences, levellingGain, peakOf } from './sound.ts';
import { parseVoiceConfig, speakerId, type VoiceConfig } from './voice.ts';

/** Any voice with Piper's contract: `input`, `input_lengths`, `scales`, `sid` where it has speakers; the rest is read from its `.onnx.json`. */
export function createPiper(context: VoiceContext): TextToSpeech {
  const { pack, threads } = context;
  let loading: Promise<Voice> | null = null;
  return {
    async load(options): Promise<Loaded> {
      loading ??= loadVoice(context, options).catch((cause: unknown) => {
        loading = null;
        throw cause;
      });
      await loading;
      return { packId: pack.id, backend: 'wasm', threads };
    },
    async speak(text, { signal, speaker = 0 }) {
      signal.throwIfAborted();
      if (!loading)
        throw new LaGraceError('model-failed', `the voice ${pack.id} was asked to speak before it was loaded`);
      const voice = await loading;
      const sentences: Float32Array[] = [];
      for (const symbols of piperSentences(voice.readable(text), voice.phonemizer.clauseIpa)) {
        if (sentences.length > 0) await messagesRead();
        signal.throwIfAborted();
        sentences.push(await voice.say(symbols, speaker));
      }
      signal.throwIfAborted();
      return joinSentences(sentences, voice.config.audio.sample_rate, voice.gain);
    },
  };
}

interface Voice {
  config: VoiceConfig;
  /** Text as this voice can read it. */
  readable(text: string): string;
  phonemizer: Phonemizer;
  /** What its samples are multiplied by: quiet voices are raised. */
  gain: number;
  /** One sentence's symbols as samples. */
  say(symbols: readonly string[], speaker: number): Promise<Float32Array>;
}

async function loadVoice(context: VoiceContext, options: LoadOptions): Promise<Voice> {
  const { pack, region, threads } = context;
  const read = createFileReader(context, options);
  const config = parseVoiceConfig(await (await read('.onnx.json')).text(), pack.id);
  const [phonemizer, model] = await Promise.all([
    config.phoneme_type === 'text' ? spelling : context.phonemizer(config.espeak.voice),
    read('.onnx').then((file) => file.arrayBuffer()),
  ]);
  options.signal.throwIfAborted();
  try {
    const session = await createSession(new Uint8Array(model), threads);
    const voice = { config, phonemizer, say: createSay(session, config, context) };
    const speaksFrench = config.espeak.voice.startsWith('fr');
    return {
      ...voice,
      readable: (text) => endWithMark(speaksFrench ? speakable(text, region) : text),
      gain: await warmUp(voice),
    };
  } catch (thrown) {
    throw toLaGraceError(thrown, 'model-corrupt');
  }
}

/** The first run of a session is slow: nobody should wait for it. Its sound tells how loud the voice is. */
async function warmUp({ config, phonemizer, say }: Pick<Voice, 'config' | 'phonemizer' | 'say'>): Promise<number> {
  const [symbols] = piperSentences('Un, deux, trois.', phonemizer.clauseIpa);
  if (!symbols) return 1;
  return levellingGain({ samples: await say(symbols, 0), sampleRate: config.audio.sample_rate });
}

function createSay(session: ort.InferenceSession, config: VoiceConfig, context: VoiceContext): Voice['say'] {
  const { pack, log = silentLogger } = context;
  const { noise_scale, length_scale, noise_w } = config.inference;
  const scales = new ort.Tensor('float32', Float32Array.of(noise_scale, length_scale, noise_w), [3]);
  const unknown = new Set<string>();
  const skip = (symbol: string): void => {
    if (unknown.has(symbol)) return;
    unknown.add(symbol);
    log.warn(`the voice ${pack.id} has no sound for "${symbol}": it is skipped`);
  };
  return async (symbols, speaker) => {
    const mapped = symbols.flatMap((symbol) => config.phoneme_map?.[symbol] ?? [symbol]);
    const ids = BigInt64Array.from(toPhonemeIds(mapped, config.phoneme_id_map, skip), BigInt);
    const feeds = {
      input: new ort.Tensor('int64', ids, [1, ids.length]),
      input_lengths: scalar(ids.length),
      scales,
      ...(session.inputNames.includes('sid') && { sid: scalar(speakerId(config, speaker)) }),
    };
    return samplesOf(await runSession(session, feeds, pack.id), pack.id);
  };
}

function scalar(value: number): ort.Tensor {
  return new ort.Tensor('int64', BigInt64Array.of(BigInt(value)), [1]);
}

async function runSession(
  session: ort.InferenceSession,
  feeds: { input: ort.Tensor } & Record<string, ort.Tensor>,
  packId: string,
): Promise<ort.Tensor | undefined> {
  try {
    const outputs = await session.run(feeds);
    return outputs[session.outputNames[0] ?? ''];
  } catch (cause) {
    throw new LaGraceError('model-failed', `the voice ${packId} failed on ${feeds.input.size} phoneme ids`, { cause });
  }
}

/** The samples of an output of shape [1, T] or [1, 1, 1, T]. */
function samplesOf(output: ort.Tensor | undefined, packId: string): Float32Array {
  const samples = output?.data;
  if (!(samples instanceof Float32Array)) {
    throw new LaGraceError(
      'model-failed',
      `the voice ${packId} gives ${output?.type ?? 'nothing'}, not float32 samples`,
    );
  }
  if (peakOf(samples) === null) {
    throw new LaGraceError('model-failed', `the voice ${packId} gives samples that are not numbers`);
  }
  return samples;
}

/** For voices that were taught letters rather than sounds. */
const spelling: Phonemizer = {
  clauseIpa: (clause) => clause.toLowerCase().replace(/[\s.?!,;:…–—]+$/u, ''),
};

const emoji = /(?![©®™])\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3/gu;

/** Text closed by a mark, for a voice cuts the end of what has none, and without emoji, which espeak-ng reads out by name; '' for no word. */
function endWithMark(text: string): string {
  const spoken = text.replaceAll(emoji, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(spoken)) return '';
  return /[.?!]["'»”’)\]\s]*$/u.test(spoken) ? spoken : `${spoken.replace(/[,;:…–—\s-]+$/u, '')}.`;
}

/** Lets the thread read its messages, a cancellation among them. */
function messagesRead(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
