import { type SubmitEvent, useState } from 'react';
import { useCounter } from '../store.ts';
import { SendIcon } from './icons.tsx';

/** Everything that can be said can be typed. */
export function TextBox() {
  const sendText = useCounter((state) => state.sendText);
  const [text, setText] = useState('');
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    sendText(text);
    setText('');
  };
  return (
    <form className="textbox" onSubmit={send}>
      <input
        className="textbox-input"
        type="text"
        aria-label="Écrire à La Grâce"
        placeholder="Écrire à La Grâce"
        autoComplete="off"
        enterKeyHint="send"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button className="textbox-send" type="submit" aria-label="Envoyer" disabled={text.trim() === ''}>
        <SendIcon />
      </button>
    </form>
  );
}
