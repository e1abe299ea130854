import './talk.css';
import { useEffect, useRef } from 'react';
import { useCounter, useCounterStore } from '../store.ts';
import { BarsIcon, DotsIcon, MicrophoneIcon, RetryIcon, StopIcon } from './icons.tsx';

/** The one large button, and the small one that stops. The level goes straight to CSS: a voice renders nothing. */
export function TalkButton() {
  const store = useCounterStore();
  const phase = useCounter((state) => state.phase);
  const listens = phase === 'opening' || phase === 'listening';
  const deaf = useCounter((state) => state.rest === 'loading') && !listens;
  const pressTalk = useCounter((state) => state.pressTalk);
  const stop = useCounter((state) => state.stop);
  const stoppable = useCounter((state) => state.openTurn !== null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const show = (level: number): void => button.current?.style.setProperty('--level', level.toFixed(3));
    show(store.getState().level);
    return store.subscribe((state, previous) => {
      if (state.level !== previous.level) show(state.level);
    });
  }, [store]);

  return (
    <div className="talk" data-phase={phase}>
      <button
        ref={button}
        className="talk-button"
        type="button"
        aria-label="Parler"
        aria-pressed={listens}
        aria-disabled={deaf}
        onClick={pressTalk}
      >
        <span className="talk-halo" />
        <span className="talk-ring" />
        <span className="talk-face">
          <span className="talk-icon talk-icon-microphone">
            <MicrophoneIcon />
          </span>
          <span className="talk-icon talk-icon-dots">
            <DotsIcon />
          </span>
          <span className="talk-icon talk-icon-bars">
            <BarsIcon />
          </span>
          <span className="talk-icon talk-icon-retry">
            <RetryIcon />
          </span>
        </span>
      </button>
      <button className="talk-stop" type="button" aria-label="Arrêter" disabled={!stoppable} onClick={stop}>
        <StopIcon />
      </button>
    </div>
  );
}
