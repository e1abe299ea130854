import { spawn } from 'node:child_process';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {'show' | 'stderr' | 'collect'} [output] where its words go: our own streams, our stderr alone, or only the result
 * @property {number} [timeoutMs] after which it is ended with all its children
 * @property {string} [input] what it reads on stdin
 */
/**
 * @typedef {object} RunResult
 * @property {number} code its exit code; 1 when it could not start or was ended
 * @property {string} stdout empty unless collected
 * @property {string} stderr
 * @property {boolean} timedOut
 */

const stdio = {
  show: /** @type {const} */ (['pipe', 'inherit', 'inherit']),
  stderr: /** @type {const} */ (['pipe', 2, 2]),
  collect: /** @type {const} */ (['pipe', 'pipe', 'pipe']),
};

/**
 * Runs a program to its end, without a shell. Never rejects: a program that cannot start has exit code 1 and says why in `stderr`.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(file, args, { cwd, env, output = 'collect', timeoutMs, input = '' } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, stdio: [...stdio[output]], windowsHide: true, detached: canGroup() });
    const result = { code: 1, stdout: '', stderr: '', timedOut: false };
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      result.stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      result.stderr += text;
    });
    const end = () => endTree(child.pid);
    const timer = timeoutMs === undefined ? undefined : setTimeout(onTimeout, timeoutMs);
    function onTimeout() {
      result.timedOut = true;
      end();
    }
    process.once('exit', end);
    const forwarded = forwardSignals(end);
    child.on('error', (error) => finish(1, error.message));
    child.on('close', (code) => finish(code ?? 1, ''));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);

    /**
     * @param {number} code
     * @param {string} message
     */
    function finish(code, message) {
      clearTimeout(timer);
      process.off('exit', end);
      forwarded();
      resolve({ ...result, code: result.timedOut ? 1 : code, stderr: result.stderr + message });
    }
  });
}

/**
 * Runs one of the project's scripts or a package's program with this same Node.
 * @param {string} script
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function runNode(script, args, options) {
  return run(process.execPath, [script, ...args], options);
}

/** A process group of its own lets a child be ended with its children; Windows has `taskkill /T` for that. */
function canGroup() {
  return process.platform !== 'win32';
}

/**
 * Ends a child and all that it started.
 * @param {number | undefined} pid
 */
function endTree(pid) {
  if (pid === undefined) return;
  try {
    if (canGroup()) process.kill(-pid, 'SIGKILL');
    else spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
  } catch {
    // It is already gone.
  }
}

/**
 * A child in its own group does not get the terminal's Ctrl-C: end it before we end.
 * @param {() => void} end
 * @returns {() => void} stops forwarding
 */
function forwardSignals(end) {
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    end();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  return () => process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
}
