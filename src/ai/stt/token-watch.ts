import { BaseStreamer, LogitsProcessor, type Tensor } from './transformers.ts';

export interface TokenWatchOptions {
  signal: AbortSignal;
  endTokenId: number;
  /** Told all the tokens so far, each time there is one more. */
  onTokens: (tokens: readonly number[]) => void;
  /** True when going on makes no sense: the decoder repeats itself. */
  isDegenerate: (tokens: readonly number[]) => boolean;
}

/**
 * Follows one decoding from within: scores each token, tells what there is so far, and ends it early.
 * It ends by making the end token the only choice, since this version of the library does not hand a stopping criterion
 * on to Whisper, and an exception thrown here would leave the decoder's cache on the GPU.
 */
export function watchTokens(options: TokenWatchOptions): {
  processor: LogitsProcessor;
  streamer: BaseStreamer;
  tokens: readonly number[];
  /** Sum of the tokens' log-probabilities, the end token's included. */
  logProbability(): number;
  scoredTokens(): number;
  /** True once the decoder chose the end by itself. */
  isComplete(): boolean;
} {
  const tokens: number[] = [];
  let logits: Float32Array | null = null;
  let logNormaliser = 0;
  let sum = 0;
  let scored = 0;
  let isCut = false;
  let isComplete = false;

  const observe = (data: Float32Array): void => {
    if (options.signal.aborted || options.isDegenerate(tokens)) {
      isCut = true;
      data.fill(Number.NEGATIVE_INFINITY);
      data[options.endTokenId] = 0;
    }
    logits = data;
    logNormaliser = logSumExp(data);
  };
  const take = (token: number): void => {
    if (logits) {
      sum += (logits[token] ?? Number.NEGATIVE_INFINITY) - logNormaliser;
      scored++;
    }
    if (token === options.endTokenId) {
      isComplete = !isCut;
      return;
    }
    tokens.push(token);
    options.onTokens(tokens);
  };
  return {
    processor: new LogitsObserver(observe),
    streamer: new TokenListener(take),
    tokens,
    logProbability: () => sum,
    scoredTokens: () => scored,
    isComplete: () => isComplete,
  };
}

class LogitsObserver extends LogitsProcessor {
  readonly #observe: (logits: Float32Array) => void;
  constructor(observe: (logits: Float32Array) => void) {
    super();
    this.#observe = observe;
  }
  override _call(_inputIds: bigint[][], logits: Tensor): Tensor {
    // The library converts logits to float32 before any processor sees them; one sequence is decoded at a time.
    this.#observe(logits.data as Float32Array);
    return logits;
  }
}

/** Hears the tokens as they are chosen; the first call brings the prompt. */
class TokenListener extends BaseStreamer {
  readonly #take: (token: number) => void;
  #isPrompt = true;
  constructor(take: (token: number) => void) {
    super();
    this.#take = take;
  }
  override put(value: bigint[][]): void {
    if (this.#isPrompt) this.#isPrompt = false;
    else for (const token of value[0] ?? []) this.#take(Number(token));
  }
  override end(): void {}
}

/** Values so far below the highest count for less than 0.0001 together, even if a whole vocabulary has them. */
const negligible = 20;

function logSumExp(values: Float32Array): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > highest) highest = value;
  let sum = 0;
  for (const value of values) if (value > highest - negligible) sum += Math.exp(value - highest);
  return highest + Math.log(sum);
}
