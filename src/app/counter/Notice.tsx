import './notice.css';
import { useCounter } from '../store.ts';
import { CloseIcon } from './icons.tsx';

/** What happened and what to do, over the foot of the receipt; the cause is behind « Détails ». */
export function Notice() {
  const notice = useCounter((state) => state.notice);
  const details = useCounter((state) => state.details);
  const failed = useCounter((state) => state.phase === 'failed');
  const dismiss = useCounter((state) => state.dismissNotice);
  const retry = useCounter((state) => state.retry);
  return (
    <div className="notice-place" role="alert">
      {notice !== null && (
        <div className="notice">
          <p className="notice-sentence">{notice}</p>
          <button className="notice-close" type="button" aria-label="Fermer" onClick={dismiss}>
            <CloseIcon />
          </button>
          <div className="notice-more">
            {failed && (
              <button className="text-button" type="button" onClick={retry}>
                Réessayer
              </button>
            )}
            {details && (
              <details className="notice-details">
                <summary className="text-button">Détails</summary>
                <p>{details.message === notice ? details.code : `${details.code} · ${details.message}`}</p>
              </details>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
