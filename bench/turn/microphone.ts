/**
 * A microphone that plays recordings, in place of the browser's: import it before the page. A hum too soft for speech fills the rest, since
 * nothing but zeros is a microphone that is switched off.
 */
interface Session {
  context: AudioContext;
  output: MediaStreamAudioDestinationNode;
}
/** The page's worklet hears nothing before that. */
const leadSeconds = 1;
let waiting: AudioBuffer | null = null;

/** Has the recording played into the microphone that is opened next. */
export async function sayNext(recording: ArrayBuffer): Promise<void> {
  waiting = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(recording.slice(0));
}

function play({ context, output }: Session): void {
  const source = new AudioBufferSourceNode(context, { buffer: waiting });
  waiting = null;
  source.connect(output);
  source.start(context.currentTime + leadSeconds);
}

navigator.mediaDevices.getUserMedia = async () => {
  const context = new AudioContext();
  await context.resume();
  const output = new MediaStreamAudioDestinationNode(context);
  const hum = new OscillatorNode(context, { frequency: 97 });
  hum.connect(new GainNode(context, { gain: 0.001 })).connect(output);
  hum.start();
  for (const track of output.stream.getTracks()) {
    const stop = track.stop.bind(track);
    track.stop = () => {
      stop();
      if (context.state !== 'closed') void context.close();
    };
  }
  play({ context, output });
  return output.stream;
};
