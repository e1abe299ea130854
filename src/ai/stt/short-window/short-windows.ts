import { isAbort } from '../../../errors.ts';
import { silentLogger } from '../../../log.ts';
import { type RecogniserContext, type Utterance, utteranceSampleRate, type WindowVerdict } from '../../engines.ts';
import { withoutInventions } from '../inventions.ts';
import { weightsPaths } from '../pack-files.ts';
import type { WhisperModel, WindowOptions, WindowTranscript } from '../whisper-model.ts';
import { chooseWindow, usualWindowSeconds } from './window-length.ts';

/** So many utterances in a row must be heard alike before a pack is trusted in short windows. */
const utterancesToCompare = 3;
/** A comparison waits until the answer is being spoken. */
const comparisonDelayMs = 3000;

/**
 * The model, made to hear each utterance in the shortest window that does, unless the caller names one. A pack that nobody
 * measured in short windows is compared first: its first utterances are heard in the full one, which gives the transcript, and
 * once more in a short one after that. What comes of it is remembered. A transcript that looks wrong is made again in full.
 */
export function withShortWindows(model: WhisperModel, context: RecogniserContext): WhisperModel {
  const { pack, log = silentLogger } = context;
  if (!model.takesShortWindows) return model;
  const verdicts = createVerdict(model, context);
  let stopComparing = (): void => undefined;

  const hearShortly = async (utterance: Utterance, windowSamples: number, options: WindowOptions) => {
    try {
      const transcript = await model.transcribeWindow(utterance, { ...options, windowSamples });
      // A pack that was measured means it when it hears nothing; another may have been lost without its silence.
      if (isSound(transcript) || (pack.windowSeconds && transcript.isComplete)) return transcript;
    } catch (cause) {
      if (isAbort(cause, options.signal)) throw cause;
      log.warn(`${pack.id} fails in a short window and keeps its full one for now`, cause);
      verdicts.distrust();
    }
    return model.transcribeWindow(utterance, options);
  };
  const compareLater = (utterance: Utterance, windowSamples: number, expected: string): void => {
    const controller = new AbortController();
    const compare = async (): Promise<void> => {
      try {
        const { text } = await model.transcribeWindow(utterance, { signal: controller.signal, windowSamples });
        await verdicts.count(sameWords(text, expected) ? 'same' : 'different');
      } catch (cause) {
        if (isAbort(cause, controller.signal)) return;
        log.warn(`${pack.id} could not be compared in a short window`, cause);
        verdicts.distrust();
      }
    };
    const timer = setTimeout(() => void compare(), comparisonDelayMs);
    stopComparing = () => {
      clearTimeout(timer);
      controller.abort();
    };
  };
  return {
    ...model,
    transcribeWindow: async (utterance, options) => {
      stopComparing();
      const windowSamples = chooseWindow(utterance.length, {
        seconds: pack.windowSeconds ?? usualWindowSeconds,
        fullSamples: model.windowSamples,
        sampleRate: utteranceSampleRate,
      });
      if (options.windowSamples !== undefined || windowSamples === model.windowSamples) {
        return model.transcribeWindow(utterance, options);
      }
      const verdict = await verdicts.current();
      if (verdict === 'same') return hearShortly(utterance, windowSamples, options);
      const transcript = await model.transcribeWindow(utterance, options);
      if (verdict === null && isSound(transcript)) compareLater(utterance, windowSamples, transcript.text);
      return transcript;
    },
    dispose: async () => {
      stopComparing();
      await model.dispose();
    },
  };
}

/** What is known of a model in short windows: null until enough utterances were compared. */
function createVerdict(model: WhisperModel, { pack, windowVerdicts, log = silentLogger }: RecogniserContext) {
  const { model: path } = weightsPaths(pack, 'encoder_model', model.backend);
  const digest = pack.files.find((file) => file.path === path)?.sha256 ?? pack.id;
  let alike = 0;
  let known: Promise<WindowVerdict | null> | null = null;
  const read = async (): Promise<WindowVerdict | null> => {
    if (pack.windowSeconds) return 'same';
    try {
      return (await windowVerdicts?.read(digest)) ?? null;
    } catch (cause) {
      log.warn(`what is known of ${pack.id} in short windows could not be read`, cause);
      return null;
    }
  };
  const decide = async (verdict: WindowVerdict): Promise<void> => {
    known = Promise.resolve(verdict);
    try {
      await windowVerdicts?.write(digest, verdict);
    } catch (cause) {
      log.warn(`what is known of ${pack.id} in short windows could not be kept`, cause);
    }
  };
  return {
    current: (): Promise<WindowVerdict | null> => {
      known ??= read();
      return known;
    },
    /** Takes the outcome of one comparison. */
    count: async (verdict: WindowVerdict): Promise<void> => {
      if (verdict === 'different') {
        log.warn(`${pack.id} hears something else in a short window and keeps its full one`);
        await decide('different');
      } else if (++alike >= utterancesToCompare) {
        log.info(`${pack.id} heard ${alike} utterances alike in a short window, which it uses from now on`);
        await decide('same');
      }
    },
    /** Leaves short windows alone until the model is loaded again. */
    distrust: (): void => {
      known = Promise.resolve('different');
    },
  };
}

/** Whether a transcript looks like speech that was heard to its end. */
function isSound({ text, isComplete }: WindowTranscript): boolean {
  return isComplete && withoutInventions(text) !== '';
}

/** Whether two transcripts say the same, apart from capitals and punctuation. */
function sameWords(a: string, b: string): boolean {
  const words = (text: string): string =>
    text
      .normalize('NFC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return words(a) === words(b);
}
