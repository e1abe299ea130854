import { useSyncExternalStore } from 'react';
import { formatBytes } from '../../counter/format.ts';
import { keptWords, persistedWords } from '../../counter/words.ts';
import { useOffice } from '../office-parts.ts';
import type { Totals } from './rows.ts';
import { countFiles, mirrorWords, troubleWords } from './words.ts';

/** How the mirror stands, how much room there is, and which files cannot be mirrored. */
export function MirrorFacts({ totals }: { totals: Totals }) {
  const { mirror, storage } = useOffice();
  const { status } = useSyncExternalStore(mirror.state.subscribe, mirror.state.getState);
  const { kept, persisted, usageBytes, quotaBytes } = useSyncExternalStore(
    storage.state.subscribe,
    storage.state.getState,
  );
  const facts: [string, string][] = [
    ['Copie avec le disque', mirrorWords(status)],
    ['Dans ce navigateur', formatBytes(totals.hereBytes)],
    ['Sur le disque', status?.companion === 'there' ? formatBytes(totals.diskBytes) : '–'],
    ['Inutilisés depuis un mois', `${countFiles(totals.unusedFiles)}, ${formatBytes(totals.unusedBytes)}`],
    ['Rangement', kept ? keptWords[kept] : '–'],
    ['Effacement par le navigateur', persisted === null ? '–' : persistedWords(persisted)],
    [
      'Place',
      usageBytes === null || quotaBytes === null ? '–' : `${formatBytes(usageBytes)} sur ${formatBytes(quotaBytes)}`,
    ],
  ];
  return (
    <>
      <dl className="office-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {status && status.troubles.length > 0 && (
        <section className="tree-troubles">
          <h2>Pas copiés</h2>
          <ul>
            {status.troubles.map(({ path, code, message }) => (
              <li key={path}>
                <details>
                  <summary>
                    {path} : {troubleWords(code)}
                  </summary>
                  {message}
                </details>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
