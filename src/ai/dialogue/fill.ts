import { fromMinor, toMinor } from '../../documents/money.ts';
import { type LineReading, saysTotal, shareTotal } from '../nlu/line.ts';
import { foldUtterance } from '../nlu/utterance.ts';
import { filling, type Parts } from './read-parts.ts';
import { askQuestion, refused, sayLines } from './say.ts';
import type { Money, OpenDialogue, Step, UnpricedLine, Wanted } from './state.ts';
import { ask, goOn, isDoubtful, keepDraft, meaning, miss, said, type Turn, touch } from './step.ts';
import { currencyOf, inCurrency, isTooLarge, putLine, type Refusal, refusesTerms, withLines } from './wanted.ts';

/** Parts that were said, put in; then what is still missing is asked, or all of it read back. `sure`: there is no doubt left. */
export function fill(turn: Turn, open: OpenDialogue, parts: Parts, sure: boolean): Step {
  const { context } = turn;
  const [amount] = parts.amounts;
  if (parts.lines.length > 0) return fillLines(turn, open, parts);
  if (amount && open.unpriced.length > 0) return fillPrice(turn, open, parts, amount, sure);
  const [only] = open.wanted.lines;
  if (amount && only) {
    if (open.wanted.lines.length > 1) return miss(turn, open, refused('which-line', open.wanted));
    return fillPrice(turn, { ...open, unpriced: [{ ...only, isAdded: false }] }, parts, amount, sure);
  }
  const wanted = withParts(open.wanted, parts);
  if (typeof wanted === 'string') return miss(turn, open, refused(wanted, open.wanted));
  if (amount && isAskedAgain(turn, open, parts.amounts, sure)) return askAmount(turn, wanted, parts);
  const filled = amount ? { ...wanted, amount } : wanted;
  const refusal = refusesTerms(filled);
  if (refusal) return miss(turn, open, refused(refusal, filled));
  return goOn(turn, ask(filled, context, open.unpriced), meaning(turn, parts));
}

/** Whether an amount has two readings, or was badly heard and is heard for the first time. */
function isAskedAgain(turn: Turn, open: OpenDialogue, [amount, other]: readonly Money[], sure: boolean): boolean {
  if (other) return true;
  const known = sure || isSame(amount, open.wanted.amount) || open.candidates.some((one) => isSame(one, amount));
  return isDoubtful(turn) && !known;
}

function askAmount(turn: Turn, wanted: Wanted, parts: Parts): Step {
  const question = parts.amounts.length > 1 ? 'which-amount' : 'check-amount';
  const asked: OpenDialogue = { ...ask(wanted, turn.context), question, candidates: parts.amounts };
  return goOn(turn, asked, meaning(turn, parts));
}

/** What was said of client, currency and terms; null amounts stay. */
function withParts(wanted: Wanted, { client, currency, terms }: Parts): Wanted | Refusal {
  const said: Wanted = { ...wanted, client: client ?? wanted.client, terms: { ...wanted.terms, ...terms } };
  if (currency === null) return said;
  return inCurrency(said, currency) ?? 'not-a-price';
}

/** Lines that were said; the price of one that is unknown, of two readings or badly heard is asked. */
function fillLines(turn: Turn, open: OpenDialogue, parts: Parts): Step {
  const { context } = turn;
  const doubtful = parts.lines.find(
    ({ otherPrice, unitPrice }) => unitPrice !== undefined && (otherPrice || isDoubtful(turn)),
  );
  const plain = parts.lines.filter((line) => line !== doubtful);
  const parted = withParts(open.wanted, { ...parts, currency: null });
  const put = typeof parted === 'string' ? parted : withLines(parted, plain, context.home);
  if (typeof put === 'string') return miss(turn, open, refused(put, open.wanted));
  const refusal = refusesTerms(put.wanted);
  if (refusal) return miss(turn, open, refused(refusal, put.wanted));
  const waiting = [...(doubtful ? [unpricedOf(doubtful)] : []), ...put.unpriced, ...open.unpriced];
  const asked = {
    ...ask(put.wanted, context, waiting),
    candidates: doubtful ? pricesOf(doubtful, put.wanted, turn) : [],
  };
  const prefix = asked.question === 'confirm' || plain.length === put.unpriced.length ? '' : sayLines(put.wanted);
  return goOn(turn, asked, meaning(turn, parts), prefix);
}

