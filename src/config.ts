import type { Settings } from './schema.ts';

export type BackendChoice = 'auto' | 'webgpu' | 'wasm';

/** Everything that can be chosen, with nothing missing. */
export interface Config {
  backend: BackendChoice;
  /** WASM threads for the stage that runs; 0 means: half of the cores, at most 4. */
  threads: number;
  /** Pack ids; null means the manifest's first of that task. */
  sttModel: string | null;
  /** Whether short speech is heard in a short window: faster, but not what Whisper was trained on. */
  shortWindow: boolean;
  voice: string | null;
  speaker: number;
  /** What "francs" alone means, and "francs CFA". */
  franc: 'CDF' | 'XOF' | 'XAF' | 'CHF';
  cfa: 'XOF' | 'XAF';
  region: 'FR' | 'BE' | 'CD' | 'CH';
  earcons: boolean;
  /** Whether the log keeps what was said and answered; the owner turns that on. */
  keepTranscripts: boolean;
  /** After this long without a word a dialogue is over; what was begun is kept. */
  dialogueMinutes: number;
  /** Mean log-probability of a transcript under which its amount is asked about before it is believed: see `doubtOf`. */
  doubtBelow: number;
}

export const defaults: Config = {
  backend: 'auto',
  threads: 0,
  sttModel: null,
  shortWindow: true,
  voice: null,
  speaker: 0,
  franc: 'CDF',
  cfa: 'XOF',
  region: 'CD',
  earcons: true,
  keepTranscripts: false,
  dialogueMinutes: 2,
  doubtBelow: -0.15,
};

/** Defaults < saved settings < URL flags (`?backend=wasm&threads=1&model=ID&voice=ID&shortWindow=no`). Flags that make no sense are ignored. */
export function resolveConfig(saved: Settings, flags: URLSearchParams): Config {
  const config: Config = { ...defaults };
  if (saved.backend !== undefined) config.backend = saved.backend;
  if (saved.threads !== undefined) config.threads = saved.threads;
  if (saved.sttModel !== undefined) config.sttModel = saved.sttModel;
  if (saved.shortWindow !== undefined) config.shortWindow = saved.shortWindow;
  if (saved.voice !== undefined) config.voice = saved.voice;
  if (saved.speaker !== undefined) config.speaker = saved.speaker;
  if (saved.franc !== undefined) config.franc = saved.franc;
  if (saved.cfa !== undefined) config.cfa = saved.cfa;
  if (saved.region !== undefined) config.region = saved.region;
  if (saved.earcons !== undefined) config.earcons = saved.earcons;
  if (saved.keepTranscripts !== undefined) config.keepTranscripts = saved.keepTranscripts;
  if (saved.dialogueMinutes !== undefined) config.dialogueMinutes = saved.dialogueMinutes;

  const backend = flags.get('backend');
  if (backend === 'auto' || backend === 'wasm' || backend === 'webgpu') config.backend = backend;
  const threads = Number(flags.get('threads'));
  if (Number.isInteger(threads) && threads >= 1 && threads <= 16) config.threads = threads;
  config.sttModel = flags.get('model') ?? config.sttModel;
  config.voice = flags.get('voice') ?? config.voice;
  const shortWindow = flags.get('shortWindow');
  if (shortWindow === 'yes' || shortWindow === 'no') config.shortWindow = shortWindow === 'yes';
  config.doubtBelow = doubtOf(config.sttModel);
  return config;
}

/**
 * Under which confidence a recogniser's amounts are asked about. The starter's own, on 600 spoken amounts (300 clean, 300 in noise of 10 dB
 * SNR) of which it heard 14 wrong:
 *
 *     below   wrong caught   right doubted
 *     -0.60         1             0
 *     -0.40         3             1
 *     -0.30         8             4  (0.7 %)
 *     -0.20         8            11  (1.9 %)
 *     -0.15        12            22  (3.8 %; clean speech 2.0 %)
 *     -0.10        13            50  (8.5 %)
 *
 * A whole Whisper is less sure of what it hears right; -0.6 is an estimate for one, until it is measured.
 */
function doubtOf(sttModel: string | null): number {
  return sttModel === null || sttModel.endsWith('-starter') ? -0.15 : -0.6;
}

/** WASM threads to use: what was chosen, else half of the cores, at most 4; one where memory cannot be shared. */
export function threadBudget(chosen: number, cores: number, isolated: boolean): number {
  if (!isolated) return 1;
  return chosen > 0 ? chosen : Math.min(4, Math.max(1, Math.floor(cores / 2)));
}
