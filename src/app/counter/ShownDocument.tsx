import { lazy, Suspense, useState } from 'react';
import { useCounter } from '../store.ts';
import { kindWords } from './words.ts';

const DocumentDialog = lazy(async () => ({
  default: (await import('../office/documents/DocumentDialog.tsx')).DocumentDialog,
}));

/** The document that was just issued or asked for: it can be seen whole, and printed by the browser. */
export function ShownDocument() {
  const shown = useCounter((state) => state.dialogue.shown);
  const logo = useCounter((state) => state.dialogue.logo);
  const [opened, setOpened] = useState<string | null>(null);
  if (shown === null) return null;
  return (
    <section className="prompt prompt-shown" aria-label="Document">
      <p className="prompt-title">
        {kindWords[shown.kind]} <span className="prompt-client">{shown.number}</span>
      </p>
      <div className="prompt-choices">
        <button className="prompt-choice" data-main="true" type="button" onClick={() => setOpened(shown.id)}>
          Imprimer
        </button>
      </div>
      {opened === shown.id && (
        <Suspense>
          <DocumentDialog document={shown} logo={logo} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </section>
  );
}
