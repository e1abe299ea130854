import './failure.css';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { toLaGraceError } from '../errors.ts';

interface ErrorBoundaryProps {
  children: ReactNode;
  /** Told once for each failure, for the log. */
  onError: (error: unknown, info: ErrorInfo) => void;
  reload?: () => void;
}

/** Where the screen itself fails: says in French what to do, the cause behind « Détails ». */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error: error ?? new Error('a component threw nothing') };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    this.props.onError(error, info);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const reload = this.props.reload ?? (() => location.reload());
    return (
      <main className="failure" role="alert">
        <h1>L’écran s’est arrêté</h1>
        <p>Vos documents sont à l’abri. Rechargez la page pour continuer.</p>
        <button className="failure-action" type="button" onClick={reload}>
          Recharger
        </button>
        <details>
          <summary>Détails</summary>
          <pre>{error instanceof Error ? (error.stack ?? error.message) : toLaGraceError(error).message}</pre>
        </details>
      </main>
    );
  }
}
