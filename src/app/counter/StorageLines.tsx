import { useCounter } from '../store.ts';
import { formatBytes } from './format.ts';
import { Lines } from './Lines.tsx';
import { keptWords, persistedWords } from './words.ts';

/** How the browser keeps the files, as lines of « Détails ». */
export function StorageLines() {
  const storage = useCounter((state) => state.storage);
  if (!storage) return null;
  const { kept, persisted, usageBytes, quotaBytes } = storage;
  const lines = [
    { label: 'Fichiers', value: kept ? keptWords[kept] : '–' },
    { label: 'Effacement par le navigateur', value: persisted === null ? '–' : persistedWords(persisted) },
    { label: 'Place utilisée', value: usageBytes === null ? '–' : formatBytes(usageBytes) },
    { label: 'Place permise', value: quotaBytes === null ? '–' : formatBytes(quotaBytes) },
  ];
  return (
    <>
      <h3>Stockage</h3>
      <Lines lines={lines} />
    </>
  );
}
