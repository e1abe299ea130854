import type { Currency, IntentName } from '../../schema.ts';
import { sayAmount } from '../french/amounts.ts';
import { type Region, sayNumber } from '../french/say-number.ts';
import { intents } from '../intents/index.ts';
import { exampleText } from '../intents/intent.ts';
import { clients, products } from './fillers.ts';
import { littleWords } from './little-words.ts';
import { distort, gibberish } from './noise.ts';
import { createRandom, type Random } from './random.ts';
import { sentences } from './sentences.ts';
import { sayTemplate, type TemplateNode } from './templates.ts';
import { foldUtterance } from './utterance.ts';

export interface TrainingPhrase {
  text: string;
  intent: IntentName;
  /** Phrases that people wrote count more than those that were made from them. */
  weight: number;
}

const sentencesPerIntent = 240;
const distortionsPerExample = 2;
const madeUpUnknowns = 700;

const regions: readonly Region[] = ['FR', 'BE', 'CD', 'CH'];
const spokenCurrencies: readonly Currency[] = ['CDF', 'USD', 'EUR', 'XOF', 'CHF'];

function sayFiller(slot: string, random: Random): string {
  if (slot === 'client' || slot === 'name') return random.pick(clients);
  if (slot === 'product') return random.pick(products);
  if (slot === 'amount') return sayAmount(1 + random.below(500), random.pick(spokenCurrencies), random.pick(regions));
  return random.next() < 0.5 ? String(2 + random.below(30)) : sayNumber(2 + random.below(30), random.pick(regions));
}

function sayings(intent: IntentName, random: Random): string[] {
  const templates = sentences.filter((sentence) => sentence.intent === intent);
  if (templates.length === 0) return [];
  return Array.from({ length: sentencesPerIntent }, (_, index) => {
    const sentence = templates[index % templates.length];
    return sentence === undefined
      ? ''
      : sayTemplate(
          sentence.template,
          (count) => random.below(count),
          (slot) => sayFiller(slot, random),
        );
  });
}

/** Half of one sentence with half of another, words in any order, and letters that are no words. */
function makeUnknown(examples: readonly string[], random: Random): string {
  const kind = random.next();
  if (kind < 0.25) return gibberish(random);
  if (kind < 0.4) return Array.from({ length: 1 + random.below(4) }, () => random.pick([...littleWords])).join(' ');
  const first = random.pick(examples).split(' ');
  const second = random.pick(examples).split(' ');
  if (kind < 0.6)
    return [...first.slice(0, Math.ceil(first.length / 2)), ...second.slice(second.length >> 1)].join(' ');
  const words = [...first, ...second];
  return Array.from({ length: 2 + random.below(6) }, () => random.pick(words)).join(' ');
}

function wordsOf(node: TemplateNode): string[] {
  if (node.kind === 'word') return [node.word];
  if (node.kind === 'sequence') return node.nodes.flatMap(wordsOf);
  return node.kind === 'choice' ? node.options.flatMap(wordsOf) : [];
}

/**
 * The words that commands use: those of the templates, and those of at least two examples or of one that the shop taught.
 * A word of a single example stays new, as a stranger's words are.
 */
export function commandWords(taught: readonly Pick<TrainingPhrase, 'text' | 'intent'>[] = []): string[] {
  const known = new Set(sentences.flatMap(({ template }) => wordsOf(template)));
  const once = new Set<string>();
  const commands = intents
    .filter(({ name }) => name !== 'unknown')
    .flatMap(({ examples }) => examples.map(exampleText));
  for (const text of commands) {
    for (const word of new Set(foldUtterance(text).tokens.map((token) => token.text)))
      (once.has(word) ? known : once).add(word);
  }
  for (const { text, intent } of taught) {
    if (intent !== 'unknown') for (const token of foldUtterance(text).tokens) known.add(token.text);
  }
  return [...known].sort();
}

/**
 * What the model learns from: every intent's examples, sentences made from its templates, and both distorted; then `taught`,
 * phrases of the shop. The same seed gives the same phrases.
 */
export function trainingPhrases(
  seed: number,
  taught: readonly Omit<TrainingPhrase, 'weight'>[] = [],
): TrainingPhrase[] {
  const phrases = intents.flatMap(({ name, examples }) => {
    const random = createRandom(seed ^ name.length ^ (name.charCodeAt(0) << 8) ^ (name.charCodeAt(1) << 16));
    const written = examples.map(exampleText);
    const said = sayings(name, random);
    const made = name === 'unknown' ? Array.from({ length: madeUpUnknowns }, () => makeUnknown(written, random)) : [];
    const distorted = [
      ...written.flatMap((text) =>
        Array.from({ length: name === 'unknown' ? 1 : distortionsPerExample }, () => distort(text, random)),
      ),
      ...said.map((text) => distort(text, random)),
    ];
    const toPhrase = (weight: number) => (text: string) => ({ text, intent: name, weight });
    const all = [...written.map(toPhrase(2)), ...[...said, ...made, ...distorted].map(toPhrase(0.5))];
    return [...new Map(all.toReversed().map((phrase) => [phrase.text, phrase])).values()].toReversed();
  });
  return [...phrases, ...taught.map((phrase) => ({ ...phrase, weight: 4 }))];
}
