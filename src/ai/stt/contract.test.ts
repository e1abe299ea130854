import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { packs } from '../../../scripts/packs.mjs';
import { type PackOf, packSchema } from '../../schema.ts';
import { parseWav } from '../audio/wav.ts';
import { configureRuntime } from '../runtime.ts';
import { type ContractCase, describeSpeechToText } from './contract.ts';
import { speechToTextEngines } from './engines.ts';
import { createFakeSpeechToText } from './fake.ts';

const fromRoot = (path: string): URL => new URL(`../../../${path}`, import.meta.url);
configureRuntime({ threads: 1 });

/** The starter of an engine, from its declaration and the files under `public/models`. */
function starterOf(engine: PackOf<'stt'>['engine']): PackOf<'stt'> {
  const declared = packs.find((pack) => pack.task === 'stt' && pack.engine === engine);
  const pack = v.parse(packSchema, {
    ...declared,
    files: declared?.files.map(({ path }) => ({
      path,
      bytes: statSync(fileURLToPath(fromRoot(`public/models/${declared.root}/${path}`))).size,
      sha256: '0'.repeat(64),
    })),
  });
  if (pack.task !== 'stt') throw new Error(`${pack.id} is no recogniser`);
  return pack;
}

function recorded(file: string): Float32Array {
  return parseWav(readFileSync(fromRoot(`e2e/audio/${file}`)), { maxSeconds: 60 }).samples.slice(0.4 * 16_000);
}

/** Every engine of the registry has its case here: the type sees to it. */
const cases: Record<PackOf<'stt'>['engine'], ContractCase> = {
  whisper: {
    create: async ({ failures } = { failures: 0 }) => {
      const createRecogniser = await speechToTextEngines.whisper();
      let failuresLeft = failures;
      return createRecogniser({
        pack: starterOf('whisper'),
        backend: 'auto',
        threads: 1,
        files: async ({ root }, { path, bytes }, { onBytes } = {}) => {
          if (failuresLeft-- > 0) throw new Error(`${path} is not there yet`);
          onBytes?.(bytes);
          return new Blob([readFileSync(fromRoot(`public/models/${root}/${path}`))]);
        },
      });
    },
    speech: {
      utterance: recorded('invoice-250-dollars.wav'),
      text: 'je voudrais une facture de deux cent cinquante dollars',
    },
  },
};

for (const [engine, contractCase] of Object.entries(cases)) describeSpeechToText(engine, contractCase);

describeSpeechToText('the fake', {
  create: ({ failures } = { failures: 0 }) => {
    let failuresLeft = failures;
    return createFakeSpeechToText({
      beforeLoad: async () => {
        if (failuresLeft-- > 0) throw new Error('not there yet');
      },
    });
  },
  speech: { utterance: new Float32Array(16_000).fill(0.5), text: 'bonjour madame' },
});
