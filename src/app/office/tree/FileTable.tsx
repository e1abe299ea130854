import { addressOf } from '../../../storage/companion-client.ts';
import { formatBytes } from '../../counter/format.ts';
import { useOffice } from '../office-parts.ts';
import type { FileRow } from './rows.ts';
import { formatMoment, whereWords } from './words.ts';

/** More rows than this nobody reads: the filter finds the others. */
const maxRows = 300;

/** The files, one a line, with what can be done with each. */
export function FileTable({ rows }: { rows: readonly FileRow[] }) {
  return (
    <div className="office-scroll">
      <table className="office-table">
        <thead>
          <tr>
            <th scope="col">Fichier</th>
            <th scope="col" className="number">
              Taille
            </th>
            <th scope="col">Où</th>
            <th scope="col">Dernier usage</th>
            <th scope="col">Garder</th>
            <th scope="col">
              <span className="visually-hidden">Exporter</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, maxRows).map((row) => (
            <Row key={row.path} row={row} />
          ))}
        </tbody>
      </table>
      {rows.length > maxRows && (
        <p className="office-note">Et {rows.length - maxRows} autres : cherchez par leur nom.</p>
      )}
    </div>
  );
}

function Row({ row }: { row: FileRow }) {
  const { storage, log } = useOffice();
  const { path, size, where, lastUsed, pinned, inUse, unused } = row;
  const pin = (wanted: boolean): void => {
    storage.files.tree.pin(path, wanted).catch((thrown: unknown) => log.warn(`${path} could not be pinned`, thrown));
  };
  return (
    <tr>
      <td className="path">{path}</td>
      <td className="number">{formatBytes(size)}</td>
      <td>{whereWords[where]}</td>
      <td>
        {lastUsed === null ? '–' : formatMoment(lastUsed)}
        {inUse && ' · en service'}
        {unused && ' · à nettoyer'}
      </td>
      <td>
        {where !== 'disk' && (
          <input
            type="checkbox"
            aria-label={`Toujours garder ${path}`}
            checked={pinned}
            onChange={(event) => pin(event.target.checked)}
          />
        )}
      </td>
      <td>
        <Export row={row} />
      </td>
    </tr>
  );
}

function Export({ row: { path, where } }: { row: FileRow }) {
  const { storage, log } = useOffice();
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (where === 'disk') {
    return (
      <a className="text-button office-export" href={addressOf(path)} download={name}>
        Exporter
      </a>
    );
  }
  const save = async (): Promise<void> => {
    const content = await storage.files.tree.read(path);
    if (content) download(content, name);
  };
  return (
    <button
      className="text-button office-export"
      type="button"
      aria-label={`Exporter ${path}`}
      onClick={() => void save().catch((thrown: unknown) => log.warn(`${path} could not be exported`, thrown))}
    >
      Exporter
    </button>
  );
}

/** Long enough for a browser to begin. */
const revokeMs = 60_000;

function download(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), revokeMs);
}
