import { headlessFlags, swiftShaderFlags } from '../scripts/browser.mjs';

/**
 * WebAssembly is compiled once, and not a second time for speed on the cores that a test needs: that took as long as all else of opening a
 * page. What is computed is the same; tests of speed run with the flags of everybody.
 */
const compileOnce = '--js-flags=--liftoff-only';

export const testFlags = [...headlessFlags, compileOnce];
export const webgpuTestFlags = [...swiftShaderFlags, compileOnce];
