import { orAbort } from '../ai/abort.ts';
import { silenceDb } from '../ai/audio/level.ts';
import { defaultSegmenterOptions } from '../ai/audio/segmenter.ts';
import { type Utterance, utteranceSampleRate } from '../ai/engines.ts';
import type { Hear } from '../ai/turn.ts';
import { LaGraceError } from '../errors.ts';
import type { Ears } from '../workers/client.ts';
import type { LiveEvent } from '../workers/protocol.ts';

/** An open microphone: its sound comes through `port`. */
export interface OpenMicrophone {
  port: MessagePort;
  /** Rejects when the microphone is unplugged or taken away; never resolves. */
  lost: Promise<never>;
  /** Tells at once whether the microphone is muted, by its button or the system, and again when that changes. */
  watchMuted(listener: (muted: boolean) => void): void;
  stop(): void;
}

/** Milliseconds. */
export interface ListeningLimits {
  /** The microphone may take this long to open, not counting the time a person takes to allow it. */
  openMs: number;
  /** A person who is asked to allow it has this long; who allows it later speaks at the next press. */
  askMs: number;
  /** Nothing but zeros for this long is a microphone that is switched off. */
  silentMs: number;
  /** An ear that notices nothing for this long, not even silence, does not listen. */
  deafMs: number;
  /** An ear that has not ended after this long, although it notices sound, has lost the end: longer than patience and the longest speech. */
  listenMs: number;
}
export const defaultListeningLimits: ListeningLimits = {
  openMs: 10_000,
  askMs: 60_000,
  silentMs: 1500,
  deafMs: 5000,
  listenMs: 45_000,
};

export interface MicrophoneEarParts {
  ears: Pick<Ears, 'load' | 'listen' | 'stop'>;
  openMicrophone: (options: { signal: AbortSignal }) => Promise<OpenMicrophone>;
  /** True while the browser asks whether the page may listen. */
  isAskingPermission: () => Promise<boolean>;
  now: () => number;
  limits?: ListeningLimits;
  /** 0 to 1, many times a second. */
  onLevel: (level: number) => void;
  /** What is wrong with the microphone although it listens on; null once it no longer is. */
  onTrouble: (trouble: LaGraceError | null) => void;
}
export interface MicrophoneEar {
  hear: Hear;
  /** The utterance is over; what was heard counts. */
  stop(): void;
}

/**
 * Opens the microphone for one utterance and closes it after, whatever happens. A microphone that is muted or silent is named
 * at once, while the ear goes on: it may be switched on in the middle.
 */
export function createMicrophoneEar(parts: MicrophoneEarParts): MicrophoneEar {
  const { ears, limits = defaultListeningLimits, now, onLevel, onTrouble } = parts;
  let open: { stopping: AbortController; listens: boolean } | null = null;

  const hear: Hear = async ({ signal, onListening, onPause }) => {
    const session = { stopping: new AbortController(), listens: false };
    open = session;
    const leaving = new AbortController();
    const heard = (utterance: Utterance | null): Awaited<ReturnType<Hear>> => {
      return { utterance, decodeMs: null, vadMs: null, endedAt: now() };
    };
    let microphone: OpenMicrophone | null = null;
    try {
      const opening = AbortSignal.any([signal, session.stopping.signal]);
      await orAbort(ears.load({ signal }), opening);
      microphone = await openInTime(parts, limits, opening);
      session.listens = true;
      const watchLevel = watchSound(parts, limits, microphone);
      let hears = false;
      const onEvent = (event: LiveEvent): void => {
        if (!hears) onListening?.();
        hears = true;
        if (event?.type === 'pause') onPause?.(event.utterance);
        else if (event?.type === 'resume') onPause?.(null);
        else watchLevel(event);
      };
      const utterance = await listen(ears, microphone, AbortSignal.any([signal, leaving.signal]), limits, onEvent);
      if (utterance !== null && isCut(utterance)) {
        onTrouble(new LaGraceError('speech-cut', `speech was cut after ${utterance.length} samples`));
      }
      return heard(utterance);
    } catch (thrown) {
      if (!signal.aborted && session.stopping.signal.aborted && !session.listens) return heard(null);
      throw thrown;
    } finally {
      leaving.abort();
      microphone?.stop();
      onLevel(0);
      if (open === session) open = null;
    }
  };
  return {
    hear,
    stop: () => {
      if (!open) return;
      open.stopping.abort();
      // An ear that does not answer this has hung, which its listening notices.
      if (open.listens) ears.stop({ signal: AbortSignal.timeout(limits.deafMs) }).catch(() => undefined);
    },
  };
}

