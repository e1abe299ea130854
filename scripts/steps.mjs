import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, noBrowser } from './browser.mjs';
import { appRoot, buildRoot, projectRoot } from './paths.mjs';
import { NoPostgresError, startPostgres } from './postgres-server.mjs';
import { runNode } from './run.mjs';
import { formatSizes, measureSizes, pageBudgetBytes } from './size.mjs';

/** @typedef {{passed: number, failed: number, skipped?: number, says?: string}} StepResult `says` is printed below the step */
/** @typedef {{name: string, run: (context: StepContext) => Promise<StepResult>}} Step */
/** @typedef {{long: boolean, deadline: number, note: (line: string) => void}} StepContext `deadline` is on the clock of `performance.now()` */

const packages = join(projectRoot, 'node_modules');
const biome = join(packages, '@biomejs', 'biome', 'bin', 'biome');
const oxlint = join(packages, 'oxlint', 'bin', 'oxlint');
const tsc = join(packages, 'typescript', 'bin', 'tsc');
const vitest = join(packages, 'vitest', 'vitest.mjs');
const playwright = join(packages, '@playwright', 'test', 'cli.js');
const reports = join(buildRoot, 'reports');

const minuteMs = 60_000;

/**
 * A step that is one program, whose exit code is its verdict.
 * @param {string} name
 * @param {string} script
 * @param {string[]} args
 * @returns {Step}
 */
function program(name, script, args) {
  return {
    name,
    run: async () => {
      const { code, stdout, stderr, timedOut } = await runNode(script, args, {
        cwd: projectRoot,
        timeoutMs: 3 * minuteMs,
      });
      if (code === 0) return { passed: 1, failed: 0 };
      return { passed: 0, failed: 1, says: timedOut ? `${name} did not end within 3 minutes` : `${stdout}${stderr}` };
    },
  };
}

/** @type {Step} */
const unitTests = {
  name: 'unit tests',
  run: async ({ long }) => {
    const report = freshReport('vitest.json');
    const args = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
    const { code, stdout, stderr, timedOut } = await runNode(vitest, args, {
      cwd: projectRoot,
      timeoutMs: (long ? 60 : 10) * minuteMs,
      env: { ...process.env, ...(long && { LAWS: 'long' }) },
    });
    const counts = readVitestReport(report);
    const failed = code !== 0 && counts.failed === 0 ? counts.failed + 1 : counts.failed;
    if (failed === 0) return counts;
    return { ...counts, failed, says: timedOut ? 'the unit tests did not end in time' : `${stdout}${stderr}` };
  },
};

/** What must be the same on both databases; the unit tests run it on PGlite. */
const databaseTests = ['events/events', 'documents/documents', 'backup/backup'].map(
  (name) => `companion/${name}.test.ts`,
);

