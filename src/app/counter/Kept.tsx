import { useCounter } from '../store.ts';

/** A document that was begun and left: it is offered again until it is taken up or dropped. */
export function Kept() {
  const kept = useCounter((state) => state.dialogue.kept);
  const isOpen = useCounter((state) => state.dialogue.open !== null);
  const sendText = useCounter((state) => state.sendText);
  if (kept === null || isOpen) return null;
  return (
    <section className="prompt prompt-kept" aria-label="À reprendre">
      <p className="prompt-question">À finir : {kept}.</p>
      <div className="prompt-choices">
        <button className="prompt-choice" data-main="true" type="button" onClick={() => sendText('reprends')}>
          Reprendre
        </button>
        <button className="prompt-choice" type="button" onClick={() => sendText('laisse tomber')}>
          Laisser
        </button>
      </div>
    </section>
  );
}
