import './strip.css';
import { useId } from 'react';
import { type CounterState, useCounter } from '../store.ts';
import { Details } from './Details.tsx';
import { formatShare } from './format.ts';
import { backendWords, connectionWords, modelWithTrial, taskWords } from './words.ts';

/** The quiet edge: connection, model, backend, and all the rest behind « Détails ». */
export function Strip() {
  const connection = useCounter((state) => state.connection);
  const backend = useCounter((state) => state.backend);
  const model = useCounter(modelWords);
  const panelId = useId();
  return (
    <header className="strip">
      <p className="strip-connection" data-connection={connectionKind(connection)}>
        {connectionWords(connection)}
      </p>
      <p className="strip-model" title={model}>
        {model}
      </p>
      <p className="strip-backend">{backend && backendWords[backend]}</p>
      <button className="text-button strip-details" type="button" popoverTarget={panelId}>
        Détails
      </button>
      <Details id={panelId} />
    </header>
  );
}

/** The recogniser in use; or what is being loaded, unless the receipt says it already. */
function modelWords({ models, progress, rest, turns }: CounterState): string {
  const coming = progress.find(({ loadedBytes, totalBytes }) => loadedBytes < totalBytes);
  const task = models.find(({ packId }) => packId === coming?.packId)?.task;
  const said = rest !== 'ready' && turns.length === 0;
  if (!said && coming && task) return `${taskWords[task]}… ${formatShare(coming.loadedBytes / coming.totalBytes)}`;
  const model = models.find((candidate) => candidate.task === 'stt');
  return model ? modelWithTrial(model) : '';
}

function connectionKind(connection: CounterState['connection']): string {
  if (connection === null) return 'local';
  return typeof connection === 'string' ? connection : 'pending';
}
