import { useEffect } from 'react';
import { useCounterStore } from '../store.ts';

/** Space to talk, Escape to stop, from anywhere on the page; not while typing, not while a key is held down. */
export function useShortcuts(): void {
  const store = useCounterStore();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === 'Escape') store.getState().stop();
      if (event.key !== ' ' || takesSpace(event.target)) return;
      event.preventDefault();
      store.getState().pressTalk();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [store]);
}

/** True for what has its own use for the space bar: text fields, and buttons, which it presses by itself. */
function takesSpace(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, button, summary, a[href]') !== null;
}
