import './tokens.css';
import './base.css';
import espeakData from 'virtual:espeak-data';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { fixedQuestions } from '../ai/dialogue.ts';
import type { TextToSpeech } from '../ai/engines.ts';
import { splitSentences } from '../ai/french/sentences.ts';
import { fixedAnswers } from '../ai/intents/index.ts';
import { renderAhead } from '../ai/render-ahead.ts';
import { type Config, resolveConfig, threadBudget } from '../config.ts';
import type { Task, Turn } from '../schema.ts';
import { type CompanionClient, createCompanionClient } from '../storage/companion-client.ts';
import { modelPaths } from '../storage/model-paths.ts';
import { readSettings } from '../storage/settings.ts';
import {
  type ClientOptions,
  connectEars,
  connectIntentModel,
  connectSpeechToText,
  connectTextToSpeech,
} from '../workers/client.ts';
import { runtimeFiles } from '../workers/runtime-files.ts';
import { type AssistantParts, createAssistant, type HostAssistant } from './assistant.ts';
import { BrowserTooOld } from './BrowserTooOld.tsx';
import { missingFeatures } from './browser-support.ts';
import { CounterPage } from './counter/CounterPage.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { followWithEarcons, playEarcon } from './earcons.ts';
import type { PageFaults } from './faults.ts';
import { createFirstStart } from './first-start.ts';
import { createFailedHost, createHost } from './host.ts';
import { isAskingPermission, openMicrophone } from './microphone.ts';
import { chooseModels, fetchManifest, type ModelChoice, modelsInUse } from './model-choice.ts';
import { atMostEvery, onNextFrame } from './next-frame.ts';
import { officeAddress } from './office/pages.ts';
import { registerOffline } from './offline.ts';
import { openPageMirror } from './page-mirror.ts';
import { openPageStorage } from './page-storage.ts';
import { createLoudspeaker, wakeDevices } from './player.ts';
import { decodeWithBrowser, hearRecording } from './recording.ts';
import { StartFailure } from './StartFailure.tsx';
import { openShop, type Shop } from './shop.ts';
import { CounterProvider, createCounterStore } from './store.ts';
import { describeSpeech } from './turn-log.ts';

// First of all: every model is read through it.
const storage = openPageStorage(
  () => new Worker(new URL('../workers/tree.worker.ts', import.meta.url), { type: 'module' }),
);
const { log } = storage;
const mirror = openPageMirror({ files: storage.files, log });
const loudspeaker = createLoudspeaker();
const modelsUrl = new URL('models/', document.baseURI).href;
const now = (): number => performance.now();
/** A companion says at once which counter this is, unless it opens its database for the first time. */
const findCounterMs = 30_000;
/** A turn's progress is drawn no oftener: each drawing holds up the messages between the turn's workers. */
const drawingGapMs = 80;

/** The engines behind their workers, as this machine and the configuration want them. */
function connectEngines(
  models: ModelChoice,
  config: Config,
  { onLost, faults }: { onLost: (task: Task) => void; faults: PageFaults | null },
) {
  const runtime = runtimeFiles(document.baseURI);
  const setup = (threads: number): ClientOptions['setup'] => ({ modelsUrl, runtime, threads });
  const threads = threadBudget(config.threads, navigator.hardwareConcurrency, crossOriginIsolated);
  const client = (
    task: Task,
    name: string,
    spawn: () => Worker,
  ): Pick<ClientOptions, 'spawn' | 'openTree' | 'onLost' | 'log' | 'onLog' | 'limits'> => ({
    spawn: () => (faults ? faults.worker(spawn(), name) : spawn()),
    openTree: storage.files.openPort,
    onLost: () => onLost(task),
    log,
    onLog: storage.onLog,
    ...(faults && { limits: faults.workerLimits }),
  });
  return {
    ears: connectEars({
      ...client(
        'vad',
        'audio',
        () => new Worker(new URL('../workers/audio.worker.ts', import.meta.url), { type: 'module' }),
      ),
      setup: setup(1),
      pack: models.vad,
    }),
    stt: connectSpeechToText({
      ...client(
        'stt',
        'stt',
        () => new Worker(new URL('../workers/stt.worker.ts', import.meta.url), { type: 'module' }),
      ),
      setup: setup(threads),
      pack: models.stt,
      backend: config.backend,
      shortWindow: config.shortWindow,
    }),
    intents: connectIntentModel({
      ...client(
        'intent',
        'nlu',
        () => new Worker(new URL('../workers/nlu.worker.ts', import.meta.url), { type: 'module' }),
      ),
      setup: setup(1),
      pack: models.intent,
      money: config,
    }),
    tts: connectTextToSpeech({
      ...client(
        'tts',
        'tts',
        () => new Worker(new URL('../workers/tts.worker.ts', import.meta.url), { type: 'module' }),
      ),
      setup: setup(threads),
      pack: models.tts,
      espeakData: new URL(espeakData, document.baseURI).href,
      region: config.region,
    }),
  };
}

/** Only a build for tests (`vite build --mode faults`) can make the page's parts fail; others leave this out. */
async function readFaults(): Promise<PageFaults | null> {
  if (import.meta.env.MODE !== 'faults') return null;
  const { startFaults } = await import('./faults.ts');
  return startFaults(new URLSearchParams(location.search), storage.files.tree);
}

