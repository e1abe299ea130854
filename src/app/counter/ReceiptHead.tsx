import { useState } from 'react';
import { formatDate } from './format.ts';
import { Mark } from './icons.tsx';

/** The top of the receipt: whose it is, and of which day. */
export function ReceiptHead() {
  const [openedAt] = useState(Date.now);
  return (
    <header className="receipt-head">
      <Mark />
      <h1 className="receipt-name">La Grâce</h1>
      <p className="receipt-date">{formatDate(openedAt)}</p>
    </header>
  );
}
