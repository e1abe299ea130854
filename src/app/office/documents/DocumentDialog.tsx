import { type ReactNode, useEffect, useRef } from 'react';
import type { IssuedDocument } from '../../../schema/documents.ts';
import { DocumentSheet } from './DocumentSheet.tsx';

interface Props {
  document: IssuedDocument;
  onClose: () => void;
  /** What else can be done with it. */
  children?: ReactNode;
}

/** A document over the page, as it is printed; the browser's own printing does the rest. */
export function DocumentDialog({ document, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog className="sheet-dialog" ref={dialog} aria-label={document.number} onClose={onClose}>
      <DocumentSheet document={document} />
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
