import { headlessFlags, swiftShaderFlags } from '../scripts/browser.mjs';

/**
 * WebAssembly is compiled once, and not a second time for speed on the cores that a test needs: that took as long as all else of opening a
 * page. What is computed is the same; tests of speed run with the flags of everybody.
 */
const compileOnce = '--liftoff-only';

export const testFlags = [...headlessFlags, `--js-flags=${compileOnce}`];
export const webgpuTestFlags = [...swiftShaderFlags, `--js-flags=${compileOnce}`];
/**
 * JavaScript is not compiled for speed either: the browser does that bit by bit over several hundred turns, and what its compiled code weighs
 * would hide what the app keeps.
 */
export const steadyTestFlags = [...headlessFlags, `--js-flags=${compileOnce} --no-opt --no-maglev`];

/** How Playwright starts the browser that was found, with these flags. */
export function launchOptions(args: string[]): { args: string[]; executablePath?: string } {
  const executablePath = process.env['CHROMIUM_PATH'];
  return { args, ...(executablePath && { executablePath }) };
}
