import './counter.css';
import { Notice } from './Notice.tsx';
import { Receipt } from './Receipt.tsx';
import { StatusLine } from './StatusLine.tsx';
import { Strip } from './Strip.tsx';
import { useShortcuts } from './shortcuts.ts';
import { TalkButton } from './TalkButton.tsx';
import { TextBox } from './TextBox.tsx';

/** The counter: the receipt, the one button, the text box. Its layout is the same in every state. Needs a `CounterProvider` around it. */
export function CounterPage() {
  useShortcuts();
  return (
    <div className="counter">
      <Strip />
      <main className="counter-main">
        <div className="counter-paper">
          <Receipt />
          <Notice />
        </div>
        <TextBox />
        <div className="counter-dock">
          <TalkButton />
          <StatusLine />
        </div>
      </main>
    </div>
  );
}
