import { useCounter } from '../store.ts';
import { formatMegabytes } from './format.ts';
import { keptWords, persistedWords } from './words.ts';

/** How the browser keeps the files, as lines of « Détails ». */
export function StorageLines() {
  const storage = useCounter((state) => state.storage);
  if (!storage) return null;
  const { kept, persisted, usageBytes, quotaBytes } = storage;
  const lines: [string, string][] = [
    ['Fichiers', kept ? keptWords[kept] : '–'],
    ['Effacement par le navigateur', persisted === null ? '–' : persistedWords(persisted)],
    ['Place utilisée', usageBytes === null ? '–' : formatMegabytes(usageBytes)],
    ['Place permise', quotaBytes === null ? '–' : formatMegabytes(quotaBytes)],
  ];
  return (
    <>
      <h3>Stockage</h3>
      <dl className="lines">
        {lines.map(([label, value]) => (
          <div className="line" key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
