import { ort } from '../../src/ai/runtime.ts';
import { type ModelName, type ModelTimes, modelNames } from './protocol.ts';

/** What only this model takes. */
const inputOf: Record<ModelName, string> = {
  gate: 'sr',
  encoder: 'input_features',
  decoder: 'input_ids',
  intent: 'weights',
  voice: 'scales',
};

interface Run {
  model: ModelName;
  again: () => Promise<unknown>;
}
let recorded: Run[] | null = null;

/** From now on, sessions that are created in this thread can have their runs recorded. Call it before any is. */
export function makeSessionsRecordable(): void {
  const create = ort.InferenceSession.create.bind(ort.InferenceSession);
  const createRecordable = async (...args: Parameters<typeof create>): Promise<ort.InferenceSession> => {
    const session = await create(...args);
    const model = modelNames.find((name) => session.inputNames.includes(inputOf[name]));
    // The library makes small sessions of its own, for single operations.
    if (!model) return session;
    const run = session.run.bind(session);
    session.run = (feeds: ort.InferenceSession.FeedsType) => {
      const copies = recorded && copyFeeds(feeds);
      if (copies) recorded?.push({ model, again: () => run(copies) });
      return run(feeds);
    };
    return session;
  };
  Object.assign(ort.InferenceSession, { create: createRecordable });
}

/** Every run of a session during `work`, with a copy of its inputs. */
export async function recordRuns(work: () => Promise<void>): Promise<Run[]> {
  const runs: Run[] = [];
  recorded = runs;
  try {
    await work();
  } finally {
    recorded = null;
  }
  return runs;
}

/** Does the same runs once more and nothing besides: milliseconds by model. */
export async function runBare(runs: readonly Run[]): Promise<ModelTimes> {
  const times: ModelTimes = { gate: 0, encoder: 0, decoder: 0, intent: 0, voice: 0 };
  for (const { model, again } of runs) {
    const from = performance.now();
    await again();
    times[model] += performance.now() - from;
  }
  return times;
}

const copies = new WeakMap<object, ort.Tensor>();

/** Engines use some inputs for several runs, and write others anew in place. */
function copyFeeds(feeds: ort.InferenceSession.FeedsType): Record<string, ort.Tensor> {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, feed]) => {
      const tensor = feed as ort.Tensor; // no engine here gives a session anything else
      const copy = copies.get(tensor) ?? copyTensor(tensor);
      copies.set(tensor, copy);
      return [name, copy];
    }),
  );
}

function copyTensor({ type, data, dims }: ort.Tensor): ort.Tensor {
  return Reflect.construct(ort.Tensor, [type, data.slice(), dims]) as ort.Tensor; // the constructor lists each type by itself
}
