import './microphone.ts';
import '../../src/app/main.tsx';
import { splitSentences } from '../../src/ai/french/sentences.ts';
import { fixedAnswers } from '../../src/ai/intents/index.ts';
import { chooseModels, fetchManifest } from '../../src/app/model-choice.ts';
import { defaults } from '../../src/config.ts';
import { silentLogger } from '../../src/log.ts';
import { createRemote, type Remote } from '../../src/workers/remote.ts';
import { sayNext } from './microphone.ts';
import type { BareWorker, TurnBench } from './protocol.ts';

const fixed = new Set(fixedAnswers(defaults.region).flatMap((answer) => splitSentences(answer)));
const recordings = new Map<string, ArrayBuffer>();

const bare: Remote<BareWorker> = createRemote<BareWorker>({
  name: 'bare',
  spawn: () => new Worker(new URL('./bare.worker.ts', import.meta.url), { type: 'module' }),
  log: silentLogger,
});

async function runTurn(name: string) {
  const recording = recordings.get(name);
  const processed = recording && (await window.lagrace?.processAudio(recording, { apart: true }));
  if (!processed) throw new Error(`${name}: the page or the recording is not there`);
  const { turn } = processed;
  if (turn.outcome !== 'answered' || turn.error) {
    throw new Error(
      `${name}: the turn ended as ${turn.outcome}, ${turn.error?.code ?? 'no error'}: "${turn.transcript}"`,
    );
  }
  return turn;
}

const bench: TurnBench = {
  open: async (threads) => {
    const modelsUrl = new URL('models/', document.baseURI).href;
    const packs = chooseModels(await fetchManifest(modelsUrl, fetch), defaults);
    await bare.call('load', { packs, threads });
  },
  prepare: async (name, base64) => {
    const recording = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer;
    recordings.set(name, recording);
    const { transcript, answer } = await runTurn(name);
    const sentence = splitSentences(answer ?? '')[0] ?? '';
    const readyAnswer = fixed.has(sentence);
    const { text, samples } = await bare.call('prepare', {
      name,
      recording,
      sentence: readyAnswer ? null : sentence,
    });
    if (text !== transcript) throw new Error(`${name} was heard as "${transcript}" and as "${text}"`);
    return { seconds: samples / 16_000, readyAnswer };
  },
  beginToSay: async (name) => {
    const recording = recordings.get(name);
    if (!recording) throw new Error(`${name} was not prepared`);
    // Nothing that was said before is to change the answer.
    await window.lagrace?.processText('annule');
    await sayNext(recording);
  },
  runModels: (name) => bare.call('run', name),
  run: async (name) => ({ name, turn: (await runTurn(name)).timings, bare: await bare.call('run', name) }),
};

declare global {
  interface Window {
    turnBench: TurnBench;
  }
}
window.turnBench = bench;
