import { LaGraceError, toLaGraceError } from '../../errors.ts';
import type { IntentContext, IntentModel, Loaded, LoadOptions } from '../engines.ts';
import { createFileReader } from '../pack-files.ts';
import { createSession, ort } from '../runtime.ts';
import { featureScheme, featuresOf } from './features.ts';
import { type IntentModelInfo, parseIntentModelInfo } from './model-info.ts';
import { type Classify, type Explanation, recognise } from './recogniser.ts';

/** An intent model that also tells why it understood what it did. */
export interface ExplainingIntentModel extends IntentModel {
  explain(text: string, options: { signal: AbortSignal }): Promise<Explanation>;
}

interface LoadedModel {
  info: IntentModelInfo;
  classify: Classify;
}

/** Understanding by templates, then by a linear model over hashed n-grams, on WASM; slots by rules. */
export function createNgramIntentModel(context: IntentContext): ExplainingIntentModel {
  const { pack, money } = context;
  let loading: Promise<LoadedModel> | null = null;

  async function explain(text: string, { signal }: { signal: AbortSignal }): Promise<Explanation> {
    signal.throwIfAborted();
    if (!loading) throw new LaGraceError('model-failed', `${pack.id} was asked to understand before it was loaded`);
    const { info, classify } = await loading;
    const explanation = await recognise(text, classify, { threshold: info.threshold, ...(money && { money }) });
    signal.throwIfAborted();
    return explanation;
  }
  return {
    async load(options): Promise<Loaded> {
      loading ??= loadModel(context, options).catch((cause: unknown) => {
        loading = null;
        throw cause;
      });
      await loading;
      return { packId: pack.id, backend: 'wasm', threads: 1 };
    },
    explain,
    async understand(text, options) {
      return (await explain(text, options)).understanding;
    },
  };
}

async function loadModel(context: IntentContext, options: LoadOptions): Promise<LoadedModel> {
  const read = createFileReader(context, options);
  const info = parseIntentModelInfo(await (await read('.json')).text(), context.pack.id);
  if (info.features.scheme !== featureScheme) {
    throw new LaGraceError(
      'model-corrupt',
      `${context.pack.id} was made for "${info.features.scheme}", this program for "${featureScheme}": train it again`,
    );
  }
  const bytes = await (await read('.onnx')).arrayBuffer();
  options.signal.throwIfAborted();
  try {
    const session = await createSession(new Uint8Array(bytes));
    const classify = createClassify(session, info);
    await warmUp(classify, context);
    return { info, classify };
  } catch (thrown) {
    throw toLaGraceError(thrown, 'model-corrupt');
  }
}

/** The first phrase compiles the templates and starts the session: nobody should wait for that. */
async function warmUp(classify: Classify, { money }: IntentContext): Promise<void> {
  for (const phrase of ['une facture de cent dollars', 'je ne sais pas encore combien']) {
    await recognise(phrase, classify, { threshold: 0, ...(money && { money }) });
  }
}

function createClassify(
  session: ort.InferenceSession,
  { labels, features: { rows }, vocabulary }: IntentModelInfo,
): Classify {
  const known = new Set(vocabulary);
  return async (utterance) => {
    const { indices, weights } = featuresOf(utterance, rows, known);
    const outputs = await session.run({
      indices: new ort.Tensor('int32', indices, [indices.length]),
      weights: new ort.Tensor('float32', weights, [1, weights.length]),
    });
    const data = outputs['probabilities']?.data;
    if (!(data instanceof Float32Array) || data.length !== labels.length) {
      throw new LaGraceError(
        'model-corrupt',
        'the intent model gave no probability for each label; reinstall the pack',
      );
    }
    return labels
      .map((intent, index) => ({ intent, confidence: Math.min(1, data[index] ?? 0) }))
      .sort((a, b) => b.confidence - a.confidence);
  };
}
