import type { IntentName, Understanding } from '../../schema.ts';
import { affirm } from './affirm.ts';
import { cancel } from './cancel.ts';
import { deny } from './deny.ts';
import { goodbye } from './goodbye.ts';
import { greeting } from './greeting.ts';
import { help } from './help.ts';
import type { AnswerContext, Intent } from './intent.ts';
import { invoice } from './invoice.ts';
import { price } from './price.ts';
import { print } from './print.ts';
import { question } from './question.ts';
import { repeat } from './repeat.ts';
import { salesTotal } from './sales_total.ts';
import { stock } from './stock.ts';
import { thanks } from './thanks.ts';
import { time } from './time.ts';
import { unknown } from './unknown.ts';

/** Everything the assistant understands. A new intent is its file and one line here. */
export const intents: readonly Intent[] = [
  greeting,
  goodbye,
  thanks,
  help,
  repeat,
  cancel,
  affirm,
  deny,
  time,
  invoice,
  print,
  price,
  stock,
  salesTotal,
  question,
  unknown,
];

const byName = new Map<IntentName, Intent>(intents.map((intent) => [intent.name, intent]));

/** What the assistant says to what was understood, in French. */
export function answer({ intent, slots }: Understanding, context: AnswerContext): string {
  return (byName.get(intent) ?? unknown).answer(slots, context);
}

/** The answers that depend on nothing that was said or on the clock: a voice can have them ready. */
export function fixedAnswers(region: AnswerContext['region']): string[] {
  const changing: readonly IntentName[] = ['time', 'repeat'];
  return intents
    .filter(({ name }) => !changing.includes(name))
    .map((intent) => intent.answer({}, { now: new Date(0), region }));
}
