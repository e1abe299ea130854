import { importEspeak } from '../../../scripts/espeak-data.mjs';
import type { PackOf } from '../../schema.ts';
import { configureRuntime } from '../runtime.ts';
import { type ContractCase, describeTextToSpeech } from './contract.ts';
import { textToSpeechEngines } from './engines.ts';
import { createEspeak } from './espeak.ts';
import { createFakeTextToSpeech } from './fake.ts';
import { createTinyVoice, tinyPack } from './tiny-voice.ts';

configureRuntime({ threads: 1 });
const espeak = await createEspeak(await importEspeak());

/** Every engine of the registry has its case here: the type sees to it. */
const cases: Record<PackOf<'tts'>['engine'], ContractCase> = {
  piper: {
    async create({ failures } = { failures: 0 }) {
      const { pack, files } = tinyPack(createTinyVoice());
      const createVoice = await textToSpeechEngines.piper();
      let failuresLeft = failures;
      return createVoice({
        pack,
        files: async (_, { path, bytes }, { onBytes } = {}) => {
          if (failuresLeft-- > 0) throw new Error(`${path} is not there yet`);
          onBytes?.(bytes);
          return files[path] ?? new Blob();
        },
        backend: 'auto',
        threads: 1,
        region: 'CD',
        phonemizer: async (voice) => espeak.phonemizer(voice),
      });
    },
  },
};

for (const [engine, contractCase] of Object.entries(cases)) describeTextToSpeech(engine, contractCase);

describeTextToSpeech('the fake', {
  create({ failures } = { failures: 0 }) {
    let failuresLeft = failures;
    return createFakeTextToSpeech({
      beforeLoad: async () => {
        if (failuresLeft-- > 0) throw new Error('not there yet');
      },
    });
  },
});
