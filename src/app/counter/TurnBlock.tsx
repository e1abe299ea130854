import './turn.css';
import { type CSSProperties, memo } from 'react';
import type { Understanding } from '../../schema.ts';
import { useCounter } from '../store.ts';
import { countFigures, formatAmount, formatShare, formatTime, quote, slotLines } from './format.ts';
import { LineItems } from './Lines.tsx';
import type { TurnView } from './view.ts';
import { intentWords } from './words.ts';

/** One turn on the receipt: heard, understood, answered. */
export const TurnBlock = memo(function TurnBlock({ turn }: { turn: TurnView }) {
  const { answer, interrupted, report, startedAt, startsCustomer, transcript, understanding } = turn;
  return (
    <article className="turn" data-starts-customer={startsCustomer} aria-busy={report === null}>
      <header className="turn-rule">
        <time dateTime={new Date(startedAt).toISOString()}>{formatTime(startedAt)}</time>
      </header>
      {transcript === null ? <Hearing turnId={turn.id} over={report !== null} /> : <Heard transcript={transcript} />}
      {understanding && <Understood understanding={understanding} />}
      {answer !== null && (
        <p className="turn-answer">
          <span className="visually-hidden">La Grâce : </span>
          {answer}
        </p>
      )}
      {report && (answer === null || interrupted) && <Ending turn={turn} />}
    </article>
  );
});

/** The words so far, while they come. */
function Hearing({ turnId, over }: { turnId: string; over: boolean }) {
  const partial = useCounter((state) => (state.openTurn?.id === turnId ? state.partial : ''));
  if (over) return null;
  return (
    <p className="turn-heard" data-partial aria-live="off">
      {partial === '' ? '…' : quote(`${partial}…`)}
    </p>
  );
}

function Heard({ transcript }: { transcript: string }) {
  if (transcript === '') return null;
  return (
    <p className="turn-heard">
      <span className="visually-hidden">Entendu : </span>
      {quote(transcript)}
    </p>
  );
}

function Understood({ understanding }: { understanding: Understanding }) {
  const { confidence, intent, slots } = understanding;
  if (intent === 'unknown') return null;
  return (
    <dl className="lines turn-understood">
      <div className="line">
        <dt>Compris</dt>
        <dd>
          <span className="turn-confidence" title="Confiance">
            <span className="visually-hidden">confiance </span>
            {formatShare(confidence)}
          </span>{' '}
          {intentWords[intent]}
        </dd>
      </div>
      {slots.amount !== undefined && <Amount amount={slots.amount} currency={slots.currency} />}
      <LineItems lines={slotLines(slots)} />
    </dl>
  );
}

function Amount({ amount, currency }: Pick<Understanding['slots'], 'currency'> & { amount: number }) {
  const { number, sign } = formatAmount(amount, currency);
  const size = { '--figures': countFigures(number, sign) } as CSSProperties;
  return (
    <div className="line amount" style={size}>
      <dt>Montant</dt>
      <dd>
        <span className="amount-number">{number}</span> <span className="amount-sign">{sign}</span>
      </dd>
    </div>
  );
}

/** How a turn ended whose answer did not come, or was not said to its end. */
function Ending({ turn }: { turn: TurnView }) {
  return <p className="turn-ending">{endingWords(turn)}</p>;
}

function endingWords({ input, interrupted, report }: TurnView): string {
  if (interrupted) return 'Interrompu.';
  if (report?.outcome === 'cancelled') return 'Annulé.';
  if (report?.outcome === 'failed') return 'Je n’ai pas pu répondre.';
  return input === 'speech' ? 'Je n’ai rien entendu. Le micro est peut-être coupé.' : 'Rien à répondre.';
}
