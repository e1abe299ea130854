import { LaGraceError } from '../errors.ts';

/**
 * The data of each server-sent event of a stream (HTML standard, 9.2.6), to its end. Rejects with network-failed when the
 * stream breaks, or is silent for so long that nobody can be at its other end.
 */
export async function* readServerSentEvents(
  body: ReadableStream<Uint8Array>,
  silenceMs: number,
): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let waiting = '';
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await readBefore(reader, silenceMs);
      if (done) return;
      const lines = (waiting + decoder.decode(value, { stream: true })).split('\n');
      waiting = lines.pop() ?? '';
      for (const line of lines.map((raw) => raw.replace(/\r$/, ''))) {
        if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
        else if (line === '' && data.length > 0) {
          yield data.join('\n');
          data = [];
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function readBefore(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  silenceMs: number,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silent = new Promise<never>((_, reject) => {
    const error = new LaGraceError('network-failed', `the companion's stream was silent for ${silenceMs} ms`);
    timer = setTimeout(() => reject(error), silenceMs);
  });
  try {
    return await Promise.race([reader.read(), silent]);
  } catch (thrown) {
    if (thrown instanceof LaGraceError) throw thrown;
    throw new LaGraceError('network-failed', "the companion's stream broke off", { cause: thrown });
  } finally {
    clearTimeout(timer);
  }
}
