import { LaGraceError } from '../../errors.ts';
import type { PackOf } from '../../schema.ts';
import { createFolderLoader, modelsFolder, readPackFromFiles, shippedIntentPack } from '../../tools/model-folder.ts';
import { configureRuntime } from '../runtime.ts';
import { type ContractCase, describeIntentModel } from './contract.ts';
import { intentEngines } from './engines.ts';
import { createFakeIntentModel } from './fake.ts';

configureRuntime({ threads: 1 });
const pack = await readPackFromFiles(modelsFolder, shippedIntentPack);
const readShipped = createFolderLoader(modelsFolder);

/** Every engine of the registry has its case here: the type sees to it. */
const createNgram = await intentEngines.ngram();
const cases: Record<PackOf<'intent'>['engine'], ContractCase> = {
  ngram: {
    create({ failures } = { failures: 0 }) {
      let failuresLeft = failures;
      return createNgram({
        pack,
        backend: 'wasm',
        threads: 1,
        files: async (...request) => {
          if (failuresLeft === 0) return readShipped(...request);
          failuresLeft -= 1;
          throw new LaGraceError('network-failed', 'the first reads fail');
        },
      });
    },
  },
};

for (const [name, contractCase] of Object.entries(cases)) describeIntentModel(name, contractCase);
describeIntentModel('the fake', { create: createFakeIntentModel });
