import { type CSSProperties, useId } from 'react';
import type { LoadProgress } from '../../ai/engines.ts';
import type { ModelInUse } from '../assistant-port.ts';
import { useCounter } from '../store.ts';
import { formatLoaded, formatMegabytes } from './format.ts';
import { modelLine } from './words.ts';

interface LoadingLine {
  packId: string;
  label: string;
  progress: LoadProgress | undefined;
}

/** One line a model, in the order they are loaded, whether or not the first byte has come. */
export function loadingLines(models: ModelInUse[], progress: LoadProgress[]): LoadingLine[] {
  const named = models.map((model) => ({ packId: model.packId, label: modelLine(model) }));
  const unnamed = progress
    .filter(({ packId }) => !models.some((model) => model.packId === packId))
    .map(({ packId }) => ({ packId, label: 'Modèle' }));
  return [...named, ...unnamed].map((line) => ({
    ...line,
    progress: progress.find(({ packId }) => packId === line.packId),
  }));
}

/** The models being loaded, printed as the lines of a receipt with their total. */
export function Loading({ shown }: { shown: boolean }) {
  const models = useCounter((state) => state.models);
  const progress = useCounter((state) => state.progress);
  const failed = useCounter((state) => state.rest === 'failed');
  const titleId = useId();
  const loadedBytes = sum(progress, ({ loadedBytes }) => loadedBytes);
  const totalBytes = sum(progress, ({ totalBytes }) => totalBytes);
  const share = totalBytes === 0 ? 0 : Math.min(1, loadedBytes / totalBytes);
  return (
    <section className="loading" data-shown={shown} aria-hidden={!shown} aria-labelledby={titleId}>
      <p className="loading-title" id={titleId}>
        {failed ? 'Le chargement s’est arrêté' : 'Je charge mes modèles'}
      </p>
      <dl className="lines">
        {loadingLines(models, progress).map((line) => (
          <div className="line" key={line.packId} data-waiting={line.progress === undefined}>
            <dt>{line.label}</dt>
            <dd>{describe(line.progress)}</dd>
          </div>
        ))}
        <div className="line loading-total">
          <dt>Total</dt>
          <dd>{describe(totalBytes === 0 ? undefined : { loadedBytes, totalBytes })}</dd>
        </div>
      </dl>
      <div
        className="loading-bar"
        role="progressbar"
        aria-labelledby={titleId}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        style={{ '--share': share } as CSSProperties}
      />
    </section>
  );
}

function describe(progress: Pick<LoadProgress, 'loadedBytes' | 'totalBytes'> | undefined): string {
  if (!progress) return 'en attente';
  const { loadedBytes, totalBytes } = progress;
  return loadedBytes < totalBytes ? formatLoaded(loadedBytes, totalBytes) : formatMegabytes(totalBytes);
}

function sum<T>(items: T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
