import { useCounter } from '../store.ts';
import { statusWords } from './words.ts';

/** What the assistant is doing, in plain words. */
export function StatusLine() {
  const phase = useCounter((state) => state.phase);
  return (
    <div className="status">
      <p className="status-words" role="status">
        {statusWords[phase]}
      </p>
      <p className="status-keys" aria-hidden="true">
        <kbd>Espace</kbd> pour parler, <kbd>Échap</kbd> pour arrêter
      </p>
    </div>
  );
}
