import { parseArgs } from 'node:util';
import { type AmountOptions, findAmount } from '../ai/french/amounts.ts';
import { tokenize } from '../ai/french/fold.ts';
import { createNgramIntentModel, type ExplainingIntentModel } from '../ai/nlu/ngram.ts';
import type { Explanation } from '../ai/nlu/recogniser.ts';
import { configureRuntime } from '../ai/runtime.ts';
import { defaults } from '../config.ts';
import { LaGraceError } from '../errors.ts';
import { linesOf } from './lines.ts';
import { createFolderLoader, modelsFolder, readStarterPack } from './model-folder.ts';

const usage = `Ce qui est compris d'une phrase, et pourquoi.

  npm run try -- "imprime le reçu"             en clair
  npm run try -- --json < phrases.txt          une phrase par ligne, un objet JSON par ligne
  npm run try -- --amount --json < textes.txt  les montants : {text, value, currency}, null s'il n'y en a pas

  --franc CDF|XOF|XAF|CHF  ce que « francs » veut dire (${defaults.franc})
  --cfa XOF|XAF            ce que « francs CFA » veut dire (${defaults.cfa})
`;

const options = {
  json: { type: 'boolean', default: false },
  amount: { type: 'boolean', default: false },
  franc: { type: 'string', default: defaults.franc },
  cfa: { type: 'string', default: defaults.cfa },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

interface Request {
  phrases: string[];
  json: boolean;
  amount: boolean;
  help: boolean;
  money: AmountOptions;
}

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const complain = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Null when the arguments make no sense. */
function readRequest(argv: string[]): Request | null {
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    const { franc, cfa, json, amount, help } = values;
    if (franc !== 'CDF' && franc !== 'XOF' && franc !== 'XAF' && franc !== 'CHF') return null;
    if (cfa !== 'XOF' && cfa !== 'XAF') return null;
    return { phrases: positionals, json, amount, help, money: { franc, cfa } };
  } catch {
    return null;
  }
}

/** The phrases given as arguments, else those of standard input, a line each. */
async function* phrasesOf(request: Request): AsyncGenerator<string> {
  if (request.phrases.length > 0) yield* request.phrases;
  else yield* linesOf(process.stdin);
}

async function loadModel(money: AmountOptions): Promise<ExplainingIntentModel> {
  configureRuntime({ threads: 1 });
  const pack = await readStarterPack(modelsFolder, 'intent');
  const model = createNgramIntentModel({
    pack,
    files: createFolderLoader(modelsFolder),
    backend: 'wasm',
    threads: 1,
    money,
  });
  await model.load({ signal: new AbortController().signal });
  return model;
}

function findAmountIn(text: string, money: AmountOptions): { value: number | null; currency: string | null } {
  const found = findAmount(tokenize(text), money);
  return { value: found?.value ?? null, currency: found?.currency ?? null };
}

const percent = (share: number): string => `${(share * 100).toFixed(1).replace('.', ',')} %`;

/** A template on one line, cut where it is long. */
function shorten(source: string): string {
  const line = source.trim().replace(/\s+/g, ' ');
  return line.length <= 160 ? line : `${line.slice(0, 160)}…`;
}

const reasons: Record<Explanation['understanding']['by'], string> = {
  template: 'une phrase connue',
  model: 'le modèle',
  none: 'rien de sûr',
};

function describe(text: string, { understanding, folded, matches, scores, slots }: Explanation): string {
  const { intent, confidence, by } = understanding;
  const found = slots.flatMap(({ slots: values, said }) =>
    Object.entries(values).map(([name, value]) => `  ${name} = ${JSON.stringify(value)}, de « ${said} »`),
  );
  return [
    `« ${text} »`,
    `${intent}, ${percent(confidence)}, par ${reasons[by]}`,
    ...found,
    `  comparé comme : ${folded}`,
    ...matches.slice(0, 3).map((match) => `  phrase de ${match.intent} : ${shorten(match.source)}`),
    `  modèle : ${
      scores
        .slice(0, 3)
        .map((score) => `${score.intent} ${percent(score.confidence)}`)
        .join(', ') || 'rien à lire'
    }`,
  ].join('\n');
}

async function explainAll(request: Request): Promise<void> {
  const model = await loadModel(request.money);
  const { signal } = new AbortController();
  for await (const text of phrasesOf(request)) {
    const explanation = await model.explain(text, { signal });
    const { intent, confidence, by, slots } = explanation.understanding;
    print(request.json ? JSON.stringify({ text, intent, confidence, by, slots }) : describe(text, explanation));
  }
}

async function findAllAmounts(request: Request): Promise<void> {
  for await (const text of phrasesOf(request)) {
    const { value, currency } = findAmountIn(text, request.money);
    print(
      request.json ? JSON.stringify({ text, value, currency }) : `« ${text} » : ${value ?? 'rien'} ${currency ?? ''}`,
    );
  }
}

/** `npm run try`: tells what is understood. Gives the exit code. */
export async function main(argv: string[]): Promise<number> {
  const request = readRequest(argv);
  if (request?.help) {
    print(usage);
    return 0;
  }
  if (request === null || (request.phrases.length === 0 && process.stdin.isTTY)) {
    complain(request === null ? `Je ne connais pas ces options : ${argv.join(' ')}\n\n${usage}` : usage);
    return 2;
  }
  try {
    await (request.amount ? findAllAmounts(request) : explainAll(request));
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof LaGraceError)) throw thrown;
    complain(`${thrown.sentence}\n${thrown.message}`);
    return 1;
  }
}
