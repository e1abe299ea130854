import { orAbort } from '../ai/abort.ts';
import type { Play } from '../ai/turn.ts';
import { LaGraceError } from '../errors.ts';

/** Web Audio, made when first needed: browsers let a page sound only after a person touched it. */
export interface Loudspeaker {
  /** Plays one stretch of speech; stops at once, without a click, when cancelled. */
  play: Play;
  /** For other sounds of the page; null while the browser lets it make none. */
  context(): AudioContext | null;
  /** Call it from a touch or a key: wakes a context that the browser suspended. */
  wake(): void;
}

/**
 * Starts the browser's sound before anybody waits for it: the first audio context would hold the page meanwhile (60 to 200 ms
 * in Chromium), listing the devices does not, and asks nobody. A page that is not secure has no devices. Never rejects.
 */
export async function wakeDevices(devices: Pick<MediaDevices, 'enumerateDevices'> | undefined): Promise<void> {
  await devices?.enumerateDevices().catch(() => undefined);
}

const fadeSeconds = 0.015;
const resumeTimeoutMs = 1000;

/** A loudspeaker on Web Audio; the context is made with the first sound, since browsers want a touch before it. */
export function createLoudspeaker(createContext: () => AudioContext = () => new AudioContext()): Loudspeaker {
  let context: AudioContext | null = null;
  const open = async (signal: AbortSignal): Promise<AudioContext> => {
    context ??= createContext();
    if (context.state !== 'running') await resume(context, signal);
    return context;
  };
  return {
    play: async (speech, { signal, onStart }) => {
      const output = await open(signal);
      signal.throwIfAborted();
      const buffer = output.createBuffer(1, speech.samples.length, speech.sampleRate);
      buffer.getChannelData(0).set(speech.samples);
      await playBuffer(output, buffer, signal, onStart);
    },
    context: () => (context?.state === 'running' ? context : null),
    wake: () => {
      context ??= createContext();
      void context.resume().catch(() => undefined);
    },
  };
}

/** A context waits for a person's touch for ever: the turn does not. */
async function resume(context: AudioContext, signal: AbortSignal): Promise<void> {
  const patience = AbortSignal.timeout(resumeTimeoutMs);
  try {
    await orAbort(context.resume(), AbortSignal.any([signal, patience]));
  } catch (thrown) {
    signal.throwIfAborted();
    throw new LaGraceError('sound-blocked', 'the audio context did not start; a touch is needed', { cause: thrown });
  }
}

function playBuffer(
  context: AudioContext,
  buffer: AudioBuffer,
  signal: AbortSignal,
  onStart: () => void,
): Promise<void> {
  const source = new AudioBufferSourceNode(context, { buffer });
  const gain = new GainNode(context);
  source.connect(gain).connect(context.destination);
  return new Promise<void>((resolve, reject) => {
    // The browser may suspend the sound in the middle, or a call interrupt it: it goes on when the browser lets it.
    const goOn = (): void => {
      if (context.state !== 'running') void context.resume().catch(() => undefined);
    };
    const stop = (): void => {
      context.removeEventListener('statechange', goOn);
      gain.gain.setTargetAtTime(0, context.currentTime, fadeSeconds / 3);
      source.stop(context.currentTime + fadeSeconds);
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    context.addEventListener('statechange', goOn);
    source.onended = () => {
      context.removeEventListener('statechange', goOn);
      signal.removeEventListener('abort', stop);
      gain.disconnect();
      resolve();
    };
    source.start();
    onStart();
  });
}
