import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeLogs, readEntries } from './log-lines.ts';

const runs = process.env['LAWS'] === 'long' ? 50_000 : 1000;

/** Few words and few seconds, so that the same line comes again. */
const entry = fc
  .record({
    second: fc.integer({ min: 0, max: 3 }),
    message: fc.constantFrom('ready', 'turn answered', 'a stack\n    at turn.ts:12\n    at main.ts:3'),
  })
  .map(({ second, message }) => `2026-11-22 14:03:0${second} [INFO] ${message}\n`);
const counters = [1, 2, 3];
const write = fc.record({ what: fc.constant('write' as const), side: fc.nat(3), entry });
const turn = fc.record({ what: fc.constant('turn' as const), side: fc.nat(3) });
const meeting = fc.record({ what: fc.constant('meet' as const), counter: fc.constantFrom(...counters) });
const crash = fc.record({
  what: fc.constant('crash' as const),
  counter: fc.constantFrom(...counters),
  after: fc.nat(2),
});
type Deed = typeof write | typeof turn | typeof meeting | typeof crash extends fc.Arbitrary<infer T> ? T : never;
const deeds = (...among: fc.Arbitrary<Deed>[]) => fc.array(fc.oneof(write, write, ...among), { maxLength: 30 });

interface Log {
  text: string;
  /** What was there before the log was turned. */
  older: string;
}
const whole = ({ text, older }: Log): string[] => readEntries(older + text).sort();

/** Three counters around the disk's log, which is side 0, and each one's memory of what it had in common with it. */
function shop() {
  const logs: Log[] = Array.from({ length: 4 }, () => ({ text: '', older: '' }));
  const commons = new Map<number, string | null>(counters.map((counter) => [counter, '']));
  const written: string[] = [];
  const log = (side: number): Log => logs[side] ?? { text: '', older: '' };
  /** Gives the characters that were exchanged. The power may fail after any step. */
  const meet = (counter: number, steps = 3): number => {
    const [mine, disk] = [log(counter), log(0)];
    const found = { mine: mine.text, theirs: disk.text, common: commons.get(counter) ?? null, mineOlder: mine.older };
    const { toMine, toTheirs, common } = mergeLogs(found);
    commons.set(counter, null);
    if (steps > 0) disk.text += toTheirs;
    if (steps > 1) mine.text += toMine;
    if (steps > 2) commons.set(counter, common);
    return toMine.length + toTheirs.length;
  };
  const meetAll = (): number[] => [...counters, ...counters].map((counter) => meet(counter));
  const perform = (one: Deed): void => {
    if (one.what === 'write') {
      log(one.side).text += one.entry;
      written.push(one.entry);
    } else if (one.what === 'turn') {
      const turned = log(one.side);
      Object.assign(turned, { text: '', older: turned.older + turned.text });
    } else meet(one.counter, one.what === 'crash' ? one.after : 3);
  };
  return { logs, written, perform, meetAll };
}
/** The same deeds, with no entry written twice. */
const unique = (all: Deed[]): Deed[] =>
  all.map((one, index) => (one.what === 'write' ? { ...one, entry: one.entry.replace('\n', ` ${index}\n`) } : one));

describe('logs that meet', () => {
  it('have every entry exactly as often as it was written, however often they meet', () => {
    fc.assert(
      fc.property(deeds(meeting), (all) => {
        const { logs, written, perform, meetAll } = shop();
        all.forEach(perform);
        meetAll();
        for (const log of logs) expect(whole(log)).toEqual([...written].sort());
      }),
      { numRuns: runs },
    );
  });

  it('fall silent: they do not echo each other', () => {
    fc.assert(
      fc.property(deeds(meeting, turn, crash), (all) => {
        const { perform, meetAll } = shop();
        all.forEach(perform);
        meetAll();
        expect(meetAll()).toEqual([0, 0, 0, 0, 0, 0]);
      }),
      { numRuns: runs },
    );
  });

  it('lose nothing and bring nothing back when a side turns its log', () => {
    fc.assert(
      fc.property(deeds(turn), (all) => {
        const { logs, written, perform, meetAll } = shop();
        for (const one of unique(all)) {
          // What is turned away before the other side saw it is in this side's older file alone.
          if (one.what === 'turn') meetAll();
          perform(one);
        }
        meetAll();
        for (const log of logs) expect(whole(log)).toEqual([...written].sort());
      }),
      { numRuns: runs },
    );
  });

  it('have every entry once when the power fails at any step, if each was written once', () => {
    fc.assert(
      fc.property(deeds(meeting, crash), (all) => {
        const { logs, written, perform, meetAll } = shop();
        unique(all).forEach(perform);
        meetAll();
        for (const log of logs) expect(whole(log)).toEqual([...written].sort());
      }),
      { numRuns: runs },
    );
  });

  it('get what the other wrote in order of time, stacks whole', () => {
    const late = '2026-11-22 14:03:09 [ERROR] late\n    at a.ts\n';
    const early = '2026-11-22 14:03:07,123 - INFO - early, by an older program\n';
    const { toMine } = mergeLogs({ mine: '', theirs: late + early, common: '' });
    expect(toMine).toBe(early + late);
  });

  it('are not glued to a last line without an end', () => {
    const { toTheirs } = mergeLogs({ mine: '2026-11-22 14:03:09 [INFO] a\n', theirs: 'half a line', common: null });
    expect(toTheirs).toBe('\n2026-11-22 14:03:09 [INFO] a\n');
  });
});
