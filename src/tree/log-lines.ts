/** A log as two sides have it: whole files as text. */
export interface TwoLogs {
  mine: string;
  theirs: string;
  /** What both had after they were last merged, as that merge gave it; null when that is not known for sure. */
  common: string | null;
  /** What my side had before it turned its log: without `common` it would come back from the other side. */
  mineOlder?: string;
}
export interface LogAdditions {
  /** What to append to each side's file; empty when it lacks nothing. */
  toMine: string;
  toTheirs: string;
  /** What to give as `common` next time, once both were appended. */
  common: string;
}

type Counts = Map<string, number>;

/** Where an entry begins; the lines behind it, such as a stack, belong to it. Older programs write milliseconds and their own words. */
const startOfEntry = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}/;

/**
 * The entries that each side wrote since they last met, for the other to append, each once and in order of time. Logs are only
 * ever appended to, since other programs hold them open. What a side dropped when it turned its log stays dropped. Without
 * `common`, what both have is taken for one entry, so that nothing is ever doubled: of two that happened on both sides
 * in the same second in the same words, one is then lost.
 */
export function mergeLogs({ mine, theirs, common, mineOlder = '' }: TwoLogs): LogAdditions {
  const here = readEntries(mine);
  const there = readEntries(theirs);
  const before =
    common === null
      ? least(countOf([...here, ...readEntries(mineOlder)]), countOf(there))
      : countOf(readEntries(common));
  const toMine = beyond(there, before);
  const toTheirs = beyond(here, before);
  const all = [...here, ...toMine];
  return {
    toMine: textToAppend(toMine, mine),
    toTheirs: textToAppend(toTheirs, theirs),
    // What one side alone still has of what they had in common must not look new.
    common: [...all, ...beyond(there, countOf(all))].join(''),
  };
}

/** Entries as text, each with the end of its last line. */
export function readEntries(log: string): string[] {
  if (log === '') return [];
  const entries: string[] = [];
  for (const line of log.replace(/\n$/, '').split('\n')) {
    const last = entries.length - 1;
    if (startOfEntry.test(line) || last < 0) entries.push(`${line}\n`);
    else entries[last] += `${line}\n`;
  }
  return entries;
}

function countOf(entries: readonly string[]): Counts {
  const counts: Counts = new Map();
  for (const entry of entries) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  return counts;
}

function least(one: Counts, other: Counts): Counts {
  return new Map([...one].map(([entry, times]) => [entry, Math.min(times, other.get(entry) ?? 0)]));
}

/** The entries that occur more often than `known` says: their last occurrences, in order of time. */
function beyond(entries: readonly string[], known: Counts): string[] {
  const left = new Map(known);
  const found = entries.filter((entry) => {
    const times = left.get(entry) ?? 0;
    if (times > 0) left.set(entry, times - 1);
    return times <= 0;
  });
  const timed = found.map((entry) => ({ entry, time: startOfEntry.exec(entry)?.[0] ?? '' }));
  return timed.sort((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time))).map(({ entry }) => entry);
}

/** A last line that has no end yet gets one, so that nothing is glued to it. */
function textToAppend(entries: readonly string[], to: string): string {
  if (entries.length === 0) return '';
  return (to === '' || to.endsWith('\n') ? '' : '\n') + entries.join('');
}
