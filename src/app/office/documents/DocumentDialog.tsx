import '../../counter/prompt.css';
import { type ReactNode, useEffect, useRef } from 'react';
import type { IssuedDocument } from '../../../schema/documents.ts';
import { DocumentSheet } from './DocumentSheet.tsx';

interface Props {
  document: IssuedDocument;
  /** The shop's, as a data URL, or empty. */
  logo: string;
  onClose: () => void;
  /** What else can be done with it. */
  children?: ReactNode;
}

/** A document over the page, as it is printed; the browser's own printing does the rest. */
export function DocumentDialog({ document, logo, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog className="sheet-dialog" ref={dialog} aria-label={document.number} onClose={onClose}>
      <DocumentSheet document={document} logo={logo} />
      <div className="sheet-actions">
        <button className="prompt-choice" data-main="true" type="button" onClick={() => print()}>
          Imprimer
        </button>
        <button className="prompt-choice" type="button" onClick={() => dialog.current?.close()}>
          Fermer
        </button>
      </div>
      <div className="sheet-more">{children}</div>
    </dialog>
  );
}
