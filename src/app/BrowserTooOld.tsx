import './failure.css';
import { errorSentences } from '../errors.ts';

/** The whole page, for a browser that lacks what is needed. */
export function BrowserTooOld({ missing }: { missing: string[] }) {
  return (
    <main className="failure" role="alert">
      <h1>La Grâce ne peut pas s’ouvrir ici</h1>
      <p>{errorSentences['browser-too-old']}</p>
      <details>
        <summary>Détails</summary>
        <pre>{missing.join('\n')}</pre>
      </details>
    </main>
  );
}
