import { useState } from 'react';
import type { IssuedDocument } from '../../../schema/documents.ts';
import { minorWithSign } from '../../counter/format.ts';

/** An issued document is never undone: it is cancelled by a counter-document, which is asked for once more. */
export function CancelDocument({ document, onCancel }: { document: IssuedDocument; onCancel: () => Promise<void> }) {
  const [stage, setStage] = useState<'closed' | 'asking' | 'working' | 'failed'>('closed');
  if (document.state !== 'issued' || document.kind === 'credit_note') return null;
  const cancel = (): void => {
    setStage('working');
    onCancel().then(
      () => setStage('closed'),
      () => setStage('failed'),
    );
  };
  if (stage === 'closed') {
    return (
      <button className="text-button" type="button" onClick={() => setStage('asking')}>
        Annuler ce document…
      </button>
    );
  }
  return (
    <div className="documents-cancel">
      <p>
        {stage === 'failed'
          ? 'L’avoir n’a pas été fait. Réessayez.'
          : `Un avoir de ${minorWithSign(document.totals.total, document.currency)} sera enregistré. On ne peut pas revenir en arrière.`}
      </p>
      <div className="sheet-actions">
        <button className="prompt-choice" type="button" disabled={stage === 'working'} onClick={cancel}>
          Faire l’avoir
        </button>
        <button className="prompt-choice" type="button" onClick={() => setStage('closed')}>
          Retour
        </button>
      </div>
    </div>
  );
}
