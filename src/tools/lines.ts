/**
 * The lines of a text that arrives in chunks, without their ends: LF or CRLF, and no other character ends a line. A byte
 * order mark at the beginning is none of the text.
 */
export async function* linesOf(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pending: string[] = [];
  for await (const chunk of chunks) {
    const [first = '', ...rest] = (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })).split(
      '\n',
    );
    pending.push(first);
    for (const next of rest) {
      yield withoutReturn(pending.join(''));
      pending = [next];
    }
  }
  const last = pending.join('') + decoder.decode();
  if (last !== '') yield withoutReturn(last);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
