import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../log.ts';
import { createLogBuffer, type LogRefuge } from './log-buffer.ts';

const entry = (message: string, level: LogEntry['level'] = 'INFO'): LogEntry => ({
  time: new Date(2026, 10, 22, 14, 3, 7),
  level,
  message,
});

function createRefuge(kept = ''): LogRefuge & { kept: () => string } {
  let text = kept;
  return {
    save: (lines) => {
      text = lines;
    },
    take: () => text,
    kept: () => text,
  };
}

function setUp({ refuge = createRefuge(), fails = false } = {}) {
  const written: [lines: string, mayBeThere: boolean][] = [];
  const due: (() => void)[] = [];
  const disk = { fails };
  const buffer = createLogBuffer({
    write: async (lines, mayBeThere) => {
      if (disk.fails) throw new Error('the disk is full');
      written.push([lines, mayBeThere]);
    },
    refuge,
    later: (work) => due.push(work),
  });
  return { buffer, written, due, disk, refuge };
}

describe('log lines', () => {
  it('are written together, some time after the first', async () => {
    const { buffer, written, due } = setUp();
    buffer.sink(entry('one'));
    buffer.sink({ ...entry('two', 'ERROR'), stack: 'Error: two\n    at here' });
    buffer.sink(entry('noise', 'DEBUG'));
    expect([written.length, due.length]).toEqual([0, 1]);
    due[0]?.();
    await buffer.flush();
    expect(written).toEqual([
      ['2026-11-22 14:03:07 [INFO] one\n2026-11-22 14:03:07 [ERROR] two\nError: two\n    at here\n', false],
    ]);
    buffer.sink(entry('three'));
    expect(due.length).toBe(2);
  });

  it('wait for the next time when they cannot be written', async () => {
    const { buffer, written, disk } = setUp({ fails: true });
    buffer.sink(entry('one'));
    await buffer.flush();
    disk.fails = false;
    buffer.sink(entry('two'));
    await buffer.flush();
    expect(written).toEqual([['2026-11-22 14:03:07 [INFO] one\n2026-11-22 14:03:07 [INFO] two\n', false]]);
  });

  it('are left for the next page when this one goes away, until they are known to be written', async () => {
    const { buffer, refuge } = setUp();
    buffer.sink(entry('last words'));
    buffer.leave();
    expect(refuge.kept()).toContain('last words');
    await buffer.flush();
    expect(refuge.kept()).toBe('');
  });

  it('that an earlier page left come first, unless they are there', async () => {
    const { buffer, written, due, refuge } = setUp({ refuge: createRefuge('left behind\n') });
    expect(due).toHaveLength(1);
    buffer.sink(entry('new'));
    expect(due).toHaveLength(1);
    await buffer.flush();
    expect(written).toEqual([
      ['left behind\n', true],
      ['2026-11-22 14:03:07 [INFO] new\n', false],
    ]);
    expect(refuge.kept()).toBe('');
  });

  it('do not fill the memory while the disk takes nothing', async () => {
    const { buffer, written, disk } = setUp({ fails: true });
    for (let index = 0; index < 3000; index += 1) buffer.sink(entry('x'.repeat(200)));
    await buffer.flush();
    disk.fails = false;
    await buffer.flush();
    expect(written[0]?.[0].length).toBe(256 * 1024);
  });
});
