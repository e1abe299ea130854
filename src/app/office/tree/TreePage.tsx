import './tree.css';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import { CleanUp } from './CleanUp.tsx';
import { FileTable } from './FileTable.tsx';
import { MirrorFacts } from './MirrorFacts.tsx';
import { Refused } from './Refused.tsx';
import { filterRows, totalsOf } from './rows.ts';
import { useTree } from './use-tree.ts';

/** The files of this browser and of the shop's folder: where each is, how the mirror stands, what clean-up would take. */
export function TreePage() {
  const { rows, reload } = useTree();
  const [typed, setTyped] = useState('');
  const shownFor = useDeferredValue(typed);
  const shown = useMemo(() => filterRows(rows ?? [], shownFor), [rows, shownFor]);
  const totals = useMemo(() => totalsOf(rows ?? []), [rows]);
  const filterId = useId();
  if (!rows) return <p className="office-wait">Je cherche les fichiers…</p>;
  return (
    <>
      <header className="office-head">
        <h1>Fichiers</h1>
        <CleanUp totals={totals} onDone={reload} />
      </header>
      <MirrorFacts totals={totals} />
      <Refused />
      <p className="tree-filter">
        <label htmlFor={filterId}>Chercher</label>
        <input id={filterId} type="search" value={typed} onChange={(event) => setTyped(event.target.value)} />
      </p>
      {shown.length > 0 ? (
        <FileTable rows={shown} />
      ) : (
        <p className="office-empty">
          {rows.length === 0 ? 'Aucun fichier encore : ouvrez le comptoir, il apporte ses modèles.' : 'Rien de ce nom.'}
        </p>
      )}
    </>
  );
}
