import './failure.css';
import { toLaGraceError } from '../errors.ts';

/** The whole page, when it could not even begin: what happened, what to do, the cause behind « Détails ». */
export function StartFailure({ thrown }: { thrown: unknown }) {
  const error = toLaGraceError(thrown);
  return (
    <main className="failure" role="alert">
      <h1>La Grâce n’a pas pu démarrer</h1>
      <p>{error.sentence}</p>
      <button className="failure-action" type="button" onClick={() => location.reload()}>
        Recharger
      </button>
      <details>
        <summary>Détails</summary>
        <pre>{`${error.code}: ${error.message}`}</pre>
      </details>
    </main>
  );
}
