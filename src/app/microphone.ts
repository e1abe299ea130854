import { utteranceSampleRate } from '../ai/engines.ts';
import { LaGraceError } from '../errors.ts';
import workletUrl from '../workers/microphone.worklet.ts?worker&url';
import type { OpenMicrophone } from './microphone-ear.ts';

export interface MicrophoneOptions {
  signal: AbortSignal;
  /** The echo of the answer, the room's hum and a clerk who stands far away are left to the browser, unless one is told otherwise. */
  processing?: { echoCancellation?: boolean; noiseSuppression?: boolean; autoGainControl?: boolean };
}
const defaultProcessing = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
/** How long the worklet may take to send its last samples. */
const farewellMs = 200;
/**
 * Chromium keeps a context and all its nodes for as long as the page lives, if it is closed before its worklet knows that nothing is
 * connected any more. 10 ms were enough.
 */
const disconnectedMs = 100;

/**
 * Opens the microphone at 16 kHz; its chunks come through `port`, and null after the last. Rejects with microphone-denied,
 * microphone-missing, microphone-lost (it is there but cannot be used) or sound-blocked, or with an AbortError.
 * `stop` undoes everything; `signal` does too.
 */
export async function openMicrophone({ signal, processing }: MicrophoneOptions): Promise<OpenMicrophone> {
  signal.throwIfAborted();
  const context = new AudioContext({ sampleRate: utteranceSampleRate });
  // The device and what hears it are made ready side by side: the clerk waits for both.
  const prepared = prepare(context, signal);
  let stream: MediaStream | null = null;
  const close = (): void => {
    if (stream) stopTracks(stream);
    // It is closed already when the device failed.
    context.close().catch(() => undefined);
  };
  try {
    stream = await requestStream({ channelCount: 1, ...defaultProcessing, ...processing });
    signal.throwIfAborted();
    await prepared;
    return connect(stream, context, close, signal);
  } catch (thrown) {
    close();
    signal.throwIfAborted();
    throw thrown;
  }
}

function prepare(context: AudioContext, signal: AbortSignal): Promise<void> {
  const preparing = context.audioWorklet.addModule(workletUrl).then(() => resume(context, signal));
  // Whoever waits for the stream first hears of it afterwards.
  preparing.catch(() => undefined);
  return preparing;
}

async function requestStream(audio: MediaTrackConstraints): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (cause) {
    throw microphoneError(cause);
  }
}

function connect(stream: MediaStream, context: AudioContext, close: () => void, signal: AbortSignal): OpenMicrophone {
  const source = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
  const node = new AudioWorkletNode(context, 'microphone', { numberOfOutputs: 0 });
  const { port1, port2 } = new MessageChannel();
  node.port.postMessage({ to: port1 }, [port1]);
  source.connect(node);

  const lost = whenLost(stream, context, signal);
  // Who only waits for the utterance need not know.
  lost.catch(() => undefined);
  let isStopped = false;
  const stop = (): void => {
    if (isStopped) return;
    isStopped = true;
    signal.removeEventListener('abort', stop);
    const end = (): void => {
      clearTimeout(timer);
      stopTracks(stream);
      source.disconnect();
      setTimeout(close, disconnectedMs);
    };
    const timer = setTimeout(end, farewellMs);
    node.port.onmessage = end;
    node.port.postMessage('stop');
  };
  signal.addEventListener('abort', stop, { once: true });
  return { port: port2, lost, watchMuted: (listener) => watchMuted(stream, listener), stop };
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function watchMuted(stream: MediaStream, listener: (muted: boolean) => void): void {
  for (const track of stream.getAudioTracks()) {
    track.addEventListener('mute', () => listener(true));
    track.addEventListener('unmute', () => listener(false));
    listener(track.muted);
  }
}

/** True while the browser asks a person whether the page may listen; false where it does not tell. */
export async function isAskingPermission(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' })).state === 'prompt';
  } catch {
    return false;
  }
}

/** A page that nobody has touched yet gets no sound: the browser then leaves `resume` waiting. */
async function resume(context: AudioContext, signal: AbortSignal): Promise<void> {
  const isRunning = (): boolean => context.state === 'running';
  if (isRunning()) return;
  await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, 1000))]);
  signal.throwIfAborted();
  if (!isRunning()) {
    throw new LaGraceError('sound-blocked', 'the browser keeps the audio context suspended until the page is touched');
  }
}

/** Rejects when the microphone is unplugged or taken away, or when the browser stops the sound for good; never resolves. */
function whenLost(stream: MediaStream, context: AudioContext, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = (message: string): void => reject(new LaGraceError('microphone-lost', message));
    for (const track of stream.getAudioTracks()) {
      track.addEventListener('ended', () => fail('the microphone was unplugged or its permission taken back'));
    }
    context.addEventListener('error', () => fail('the audio device failed'));
    // Suspended after a while in the background, or interrupted by a call: it goes on when the browser lets it.
    context.addEventListener('statechange', () => {
      if (context.state !== 'closed') resume(context, signal).catch(reject);
    });
  });
}

function microphoneError(cause: unknown): LaGraceError {
  const name = cause instanceof DOMException ? cause.name : '';
  const message = cause instanceof Error ? cause.message : String(cause);
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new LaGraceError('microphone-denied', `the microphone is not allowed: ${message}`, { cause });
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new LaGraceError('microphone-missing', `there is no microphone: ${message}`, { cause });
    default:
      return new LaGraceError('microphone-lost', `the microphone cannot be opened: ${name} ${message}`, { cause });
  }
}
