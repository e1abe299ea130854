import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countListed, readPlaywrightReport, readVitestReport } from './steps.mjs';

const folder = mkdtempSync(join(tmpdir(), 'lagrace-steps-'));
afterAll(() => rmSync(folder, { recursive: true }));
function report(content: unknown): string {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

test('unit tests are counted, a file that does not load as one failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{}] },
  ];
  const path = report({ numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, testResults });
  expect(readVitestReport(path)).toEqual({ passed: 7, failed: 2, skipped: 2 });
});

test('browser tests are counted; a flaky one failed, and so did one that time did not reach', () => {
  const one = (status: string, ...types: string[]) => ({
    tests: [{ status, annotations: types.map((type) => ({ type })) }],
  });
  const suites = [
    { specs: [one('expected'), one('expected')], suites: [{ specs: [one('unexpected'), one('flaky')] }] },
    { specs: [one('skipped'), one('skipped', 'skip'), one('expected', 'slow')] },
  ];
  expect(readPlaywrightReport(report({ suites, errors: [] }))).toEqual({ passed: 3, failed: 3, skipped: 1 });
  expect(readPlaywrightReport(report({ suites: [], errors: [{}] }))).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('tests that left no report failed', () => {
  const absent = join(folder, 'absent.json');
  expect(readVitestReport(absent)).toEqual({ passed: 0, failed: 1 });
  expect(readPlaywrightReport(absent)).toEqual({ passed: 0, failed: 1 });
});

test('listed tests are counted without running', () => {
  expect(countListed('Listing tests:\n  a.spec.ts\nTotal: 12 tests in 3 files\n')).toBe(12);
  expect(countListed('Total: 1 test in 1 file')).toBe(1);
  expect(countListed('')).toBe(0);
});
