import { type CounterState, useCounter } from '../store.ts';
import { reloadWords, statusWords } from './words.ts';

/** What the assistant is doing, in plain words. */
export function StatusLine() {
  const words = useCounter(chooseWords);
  return (
    <div className="status">
      <p className="status-words" role="status">
        {words}
      </p>
      <p className="status-keys" aria-hidden="true">
        <kbd>Espace</kbd> pour parler, <kbd>Échap</kbd> pour arrêter
      </p>
    </div>
  );
}

/** A part that is being replaced is told where the page would otherwise seem to wait for nothing. */
function chooseWords({ phase, reloading: [task] }: CounterState): string {
  const waits = phase === 'ready' || phase === 'opening' || phase === 'thinking';
  return task && waits ? reloadWords[task] : statusWords[phase];
}
