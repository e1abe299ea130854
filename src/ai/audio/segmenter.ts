/** When speech begins and ends. Thresholds are probabilities, 0 to 1; all else is milliseconds. */
export interface SegmenterOptions {
  /** At or above it a frame is speech. */
  speechThreshold: number;
  /** Below it a frame is silence; between the two it is whatever came before. */
  silenceThreshold: number;
  /** This much silence ends the speech. */
  silenceMs: number;
  /** This much silence is a pause, which may turn out to be the end; not less than `postPadMs`, so that what was said is whole by then. */
  pauseMs: number;
  /** Less speech than this was a misfire: a click, a cough. */
  minSpeechMs: number;
  /** Kept from before the first frame of speech, so that its attack is not cut. */
  prePadMs: number;
  /** Kept after the last frame that was not silence. */
  postPadMs: number;
  /** Longer speech is cut here, and goes on as a new segment. */
  maxSpeechMs: number;
}

/** Chosen for short sentences at a counter: half a second of silence ends the turn. */
export const defaultSegmenterOptions: SegmenterOptions = {
  speechThreshold: 0.5,
  silenceThreshold: 0.35,
  silenceMs: 600,
  pauseMs: 280,
  minSpeechMs: 160,
  prePadMs: 320,
  postPadMs: 250,
  maxSpeechMs: 28_000,
};

/**
 * Places are frames counted from the start; `end` is the first frame after the speech. After a `pause` comes either a `resume`, or the
 * `speech-end` of that same stretch; of a longer one, where the speech went on just when it was cut for its length.
 */
export type SegmenterEvent =
  | { type: 'speech-start'; start: number }
  | { type: 'pause'; start: number; end: number }
  | { type: 'resume' }
  | { type: 'speech-end'; start: number; end: number }
  | { type: 'misfire' };

interface Speaking {
  start: number;
  /** The first frame after the last one that was not silence. */
  end: number;
  speechFrames: number;
  silentFrames: number;
  isPaused: boolean;
}
export interface SegmenterState {
  /** Frames seen. */
  frame: number;
  /** No segment may begin before this one: the end of the last. */
  earliestStart: number;
  speaking: Speaking | null;
}
export const initialSegmenterState: SegmenterState = { frame: 0, earliestStart: 0, speaking: null };

/** Takes the speech probability of one more frame; gives the state after it and what it brought about, if anything. */
export function advanceSegmenter(
  state: SegmenterState,
  probability: number,
  options: SegmenterOptions,
  frameMs: number,
): [SegmenterState, SegmenterEvent | null] {
  const isSpeech = probability >= options.speechThreshold;
  const frame = state.frame + 1;
  if (!state.speaking) {
    if (!isSpeech) return [{ ...state, frame }, null];
    const start = Math.max(state.earliestStart, state.frame - Math.round(options.prePadMs / frameMs));
    const speaking = { start, end: frame, speechFrames: 1, silentFrames: 0, isPaused: false };
    return [
      { ...state, frame, speaking },
      { type: 'speech-start', start },
    ];
  }
  const extended = extend(state.speaking, frame, isSpeech, probability < options.silenceThreshold);
  const isPaused =
    (frame - extended.end) * frameMs >= options.pauseMs && extended.speechFrames * frameMs >= options.minSpeechMs;
  const speaking = { ...extended, isPaused };
  const isOver = speaking.silentFrames * frameMs >= options.silenceMs;
  const isTooLong = (frame - speaking.start) * frameMs >= options.maxSpeechMs;
  const next = { ...state, frame, speaking };
  if (isOver || isTooLong) return endSegment(next, options, frameMs);
  if (isPaused === extended.isPaused) return [next, null];
  return [next, isPaused ? { type: 'pause', ...stretchOf(speaking, frame, options, frameMs) } : { type: 'resume' }];
}

/** Ends the speech that is going on, as when the button is pressed again. */
export function endSegment(
  state: SegmenterState,
  options: SegmenterOptions,
  frameMs: number,
): [SegmenterState, SegmenterEvent | null] {
  const { speaking, frame } = state;
  if (!speaking) return [state, null];
  if (speaking.speechFrames * frameMs < options.minSpeechMs) {
    return [{ ...state, speaking: null }, { type: 'misfire' }];
  }
  const stretch = stretchOf(speaking, frame, options, frameMs);
  return [
    { frame, earliestStart: stretch.end, speaking: null },
    { type: 'speech-end', ...stretch },
  ];
}

/** What was said up to now, with its padding. */
function stretchOf(
  { start, end }: Speaking,
  frame: number,
  { postPadMs }: SegmenterOptions,
  frameMs: number,
): { start: number; end: number } {
  return { start, end: Math.min(frame, end + Math.round(postPadMs / frameMs)) };
}

function extend(speaking: Speaking, frame: number, isSpeech: boolean, isSilence: boolean): Speaking {
  return {
    ...speaking,
    end: isSilence ? speaking.end : frame,
    speechFrames: speaking.speechFrames + (isSpeech ? 1 : 0),
    silentFrames: isSpeech ? 0 : speaking.silentFrames + (isSilence ? 1 : 0),
  };
}
