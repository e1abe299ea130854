/** What is used here of the AudioWorklet's scope, which TypeScript's libraries do not describe. */
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** Samples a chunk: a frame of the speech gate, 32 ms at 16 kHz. */
const chunkSamples = 512;

/**
 * Sends the microphone's first channel, chunk by chunk, through the port it is given: `{ to: MessagePort }` begins, 'stop' sends
 * what is left and then null. It never touches the main thread, so a busy page loses no sound.
 */
class MicrophoneProcessor extends AudioWorkletProcessor {
  #to: MessagePort | null = null;
  #chunk = new Float32Array(chunkSamples);
  #filled = 0;
  #stopped = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<{ to: MessagePort } | 'stop'>) => {
      if (data === 'stop') this.#stop();
      else this.#to = data.to;
    };
  }

  process(inputs: Float32Array[][]): boolean {
    const samples = inputs[0]?.[0];
    if (samples && !this.#stopped) this.#take(samples);
    return !this.#stopped;
  }

  #take(samples: Float32Array): void {
    for (let taken = 0; taken < samples.length; ) {
      const part = samples.subarray(taken, taken + chunkSamples - this.#filled);
      this.#chunk.set(part, this.#filled);
      this.#filled += part.length;
      taken += part.length;
      if (this.#filled === chunkSamples) this.#send(this.#chunk);
    }
  }

  #send(chunk: Float32Array<ArrayBuffer>): void {
    this.#to?.postMessage(chunk, [chunk.buffer]);
    this.#chunk = new Float32Array(chunkSamples);
    this.#filled = 0;
  }

  #stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    if (this.#filled > 0) this.#send(this.#chunk.slice(0, this.#filled));
    this.#to?.postMessage(null);
    this.port.postMessage('stopped');
  }
}
registerProcessor('microphone', MicrophoneProcessor);
