import { fromMinor, toMinor } from '../../documents/money.ts';
import { type LineReading, saysTotal, shareTotal } from '../nlu/line.ts';
import { foldUtterance } from '../nlu/utterance.ts';
import type { Removal } from './read-lines.ts';
import { filling, type Parts } from './read-parts.ts';
import { askQuestion, refused, sayAmount, sayLines } from './say.ts';
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
  const asked = ask(filled, context, open.unpriced);
  return goOn(turn, asked, meaning(turn, parts), amount && asked.question !== 'confirm' ? sayAmount(amount) : '');
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
  const doubtful = parts.lines.filter((line) => isDoubted(turn, line));
  const plain = parts.lines.filter((line) => !doubtful.includes(line));
  const parted = withParts(open.wanted, { ...parts, currency: null });
  const put = typeof parted === 'string' ? parted : withLines(parted, plain, context.home);
  if (typeof put === 'string') return miss(turn, open, refused(put, open.wanted));
  const refusal = refusesTerms(put.wanted);
  if (refusal) return miss(turn, open, refused(refusal, put.wanted));
  const waiting = [...doubtful.map(unpricedOf), ...put.unpriced, ...open.unpriced];
  const asked = {
    ...ask(put.wanted, context, waiting),
    candidates: doubtful.slice(0, 1).flatMap((line) => pricesOf(line, put.wanted, turn)),
  };
  const prefix = asked.question === 'confirm' || plain.length === put.unpriced.length ? '' : sayLines(put.wanted);
  return goOn(turn, asked, meaning(turn, parts), prefix);
}

/** Whether a price that was said is to be asked about: it has two readings, or was badly heard. */
function isDoubted(turn: Turn, { otherPrice, unitPrice }: LineReading): boolean {
  return otherPrice !== undefined || (unitPrice !== undefined && isDoubtful(turn));
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
  const { wanted } = open;
  const [line, ...others] = open.unpriced;
  if (line === undefined) return miss(turn, open);
  const unit = wanted.lines.length > 0 ? currencyOf(wanted) : null;
  if (unit !== null && amount.currency !== unit) return miss(turn, open, refused('other-currency', wanted));
  const isKnown = wanted.lines.some(({ unitPrice }) => unit && fromMinor(unitPrice, unit) === amount.value);
  if (isAskedAgain(turn, open, parts.amounts, sure || isKnown)) {
    const asked: OpenDialogue = { ...touch(open, context), question: 'price', candidates: parts.amounts };
    return goOn(turn, asked, meaning(turn, parts));
  }
  const priced = withPrice(turn, withParts(wanted, { ...parts, currency: null }), line, amount);
  if (typeof priced === 'string') return miss(turn, open, refused(priced, wanted));
  const asked = ask(priced, context, others);
  return goOn(turn, asked, meaning(turn, parts), asked.question === 'confirm' ? '' : sayLines(priced));
}

/** The document with a line at the price of one, or at that of all where the words say so. */
function withPrice({ heard, context }: Turn, parted: Wanted | Refusal, line: UnpricedLine, amount: Money) {
  if (typeof parted === 'string') return parted;
  const { value, currency } = amount;
  const isTotal = saysTotal(foldUtterance(heard.text, context));
  const said = isTotal ? shareTotal({ ...line, currency }, value) : { ...line, unitPrice: value };
  const unitPrice = toMinor(said.unitPrice, currency);
  if (unitPrice === null) return 'not-a-price';
  const { product, quantity, isAdded } = said;
  const wanted = putLine(parted, { product, quantity, unitPrice }, isAdded, currency);
  return isTooLarge(wanted) ? 'too-large' : wanted;
}

/** The line at this place left out, or made fewer. */
export function removeLine(turn: Turn, open: OpenDialogue, { at, said: name, count }: Removal): Step {
  const { wanted } = open;
  const line = wanted.lines[at];
  if (line === undefined)
    return miss(turn, open, `Je ne trouve pas cet article: ${name}. ${askQuestion(open, turn.context)}`);
  if (count !== null && count < line.quantity) {
    const quantity = Number((line.quantity - count).toFixed(3));
    const fewer: Wanted = { ...wanted, lines: wanted.lines.with(at, { ...line, quantity }) };
    const asked = ask(fewer, turn.context, open.unpriced);
    return goOn(turn, asked, meaning(turn), asked.question === 'confirm' ? '' : sayLines(fewer, at));
  }
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
