import { createRandom } from './nlu/random.ts';

/** What can be made to go wrong wherever an engine is called. */
export const faultKinds = ['throw', 'hang', 'late', 'garbage', 'gpu-lost', 'worker-lost'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** One wish for a fault: where (`port.method`, `port.*` or `*`), which, and when. */
interface FaultRule {
  place: string;
  kinds: readonly FaultKind[];
  /** The n-th call to that place only, from 1. */
  nth: number | null;
  /** How likely each call is hit, 0 to 1. */
  share: number;
}

/** Decides, call by call, what goes wrong. */
export interface Faults {
  /** What happens to this call; null: nothing. */
  draw(place: string): FaultKind | null;
  /** Something else than `place` promises to answer. */
  garbage(place: string): unknown;
  /** How long a late answer is late. */
  lateMs: number;
  /** What went wrong so far, as `place kind`, with how often. */
  readonly drawn: ReadonlyMap<string, number>;
}

export interface FaultsOptions {
  seed: number;
  lateMs?: number;
}

/**
 * Faults by `rules`, parted by commas: `stt.transcribe:hang` (each call), `tts.speak:garbage@2` (the second), `*:any%5` (each call
 * anywhere, five times in a hundred, any kind). The first rule that strikes counts. The same seed and calls give the same faults.
 * Throws a RangeError for a rule that says nothing.
 */
export function createFaults(rules: string, { seed, lateMs = 300 }: FaultsOptions): Faults {
  const parsed = rules.split(',').filter(Boolean).map(parseRule);
  const random = createRandom(seed);
  const calls = new Map<FaultRule, number>();
  const drawn = new Map<string, number>();
  const strikes = (rule: FaultRule, place: string): boolean => {
    if (!isAt(place, rule.place)) return false;
    const call = (calls.get(rule) ?? 0) + 1;
    calls.set(rule, call);
    return rule.nth === null ? random.next() < rule.share : call === rule.nth;
  };
  return {
    lateMs,
    drawn,
    draw: (place) => {
      const rule = parsed.find((candidate) => strikes(candidate, place));
      if (!rule) return null;
      const kind = random.pick(rule.kinds);
      const name = `${place} ${kind}`;
      drawn.set(name, (drawn.get(name) ?? 0) + 1);
      return kind;
    },
    garbage: (place) => {
      const choice = garbageOf(place);
      return choice[random.below(choice.length)];
    },
  };
}

function parseRule(rule: string): FaultRule {
  const [, place, kind, nth, percent] = /^([\w.*]+):([\w-]+)(?:@(\d+)|%([\d.]+))?$/.exec(rule) ?? [];
  const kinds = kind === 'any' ? faultKinds : faultKinds.filter((known) => known === kind);
  if (!place || kinds.length === 0) {
    throw new RangeError(`${rule} is no fault: write place:kind, with one of ${faultKinds.join(', ')} or any`);
  }
  return { place, kinds, nth: nth ? Number(nth) : null, share: percent ? Number(percent) / 100 : 1 };
}

function isAt(place: string, wanted: string): boolean {
  return wanted === '*' || wanted === place || (wanted.endsWith('.*') && place.startsWith(wanted.slice(0, -1)));
}

const nowhere = [undefined, null, 42, 'garbage', { nothing: true }, []];
const nanSamples = (): Float32Array => new Float32Array(1600).fill(Number.NaN);

/** Answers that are almost right are the dangerous ones. */
function garbageOf(place: string): readonly unknown[] {
  switch (place) {
    case 'stt.transcribe':
      return [
        ...nowhere,
        { text: 42, confidence: -0.1, backend: 'wasm' },
        { text: 'facture', confidence: Number.NaN, backend: 'wasm' },
        { text: 'facture', confidence: -0.1, backend: 'abacus' },
      ];
    case 'nlu.understand':
      return [
        ...nowhere,
        { intent: 'dance', confidence: 1, by: 'model', slots: {} },
        { intent: 'invoice', confidence: 7, by: 'model', slots: {} },
        { intent: 'invoice', confidence: 1, by: 'model', slots: { amount: Number.NaN } },
      ];
    case 'tts.speak':
      return [
        ...nowhere,
        { samples: nanSamples(), sampleRate: 22_050 },
        { samples: [0, 0, 0], sampleRate: 22_050 },
        { samples: new Float32Array(100), sampleRate: -1 },
      ];
    case 'audio.listen':
      return [42, 'garbage', {}, [0.1, 0.2], nanSamples()];
    case 'audio.hear':
      return [
        ...nowhere,
        { utterance: nanSamples(), decodeMs: 1, vadMs: 1 },
        { utterance: [0.1, 0.2], decodeMs: 1, vadMs: 1 },
        { utterance: null, decodeMs: Number.NaN, vadMs: 1 },
      ];
    default:
      return nowhere;
  }
}

/** What makes the faults that a wrapper cannot make by itself. */
export interface FaultEffects {
  loseGpu: () => void;
  loseWorker: (port: string) => void;
}

/**
 * `port` with faults at `name.method` of each of its methods. A lost worker rejects the call and is told to `effects`; a lost GPU is
 * told, and the call goes on: the engine has to notice.
 */
export function withFaults<P extends object>(port: P, name: string, faults: Faults, effects: FaultEffects): P {
  return new Proxy(port, {
    get: (target, method, receiver) => {
      const original: unknown = Reflect.get(target, method, receiver);
      if (typeof original !== 'function') return original;
      const place = `${name}.${String(method)}`;
      return async (...args: unknown[]): Promise<unknown> => {
        const call = (): unknown => Reflect.apply(original, target, args);
        switch (faults.draw(place)) {
          case null:
            return call();
          case 'throw':
            throw new Error(`${place} was made to throw`);
          case 'hang':
            return new Promise(() => undefined);
          case 'late':
            await new Promise((resolve) => setTimeout(resolve, faults.lateMs));
            return call();
          case 'garbage':
            return faults.garbage(place);
          case 'gpu-lost':
            effects.loseGpu();
            return call();
          case 'worker-lost':
            effects.loseWorker(name);
            throw new Error(`the worker under ${place} was made to go away`);
        }
      };
    },
  });
}
