/** `.part` must fit behind it. */
const maxNameBytes = 250;
const encoder = new TextEncoder();

/** Whose change lost, and when it was made. */
export interface ConflictLoser {
  name: string;
  /** Epoch milliseconds. */
  time: number;
  /** Whether a path may be taken: nothing is there, or the same content. */
  isFree(path: string): boolean;
}

/** Where the loser of a conflict is kept: `name (conflit 2026-11-22 comptoir-2).ext`, with a number when that is taken. */
export function conflictName(path: string, { name, time, isFree }: ConflictLoser): string {
  const slash = path.lastIndexOf('/');
  const folder = path.slice(0, slash + 1);
  const file = path.slice(slash + 1);
  const dot = file.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [file.slice(0, dot), file.slice(dot)] : [file, ''];
  for (let number = 1; ; number += 1) {
    const mark = ` (conflit ${dateOf(time)} ${name}${number === 1 ? '' : ` ${number}`})`;
    const room = maxNameBytes - encoder.encode(mark + extension).length;
    const candidate = folder + cut(stem, room) + mark + extension;
    if (isFree(candidate)) return candidate;
  }
}

/** The first characters of `text` that fit into so many bytes of UTF-8. */
function cut(text: string, bytes: number): string {
  let kept = '';
  let room = bytes;
  for (const character of text) {
    room -= encoder.encode(character).length;
    if (room < 0) break;
    kept += character;
  }
  return kept;
}

/** The day as the shop's clock shows it. */
function dateOf(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
