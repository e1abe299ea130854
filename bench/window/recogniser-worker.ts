import type { PackOf } from '../../src/schema.ts';

export type Recognise = (sound: Float32Array) => Promise<string>;
export interface Question {
  pack: PackOf<'stt'>;
  sound: Float32Array;
}
export type Answer = { text: string; ms: number } | { error: string };

/** In a worker: answers each question with what is heard and the milliseconds it took; the first one loads the model. */
export function serveRecogniser(open: (pack: PackOf<'stt'>) => Promise<Recognise>): void {
  let recognise: Recognise | null = null;
  const answer = async ({ pack, sound }: Question): Promise<Answer> => {
    try {
      recognise ??= await open(pack);
      const from = performance.now();
      const text = await recognise(sound);
      return { text, ms: performance.now() - from };
    } catch (thrown) {
      return { error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
    }
  };
  self.addEventListener('message', ({ data }: MessageEvent<Question>) => {
    void answer(data).then((result) => self.postMessage(result));
  });
}

/** On the page: asks a worker and waits for its answer; one question at a time. */
export function askRecogniser(worker: Worker, question: Question): Promise<{ text: string; ms: number }> {
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message || 'a worker did not start'));
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ('error' in data) reject(new Error(data.error));
      else resolve(data);
    };
    worker.postMessage(question);
  });
}
