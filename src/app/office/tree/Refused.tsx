import { useEffect, useState } from 'react';
import type { SetAsideItem } from '../../../storage/outbox.ts';
import { useOffice } from '../office-parts.ts';

/** What the companion would not have, kept here until somebody sends it once more. */
export function Refused() {
  const { mirror, log } = useOffice();
  const [items, setItems] = useState<SetAsideItem[]>([]);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isGone = false;
    const begin = async (): Promise<void> => {
      const outbox = await mirror.outbox;
      if (!outbox || isGone) return;
      const read = (): void => void outbox.setAside().then(setItems, () => undefined);
      stop = outbox.watch(read);
      read();
    };
    void begin();
    return () => {
      isGone = true;
      stop?.();
    };
  }, [mirror]);
  if (items.length === 0) return null;
  const sendAgain = async (): Promise<void> => {
    const outbox = await mirror.outbox;
    await outbox?.retrySetAside();
  };
  return (
    <section className="tree-troubles">
      <h2>Refusés par le programme LaGrace</h2>
      <ul>
        {items.map(({ kind, id, reason }) => (
          <li key={`${kind} ${id}`}>
            <details>
              <summary>
                {kind === 'event' ? 'Événement' : 'Document'} {id}
              </summary>
              {reason}
            </details>
          </li>
        ))}
      </ul>
      <button
        className="text-button"
        type="button"
        onClick={() =>
          void sendAgain().catch((thrown: unknown) => log.warn('what was refused could not be queued', thrown))
        }
      >
        Renvoyer
      </button>
    </section>
  );
}