function unpricedOf({ product, quantity, isAdded }: LineReading): UnpricedLine {
  return { product, quantity, isAdded };
}

function pricesOf({ unitPrice = 0, otherPrice, currency }: LineReading, wanted: Wanted, { context }: Turn): Money[] {
  const unit = currency ?? currencyOf(wanted) ?? context.home;
  return (otherPrice === undefined ? [unitPrice] : [unitPrice, otherPrice]).map((value) => ({ value, currency: unit }));
}

/** An amount after a line's price was asked, or where the only line's price is what can be meant. */
function fillPrice(turn: Turn, open: OpenDialogue, parts: Parts, amount: Money, sure: boolean): Step {
  const { context } = turn;
  const { unpriced } = open;
  const [line, ...others] = unpriced;
  const known = open.wanted.lines.length > 0 ? currencyOf(open.wanted) : null;
  if (line === undefined) return miss(turn, open);
  if (known !== null && amount.currency !== known) return miss(turn, open, refused('other-currency', open.wanted));
  const only = open.wanted.lines.find(({ unitPrice }) => known && fromMinor(unitPrice, known) === amount.value);
  if (isAskedAgain(turn, open, parts.amounts, sure || only !== undefined)) {
    const asked: OpenDialogue = { ...touch(open, context), question: 'price', candidates: parts.amounts };
    return goOn(turn, asked, meaning(turn, parts));
  }
  const isTotal = saysTotal(foldUtterance(turn.heard.text, context));
  const priced = isTotal ? shareTotal(line, amount.value) : { ...line, unitPrice: amount.value };
  const unitPrice = toMinor(priced.unitPrice, amount.currency);
  if (unitPrice === null) return miss(turn, open, refused('not-a-price', open.wanted));
  const parted = withParts(open.wanted, { ...parts, currency: null });
  if (typeof parted === 'string') return miss(turn, open, refused(parted, open.wanted));
  const wanted = putLine(
    parted,
    { product: priced.product, quantity: priced.quantity, unitPrice },
    line.isAdded,
    amount.currency,
  );
  if (isTooLarge(wanted)) return miss(turn, open, refused('too-large', open.wanted));
  const asked = ask(wanted, context, others);
  return goOn(turn, asked, meaning(turn, parts), asked.question === 'confirm' ? '' : sayLines(wanted));
}

/** The line at this place left out. */
export function removeLine(turn: Turn, open: OpenDialogue, { at, said: name }: { at: number; said: string }): Step {
  const { wanted } = open;
  if (wanted.lines[at] === undefined)
    return miss(turn, open, `Je ne trouve pas cet article: ${name}. ${askQuestion(open, turn.context)}`);
  const left: Wanted = { ...wanted, lines: wanted.lines.toSpliced(at, 1) };
  const asked = ask(left, turn.context, open.unpriced);
  const step = said({ ...turn.state, open: asked }, meaning(turn), `C’est enlevé. ${askQuestion(asked, turn.context)}`);
  return { ...step, effects: keepDraft(left) };
}

/** The amount that was chosen of those that were asked about. */
export function choose(turn: Turn, open: OpenDialogue, amount: Money): Step {
  return fill(turn, open, filling({ amounts: [amount] }), true);
}

function isSame(one: Money | null | undefined, other: Money | null | undefined): boolean {
  return !!one && !!other && one.value === other.value && one.currency === other.currency;
}

/** Whether nothing would be other than it is. */
export function isSameWanted(one: Wanted, other: Wanted): boolean {
  const parts = ({ amount, lines, client, terms, currency }: Wanted) =>
    JSON.stringify([amount, lines, client, terms, currency]);
  return parts(one) === parts(other);
}
