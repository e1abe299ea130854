import { type IntentName, intentNames } from '../../schema.ts';
import { intents } from '../intents/index.ts';
import { exampleText } from '../intents/intent.ts';
import { commandWords, type TrainingPhrase, trainingPhrases } from './dataset.ts';
import { featureScheme, featuresOf } from './features.ts';
import type { IntentModelInfo } from './model-info.ts';
import { writeLinearModel } from './onnx.ts';
import type { LabelledPhrase } from './phrases/labelled.ts';
import { tuningPhrases } from './phrases/tuning.ts';
import { fitTemperature, type LinearModel, logitsOf, type Sample, softmax, trainLinearModel } from './trainer.ts';
import { foldUtterance } from './utterance.ts';

export interface TrainedIntentModel {
  /** The bytes of `intent_model.onnx`. */
  onnx: Uint8Array;
  /** What stands beside it in `intent_model.json`. */
  info: IntentModelInfo;
}

export interface IntentTraining {
  seed: number;
  /** Phrases that the shop taught. */
  taught?: readonly { text: string; intent: IntentName }[];
  signal?: AbortSignal;
}

/** Rows that n-grams are hashed into; 16 labels of 4 bytes each make one megabyte. */
const rows = 16_384;
const labels: readonly IntentName[] = intentNames;
/** Under this confidence nothing is understood. Set on the tuning phrases. */
const threshold = 0.6;

type ToSample = (text: string, intent: IntentName, weight?: number) => Sample;

function samplesWith(vocabulary: readonly string[]): ToSample {
  const known = new Set(vocabulary);
  return (text, intent, weight = 1) => ({
    features: featuresOf(foldUtterance(text), rows, known),
    label: labels.indexOf(intent),
    weight,
  });
}

/** Each intent counts the same, however many phrases it has. */
function balanced(phrases: readonly TrainingPhrase[], toSample: ToSample): Sample[] {
  const totals = new Map<IntentName, number>();
  for (const { intent, weight } of phrases) totals.set(intent, (totals.get(intent) ?? 0) + weight);
  const mean = [...totals.values()].reduce((sum, total) => sum + total, 0) / totals.size;
  return phrases.map(({ text, intent, weight }) => {
    const share = Math.sqrt(mean / (totals.get(intent) ?? mean));
    return toSample(text, intent, weight * share);
  });
}

/** The share of phrases whose intent the model alone gets right, without templates. */
function accuracy(model: LinearModel, phrases: readonly LabelledPhrase[], toSample: ToSample): number {
  const right = phrases.filter(([text, intent]) => {
    const probabilities = softmax(logitsOf(model, toSample(text, intent).features));
    return labels[probabilities.indexOf(Math.max(...probabilities))] === intent;
  });
  return right.length / phrases.length;
}

/** Trains the intent model from the intents' files and what the shop taught. The same seed and phrases give the same scores. */
export async function trainIntentModel({ seed, taught = [], signal }: IntentTraining): Promise<TrainedIntentModel> {
  const vocabulary = commandWords(taught);
  const toSample = samplesWith(vocabulary);
  const samples = balanced(trainingPhrases(seed, taught), toSample);
  const options = { rows, labels: labels.length, seed, epochs: 4, learningRate: 0.15, smoothing: 0.05 };
  const model = await trainLinearModel(samples, options, signal);
  const temperature = fitTemperature(
    model,
    tuningPhrases.map(([text, intent]) => toSample(text, intent)),
  );
  const info: IntentModelInfo = {
    version: 1,
    features: { scheme: featureScheme, rows },
    labels: [...labels],
    vocabulary,
    threshold,
    temperature,
    seed,
    scores: { tuning: Number(accuracy(model, tuningPhrases, toSample).toFixed(4)) },
    training: intents.map(({ name, examples }) => ({ intent: name, phrases: examples.map(exampleText) })),
    taught: [...taught],
  };
  return { onnx: writeLinearModel(model, temperature), info };
}
