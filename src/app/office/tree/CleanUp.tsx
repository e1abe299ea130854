import { useState } from 'react';
import { cleanUp } from '../../../storage/clean-up.ts';
import { formatBytes } from '../../counter/format.ts';
import { type OfficeParts, useOffice } from '../office-parts.ts';
import type { Totals } from './rows.ts';
import { countFiles } from './words.ts';

/** Looks first at what clean-up would take on the disk as well; what is taken from here can be fetched again. */
export function CleanUp({ totals, onDone }: { totals: Totals; onDone: () => Promise<void> }) {
  const office = useOffice();
  const [seen, setSeen] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async (dryRun: boolean): Promise<void> => {
    setBusy(true);
    try {
      setSeen(dryRun ? await describeDryRun(office, totals) : await clean(office));
      if (!dryRun) await onDone();
    } catch (thrown) {
      office.log.warn('clean-up failed', thrown);
      setSeen('Le nettoyage n’a pas abouti. Réessayez dans un instant.');
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="tree-clean">
      <button className="text-button" type="button" disabled={isBusy} onClick={() => void run(true)}>
        Voir ce qui partirait
      </button>
      <button className="office-action" type="button" disabled={isBusy} onClick={() => void run(false)}>
        Nettoyer
      </button>
      <p role="status">{seen}</p>
    </div>
  );
}

async function describeDryRun(office: OfficeParts, { unusedFiles, unusedBytes }: Totals): Promise<string> {
  const disk = await cleanDisk(office, true);
  const here = `ici ${countFiles(unusedFiles)} (${formatBytes(unusedBytes)})`;
  return `Partiraient : ${here}${disk ? `, sur le disque ${countFiles(disk.count)} (${formatBytes(disk.bytes)})` : ''}.`;
}

async function clean({ storage, isInUse, now, log, ...office }: OfficeParts): Promise<string> {
  const gone = await cleanUp({ tree: storage.files.tree, isInUse, now: now(), log });
  const disk = await cleanDisk({ storage, isInUse, now, log, ...office }, false);
  return `Nettoyé : ${countFiles(gone.length)} ici${disk ? `, ${countFiles(disk.count)} sur le disque` : ''}.`;
}

/** Null when there is no companion. */
async function cleanDisk({ mirror, companion }: OfficeParts, dryRun: boolean) {
  if (mirror.state.getState().status?.companion !== 'there') return null;
  return companion.cleanUp({ dryRun, signal: AbortSignal.timeout(60_000) });
}
