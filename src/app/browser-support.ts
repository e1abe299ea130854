/** What a browser must have for the assistant to run at all. WebGPU is not in it: WASM does the same work. */
export interface BrowserFeatures {
  WebAssembly?: unknown;
  Worker?: unknown;
  AudioWorkletNode?: unknown;
  indexedDB?: unknown;
}

const required = ['WebAssembly', 'Worker', 'AudioWorkletNode', 'indexedDB'] as const;

/** The names of what `browser` lacks; empty when it will do. */
export function missingFeatures(browser: BrowserFeatures): string[] {
  return required.filter((name) => browser[name] === undefined);
}
