import type { ort } from '../runtime.ts';

/**
 * A session whose failures stay its own. transformers.js runs sessions in a queue that is one chain of promises: a run that
 * rejects makes every later run of the thread reject with the same error, so that one lost GPU would deafen it for good.
 * Here a run that fails resolves to outputs that throw when they are read, which is after the queue and still inside the call.
 */
export function recoverable(session: ort.InferenceSession): ort.InferenceSession {
  const run = async (feeds: ort.InferenceSession.FeedsType): Promise<ort.InferenceSession.OnnxValueMapType> => {
    try {
      return await session.run(feeds);
    } catch (cause) {
      const failure = {
        enumerable: true,
        get: (): never => {
          throw cause;
        },
      };
      return Object.defineProperty({}, 'failure', failure);
    }
  };
  return {
    run,
    release: () => session.release(),
    startProfiling: () => session.startProfiling(),
    endProfiling: () => session.endProfiling(),
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    inputMetadata: session.inputMetadata,
    outputMetadata: session.outputMetadata,
  };
}

/** Frees sessions; one that cannot be freed, as on a lost GPU, does not keep the others. */
export async function releaseAll(sessions: readonly ort.InferenceSession[]): Promise<void> {
  await Promise.allSettled(sessions.map((session) => session.release()));
}