async function startAssistant(config: Config, { dialogue }: Shop): Promise<HostAssistant> {
  const models = chooseModels(await fetchManifest(modelsUrl, fetch), config);
  storage.setPacks(Object.values(models));
  const faults = await readFaults();
  const lostListeners = new Set<(task: Task) => void>();
  const onLost = (task: Task): void => {
    for (const listener of lostListeners) listener(task);
  };
  const engines = connectEngines(models, config, { onLost, faults });
  const fixedSentences = [...fixedAnswers(config.region), ...fixedQuestions].flatMap((fixed) => splitSentences(fixed));
  const ahead = renderAhead(engines.tts, fixedSentences, config.speaker);
  const parts: AssistantParts = {
    ...engines,
    tts: ahead.tts,
    renderAhead: ahead.renderAll,
    onWorkerLost: (listener) => lostListeners.add(listener),
    models: modelsInUse(models),
    respond: dialogue.respond,
    foresee: dialogue.foresee,
    startApart: dialogue.startApart,
    splitSentences,
    play: loudspeaker.play,
    speaker: config.speaker,
    openMicrophone,
    isAskingPermission,
    hearRecording: (recording) =>
      hearRecording(recording, {
        ears: engines.ears,
        decodeOther: decodeWithBrowser,
        ...(faults && { limits: faults.timeLimits }),
        now,
      }),
    log,
    now,
    newId: () => crypto.randomUUID(),
  };
  const assistant = createAssistant(faults ? faults.parts(parts) : parts);
  const modelFiles = Object.values(models).flatMap(modelPaths);
  assistant.subscribe((event) => {
    if (event.type === 'ready') void keepUpLater(engines.tts);
    // Not before the models are there, or have failed: they come first.
    if (event.type === 'ready' || event.type === 'failed') {
      mirror.start(modelFiles);
      registerOffline(log);
    }
    if (event.type === 'turn' && event.event.type === 'turn-end') keepTurn(event.event.turn, config);
  });
  return assistant;
}

/** What is kept of a turn: for the companion's other programs, and what was said for owners who turned that on. */
function keepTurn(turn: Turn, { keepTranscripts }: Config): void {
  const said = keepTranscripts ? describeSpeech(turn) : null;
  if (said) log.info(said);
  mirror
    .keepTurn(turn, { keepTranscripts })
    .catch((thrown: unknown) => log.warn(`turn ${turn.id} could not be kept for the companion`, thrown));
}

/** Looks after the files once the voice, which comes last, is there or has failed, and the page rests. */
async function keepUpLater(tts: TextToSpeech): Promise<void> {
  await tts.load({ signal: new AbortController().signal }).catch(() => undefined);
  requestIdleCallback(() => void storage.keepUp(modelsUrl), { timeout: 10_000 });
}

/** Asks a companion that keeps a shop's folder which counter this is; one that only serves the page has none. */
async function findCounter(shop: Shop, companion: CompanionClient): Promise<void> {
  const signal = AbortSignal.timeout(findCounterMs);
  const rootId = await companion.rootId({ signal }).catch(() => null);
  if (rootId !== null) await shop.findCounter({ signal });
}

async function start(): Promise<void> {
  const container = document.getElementById('root');
  if (!container) throw new Error('index.html has no #root');
  const root = createRoot(container);
  const missing = missingFeatures(window);
  if (missing.length > 0) {
    root.render(<BrowserTooOld missing={missing} />);
    return;
  }
  try {
    const config = resolveConfig(await readSettings(log), new URLSearchParams(location.search));
    const companion = createCompanionClient({ origin: '', fetch: fetch.bind(window) });
    if (location.pathname === officeAddress) {
      const { startOffice } = await import('./office/start-office.tsx');
      const packs = Object.values(chooseModels(await fetchManifest(modelsUrl, fetch), config));
      startOffice(root, { config, packs, storage, mirror, companion, log });
      registerOffline(log);
      return;
    }
    void wakeDevices(navigator.mediaDevices);
    const shop = await openShop({ config, registry: companion, log });
    void findCounter(shop, companion);
    mirror.state.subscribe(({ status }, before) => {
      if (status?.companion === 'there' && before.status?.companion !== 'there') void findCounter(shop, companion);
    });
    const assistant = await startAssistant(config, shop);
    const store = createCounterStore(assistant, {
      firstStart: createFirstStart(() => localStorage),
      schedule: atMostEvery(drawingGapMs, onNextFrame),
      storage: storage.state,
      dialogue: shop.dialogue.view,
      mirror: mirror.state,
    });
    window.lagrace = createHost(assistant);
    for (const gesture of ['pointerdown', 'keydown']) {
      addEventListener(gesture, loudspeaker.wake);
      addEventListener(gesture, () => void storage.askPersistence(), { once: true });
    }
    const earcon: Parameters<typeof followWithEarcons>[1] = (name) => {
      const context = loudspeaker.context();
      if (context) playEarcon(context, name);
    };
    followWithEarcons(store, earcon, () => config.earcons);
    root.render(
      <StrictMode>
        <ErrorBoundary onError={(error) => log.error('the screen failed', error)}>
          <CounterProvider value={store}>
            <CounterPage />
          </CounterProvider>
        </ErrorBoundary>
      </StrictMode>,
    );
  } catch (thrown) {
    log.error('the page could not start', thrown);
    window.lagrace = createFailedHost(thrown);
    root.render(<StartFailure thrown={thrown} />);
    registerOffline(log);
  }
}

void start();