async function openInTime(
  { openMicrophone, isAskingPermission }: MicrophoneEarParts,
  { openMs, askMs }: ListeningLimits,
  signal: AbortSignal,
): Promise<OpenMicrophone> {
  const limit = new AbortController();
  const either = AbortSignal.any([signal, limit.signal]);
  const stuck = new LaGraceError('microphone-stuck', `the microphone did not open in ${openMs} ms`);
  const unanswered = new LaGraceError('microphone-denied', `nobody allowed the microphone in ${askMs} ms`);
  const asking = setTimeout(() => limit.abort(unanswered), askMs);
  let timer: ReturnType<typeof setTimeout> | null = null;
  const giveUp = async (): Promise<void> => {
    if (!(await isAskingPermission())) limit.abort(stuck);
    else if (timer !== null) wait();
  };
  const wait = (): void => {
    timer = setTimeout(() => void giveUp(), openMs);
  };
  wait();
  try {
    const opening = openMicrophone({ signal: either });
    // One that opens for a turn that is over must not stay open.
    opening.then(
      (late) => either.aborted && late?.stop(),
      () => undefined,
    );
    const microphone = await orAbort(opening, either);
    if (microphone?.port instanceof MessagePort) return microphone;
    throw new LaGraceError('microphone-lost', 'the microphone was opened but gives no port to hear it by');
  } finally {
    clearTimeout(asking);
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }
}

/** Rejects when the microphone is lost, or when the ear notices nothing at all any more, or never ends. */
async function listen(
  ears: MicrophoneEarParts['ears'],
  microphone: OpenMicrophone,
  signal: AbortSignal,
  { deafMs, listenMs }: ListeningLimits,
  onEvent: (event: LiveEvent) => void,
): Promise<Utterance | null> {
  const deaf = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expectMore = (): void => {
    clearTimeout(timer);
    const error = new LaGraceError('model-failed', `the ear noticed nothing for ${deafMs} ms`);
    timer = setTimeout(() => deaf.abort(error), deafMs);
  };
  const endless = setTimeout(() => {
    deaf.abort(new LaGraceError('model-failed', `the ear did not end within ${listenMs} ms`));
  }, listenMs);
  const either = AbortSignal.any([signal, deaf.signal]);
  expectMore();
  try {
    const listening = ears.listen(microphone.port, {
      signal: either,
      onEvent: (event) => {
        expectMore();
        onEvent(event);
      },
    });
    return await orAbort(Promise.race([listening, microphone.lost]), either);
  } finally {
    clearTimeout(timer);
    clearTimeout(endless);
  }
}

/** Notices a microphone that is muted, or that gives nothing but zeros. */
function watchSound(
  { now, onLevel, onTrouble }: MicrophoneEarParts,
  { silentMs }: ListeningLimits,
  microphone: OpenMicrophone,
): (event: LiveEvent) => void {
  let trouble: LaGraceError | null = null;
  let soundedAt = now();
  const change = (next: LaGraceError | null): void => {
    if (next?.code === trouble?.code) return;
    trouble = next;
    onTrouble(next);
  };
  microphone.watchMuted((muted) => {
    soundedAt = now();
    change(muted ? new LaGraceError('microphone-muted', 'the microphone is muted by its button or the system') : null);
  });
  return (event) => {
    if (event?.type !== 'level' || !Number.isFinite(event.rmsDb)) return;
    onLevel(levelOf(event.rmsDb));
    if (event.peakDb > silenceDb) {
      soundedAt = now();
      if (trouble?.code === 'microphone-silent') change(null);
    } else if (!trouble && now() - soundedAt > silentMs) {
      change(new LaGraceError('microphone-silent', `the microphone gave nothing but zeros for ${silentMs} ms`));
    }
  };
}

/** True for speech that went on when the ear had all it can take: the segmenter ends a segment there. */
function isCut(utterance: Utterance): boolean {
  const { maxSpeechMs, silenceMs } = defaultSegmenterOptions;
  return (utterance.length / utteranceSampleRate) * 1000 > maxSpeechMs - silenceMs;
}

const quietDb = -60;
const loudDb = -12;

/** A level in dB below full scale as 0 to 1 for the ring: a quiet room is 0, a voice close by is 1. */
export function levelOf(rmsDb: number): number {
  return Math.min(1, Math.max(0, (rmsDb - quietDb) / (loudDb - quietDb)));
}
