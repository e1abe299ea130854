import './documents.css';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { documentsCsv } from '../../../documents/csv.ts';
import type { IssuedDocument } from '../../../schema/documents.ts';
import { formatDay, formatTime, minorWithSign } from '../../counter/format.ts';
import { kindWords, stateWords } from '../../counter/words.ts';
import { useOffice } from '../office-parts.ts';
import { CancelDocument } from './CancelDocument.tsx';
import { DocumentDialog } from './DocumentDialog.tsx';
import { download, issuedOnly, searchDocuments } from './document-list.ts';

/** Everything this counter issued: found, opened, cancelled, exported. */
export function DocumentsPage() {
  const { openShop, now, log } = useOffice();
  const [documents, setDocuments] = useState<IssuedDocument[] | null>(null);
  const [logo, setLogo] = useState('');
  const [failed, setFailed] = useState(false);
  const [search, setSearch] = useState('');
  const [openId, setOpenId] = useState<string | null>(null);

  const load = useCallback(async () => {
    try {
      const shop = await openShop();
      setDocuments(issuedOnly(await shop.documents.list()));
      setLogo((await shop.readProfile()).logo);
    } catch (thrown) {
      log.error('the documents cannot be read', thrown);
      setFailed(true);
    }
  }, [openShop, log]);
  useEffect(() => void load(), [load]);

  const found = useMemo(() => searchDocuments(documents ?? [], search), [documents, search]);
  const open = documents?.find(({ id }) => id === openId);
  const exportCsv = (): void => {
    const day = new Date(now()).toLocaleDateString('sv');
    download(documentsCsv(found), `documents-${day}.csv`, 'text/csv;charset=utf-8');
  };
  const cancel = async (id: string): Promise<void> => {
    const shop = await openShop();
    await shop.documents.cancel(id);
    await load();
  };

  return (
    <>
      <header className="office-head">
        <h1>Documents</h1>
        <button className="office-action" type="button" disabled={found.length === 0} onClick={exportCsv}>
          Exporter en CSV
        </button>
      </header>
      <input
        className="documents-search"
        type="search"
        aria-label="Chercher"
        placeholder="Numéro, client, montant…"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {failed && <p className="office-note">Je n’arrive pas à lire les documents. Rechargez la page.</p>}
      {documents !== null && found.length === 0 && (
        <p className="office-empty">
          {documents.length === 0
            ? 'Pas encore de document. Au comptoir, dites « fais une facture ».'
            : 'Aucun document ne correspond. Essayez un autre mot.'}
        </p>
      )}
      {found.length > 0 && <DocumentsTable documents={found} onOpen={setOpenId} />}
      {open && (
        <DocumentDialog document={open} logo={logo} onClose={() => setOpenId(null)}>
          <CancelDocument document={open} onCancel={() => cancel(open.id)} />
        </DocumentDialog>
      )}
    </>
  );
}

interface TableProps {
  documents: readonly IssuedDocument[];
  onOpen: (id: string) => void;
}
function DocumentsTable({ documents, onOpen }: TableProps) {
  return (
    <table className="documents">
      <thead>
        <tr>
          <th scope="col">Numéro</th>
          <th scope="col">Date</th>
          <th scope="col">Client</th>
          <th scope="col">État</th>
          <th scope="col" data-number="true">
            Montant
          </th>
        </tr>
      </thead>
      <tbody>
        {documents.map(({ id, number, kind, issuedAt, client, state, totals, currency }) => (
          <tr key={id} data-state={state}>
            <td>
              <button className="documents-open" type="button" onClick={() => onOpen(id)}>
                {number}
              </button>
              <span className="documents-kind">{kindWords[kind]}</span>
            </td>
            <td>
              {formatDay(issuedAt)} {formatTime(issuedAt)}
            </td>
            <td>{client ?? 'Sans nom'}</td>
            <td>{stateWords[state]}</td>
            <td data-number="true">
              {kind === 'credit_note' && '− '}
              {minorWithSign(totals.total, currency)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
