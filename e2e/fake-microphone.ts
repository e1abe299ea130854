import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

/** A microphone that a test plays by hand, in place of the browser's. */
export interface FakeMicrophone {
  /** Says a WAV file from the moment at which the page says that it listens, as a clerk does; a soft noise fills the rest of the time. */
  say(path: string): Promise<void>;
  /** Nothing but zeros, as from a headset whose button is off; and back. */
  switchOff(off: boolean): Promise<void>;
  /** What the system's mute key does. */
  mute(muted: boolean): Promise<void>;
  unplug(): Promise<void>;
  /** Whether it takes its time to open, as a wireless one does. */
  holdShut(shut: boolean): Promise<void>;
  /** What the browser does to sound of pages in the background: every audio context stops. */
  suspendSound(): Promise<void>;
  /** The states of the page's audio contexts that are not closed. */
  soundStates(): Promise<string[]>;
  /** How often the page opened a microphone. */
  opened(): Promise<number>;
  /** Waits until something can be heard from the loudspeaker: looks every few milliseconds, since a voice is also silent between sounds. */
  untilHeard(options?: { timeout?: number }): Promise<void>;
}

interface InPage {
  opened: number;
  shut: boolean;
  off: boolean;
  muted: boolean;
  waiting: AudioBuffer | null;
  contexts: AudioContext[];
  analysers: AnalyserNode[];
  session: { track: MediaStreamTrack; noise: GainNode; output: MediaStreamAudioDestinationNode } | null;
  startSaying: () => void;
}
declare global {
  interface Window {
    fakeMicrophone: InPage;
  }
  /** The loudest sample that left for the loudspeaker in the last 6 ms. */
  function loudestSample(): number;
}

/** Puts a fake microphone into every page that `page` opens from now on. */
export async function installFakeMicrophone(page: Page): Promise<FakeMicrophone> {
  await page.addInitScript(installInPage);
  return {
    say: async (path) => {
      const base64 = (await readFile(path)).toString('base64');
      await page.evaluate(async (encoded) => {
        const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
        window.fakeMicrophone.waiting = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes.buffer);
        window.fakeMicrophone.startSaying();
      }, base64);
    },
    switchOff: (off) =>
      page.evaluate((isOff) => {
        window.fakeMicrophone.off = isOff;
        const noise = window.fakeMicrophone.session?.noise;
        if (noise) noise.gain.value = isOff ? 0 : 0.001;
      }, off),
    mute: (muted) =>
      page.evaluate((isMuted) => {
        window.fakeMicrophone.muted = isMuted;
        window.fakeMicrophone.session?.track.dispatchEvent(new Event(isMuted ? 'mute' : 'unmute'));
      }, muted),
    unplug: () =>
      page.evaluate(() => {
        const track = window.fakeMicrophone.session?.track;
        track?.stop();
        track?.dispatchEvent(new Event('ended'));
      }),
    holdShut: (shut) =>
      page.evaluate((isShut) => {
        window.fakeMicrophone.shut = isShut;
      }, shut),
    suspendSound: () =>
      page.evaluate(async () => {
        const live = window.fakeMicrophone.contexts.filter(({ state }) => state === 'running');
        await Promise.all(live.map((context) => context.suspend()));
      }),
    soundStates: () =>
      page.evaluate(() =>
        window.fakeMicrophone.contexts.map(({ state }) => String(state)).filter((state) => state !== 'closed'),
      ),
    opened: () => page.evaluate(() => window.fakeMicrophone.opened),
    untilHeard: async ({ timeout = 10_000 } = {}) => {
      await page.waitForFunction(() => loudestSample() > 0.01, null, { polling: 5, timeout });
    },
  };
}

/** Runs in the page before its own code. */
function installInPage(): void {
  const fake: InPage = {
    opened: 0,
    shut: false,
    off: false,
    muted: false,
    waiting: null,
    contexts: [],
    analysers: [],
    session: null,
    startSaying: () => {
      const { session, waiting } = fake;
      if (!session || !waiting || fake.off) return;
      if (document.querySelector('[role="status"]')?.textContent !== 'J’écoute…') {
        setTimeout(fake.startSaying, 5);
        return;
      }
      fake.waiting = null;
      const source = new AudioBufferSourceNode(session.output.context, { buffer: waiting });
      source.connect(session.output);
      source.start();
    },
  };
  window.fakeMicrophone = fake;

  const Original = window.AudioContext;
  class Noted extends Original {
    constructor(options?: AudioContextOptions) {
      super(options);
      fake.contexts = [...fake.contexts.filter(({ state }) => state !== 'closed'), this];
    }
  }
  window.AudioContext = Noted;

  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (this: AudioNode, ...args: Parameters<typeof connect>) {
    if (args[0] instanceof AudioDestinationNode) {
      const analyser = new AnalyserNode(this.context, { fftSize: 256 });
      Reflect.apply(connect, this, [analyser]);
      fake.analysers.push(analyser);
      if (fake.analysers.length > 8) fake.analysers.shift();
    }
    return Reflect.apply(connect, this, args);
  } as typeof connect;
  Object.assign(window, {
    loudestSample: (): number => {
      const samples = new Float32Array(256);
      return Math.max(
        0,
        ...fake.analysers.map((analyser) => {
          analyser.getFloatTimeDomainData(samples);
          return Math.max(...samples.map(Math.abs));
        }),
      );
    },
  });

  navigator.mediaDevices.getUserMedia = async () => {
    fake.opened += 1;
    while (fake.shut) await new Promise((resolve) => setTimeout(resolve, 10));
    const context = new Original();
    await context.resume();
    const output = new MediaStreamAudioDestinationNode(context);
    const noise = new GainNode(context, { gain: fake.off ? 0 : 0.001 });
    const hum = new OscillatorNode(context, { frequency: 97 });
    hum.connect(noise).connect(output);
    hum.start();
    const track = output.stream.getAudioTracks()[0];
    if (!track) throw new Error('a destination has no track');
    Object.defineProperty(track, 'muted', { get: () => fake.muted });
    const stop = track.stop.bind(track);
    track.stop = () => {
      stop();
      if (fake.session?.track === track) fake.session = null;
      if (context.state !== 'closed') void context.close();
    };
    fake.session = { track, noise, output };
    fake.startSaying();
    return output.stream;
  };
}