/** @type {Step} */
export const postgresTests = {
  name: 'tests on PostgreSQL',
  run: async () => {
    const server = await startPostgres().catch((error) => {
      if (error instanceof NoPostgresError) return error;
      throw error;
    });
    if (server instanceof NoPostgresError) {
      const says = `  PostgreSQL does not run on this machine, so nothing was tested on it: ${server.message}`;
      return { passed: 0, failed: 0, skipped: databaseTests.length, says };
    }
    try {
      const report = freshReport('vitest-postgres.json');
      const args = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`, ...databaseTests];
      const { code, stdout, stderr } = await runNode(vitest, args, {
        cwd: projectRoot,
        timeoutMs: 3 * minuteMs,
        env: { ...process.env, LAGRACE_TEST_POSTGRES: server.url },
      });
      const counts = readVitestReport(report);
      const failed = code !== 0 && counts.failed === 0 ? 1 : counts.failed;
      return failed === 0 ? counts : { ...counts, failed, says: `${stdout}${stderr}` };
    } finally {
      await server.stop();
    }
  },
};

/** @type {Step} */
const sizes = {
  name: 'size budget',
  run: async () => {
    const chunks = JSON.parse(readFileSync(join(buildRoot, 'chunks.json'), 'utf8'));
    const rows = await measureSizes(appRoot, chunks);
    const page = rows.find(({ kind }) => kind === 'page');
    const fits = page !== undefined && page.files > 0 && page.brotliBytes <= pageBudgetBytes;
    const verdict = `${formatSizes(rows)}\n  the page may weigh ${pageBudgetBytes / 1000} kB of Brotli`;
    return { passed: fits ? 1 : 0, failed: fits ? 0 : 1, says: verdict };
  },
};

/** @type {Step} */
const browserTests = {
  name: 'browser tests',
  run: async ({ long, deadline, note }) => {
    const select = long ? [] : ['--grep-invert', '@long'];
    const browser = await findBrowser(note);
    if (!browser) {
      const { stdout } = await runNode(playwright, ['test', '--list', ...select], {
        cwd: projectRoot,
        timeoutMs: minuteMs,
      });
      return { passed: 0, failed: Math.max(1, countListed(stdout)), says: noBrowser };
    }
    const report = freshReport('playwright.json');
    // Playwright ends by itself, closes its browsers and says what did not run; ending it from here would leave them.
    const limitMs = Math.max(minuteMs, deadline - performance.now());
    const args = ['test', '--reporter=list,json', `--global-timeout=${Math.round(limitMs)}`, ...select];
    const { code } = await runNode(playwright, args, {
      cwd: projectRoot,
      output: 'stderr',
      timeoutMs: limitMs + minuteMs,
      env: {
        ...process.env,
        ...browser.env,
        CHROMIUM_PATH: browser.executablePath,
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
        ...(long && { LAWS: 'long' }),
      },
    });
    const counts = readPlaywrightReport(report);
    return { ...counts, failed: code !== 0 && counts.failed === 0 ? 1 : counts.failed };
  },
};

/** What needs no build and no browser. */
export const fastSteps = [
  program('format', biome, ['format', '.']),
  program('lint and import rules', biome, ['lint', '--error-on-warnings', '.']),
  program('lint with types', oxlint, ['--type-aware']),
  ...['dom', 'worker', 'node', 'test'].map((thread) =>
    program(`types: ${thread}`, tsc, ['-p', `tsconfig.${thread}.json`]),
  ),
  unitTests,
];

/** The rest. */
export const slowSteps = [
  postgresTests,
  program('build', join(projectRoot, 'scripts', 'build.mjs'), []),
  program('build with faults', join(projectRoot, 'scripts', 'build.mjs'), ['--only', 'faults']),
  sizes,
  program('models manifest', join(projectRoot, 'scripts', 'manifest.mjs'), ['--check']),
  browserTests,
];

/** @param {string} name */
function freshReport(name) {
  mkdirSync(reports, { recursive: true });
  const path = join(reports, name);
  rmSync(path, { force: true });
  return path;
}

/**
 * @param {string} path
 * @returns {StepResult}
 */
export function readVitestReport(path) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(path, 'utf8'));
    /** A file that does not load has no tests, and is one failure. */
    const broken = testResults.filter(
      (/** @type {{status: string, assertionResults: unknown[]}} */ file) =>
        file.status === 'failed' && file.assertionResults.length === 0,
    );
    return { passed: numPassedTests, failed: numFailedTests + broken.length, skipped: numPendingTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** @typedef {{specs?: {tests: {status: string, annotations: {type: string}[]}[]}[], suites?: PlaywrightSuite[]}} PlaywrightSuite */

/**
 * A flaky test is a failed one, and so is one that did not run though nothing in it says so.
 * @param {string} path
 * @returns {StepResult}
 */
export function readPlaywrightReport(path) {
  try {
    /** @type {PlaywrightSuite & {errors: unknown[]}} */
    const report = JSON.parse(readFileSync(path, 'utf8'));
    const tests = testsOf(report);
    const passed = tests.filter(({ status }) => status === 'expected').length;
    const skipped = tests.filter(
      ({ status, annotations }) => status === 'skipped' && annotations.some(({ type }) => type === 'skip'),
    ).length;
    const failed = tests.length - passed - skipped;
    return { passed, failed: failed === 0 ? report.errors.length : failed, skipped };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {{status: string, annotations: {type: string}[]}[]}
 */
function testsOf({ specs = [], suites = [] }) {
  return [...specs.flatMap(({ tests }) => tests), ...suites.flatMap(testsOf)];
}

/**
 * The number of tests in what `playwright test --list` says.
 * @param {string} listing
 */
export function countListed(listing) {
  return Number(/Total: (\d+) tests?/.exec(listing)?.[1] ?? 0);
}
