import type { Config } from '../../config.ts';
import { fromMinor, minorDigits, toMinor } from '../../documents/money.ts';
import type { Sales } from '../../documents/sales.ts';
import { totalsOf } from '../../documents/totals.ts';
import type { DocumentKind, IssuedDocument } from '../../schema/documents.ts';
import type { Period, PrintTemplate } from '../../schema.ts';
import { sayNumber } from '../french/say-number.ts';
import { writeAmount } from '../intents/amount-text.ts';
import type { DialogueContext, Money, OpenDialogue, Question, Terms, Wanted, WantedKind } from './state.ts';

/** A kind with its articles, as sentences need it. */
export const kindWords: Record<DocumentKind, { one: string; the: string; this: string; made: string }> = {
  invoice: { one: 'une facture', the: 'la facture', this: 'cette facture', made: 'enregistrée' },
  quote: { one: 'un devis', the: 'le devis', this: 'ce devis', made: 'enregistré' },
  receipt: { one: 'un reçu', the: 'le reçu', this: 'ce reçu', made: 'enregistré' },
  credit_note: { one: 'un avoir', the: 'l’avoir', this: 'cet avoir', made: 'enregistré' },
};
const printed: Record<PrintTemplate, string> = {
  invoice: 'de facture',
  receipt: 'de reçu',
  quote: 'de devis',
  label: 'd’étiquettes',
  delivery_note: 'de bons de livraison',
};

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const money = ({ value, currency }: Money): string => writeAmount(value, currency);

/** A wanted document in words: "une facture de 250 dollars pour Marie". */
export function describeWanted({ amount, client, kind }: Pick<Wanted, 'amount' | 'client' | 'kind'>): string {
  const of = amount === null ? '' : ` de ${money(amount)}`;
  const to = client === null || client.name === null ? '' : ` pour ${client.name}`;
  return `${kindWords[kind].one}${of}${to}`;
}

/** What the customer pays, where the shop's discount or tax make another sum of the amount that was said. */
export function totalDue({ amount, madeFrom }: Pick<Wanted, 'amount' | 'madeFrom'>, terms: Terms): Money | null {
  const minor = amount && toMinor(amount.value, amount.currency);
  if (amount === null || minor === null || madeFrom !== null) return null;
  const { total } = totalsOf({ lines: [], amount: minor, ...terms });
  return total === minor ? null : { value: fromMinor(total, amount.currency), currency: amount.currency };
}

/** The open question, as it is asked. */
export function askQuestion(open: OpenDialogue, { region, terms }: Pick<DialogueContext, 'region' | 'terms'>): string {
  const { wanted, candidates } = open;
  switch (open.question) {
    case 'amount':
      return 'Quel est le montant?';
    case 'which-amount':
      return `${capitalised(candidates.map((candidate) => sayCandidate(candidate, region)).join(', ou '))} ?`;
    case 'check-amount':
      return `J’ai entendu ${candidates.map(money).join(' ou ')}: est-ce exact?`;
    case 'client':
      return 'Pour qui ?';
    case 'confirm':
      return readBack(wanted, terms);
    case 'change':
      return 'Que faut-il changer: le montant ou le client?';
    case 'resume':
      return `${capitalised(describeWanted(wanted))} n’est pas ${wanted.kind === 'invoice' ? 'finie' : 'fini'}. On reprend?`;
  }
}

/** In words, where figures would hide what the ear must tell apart. */
function sayCandidate({ value }: Money, region: Config['region']): string {
  return sayNumber(value, region);
}

/** What will be written, for the clerk to confirm: "Une facture de 250 dollars pour Marie: est-ce exact?". */
export function readBack(wanted: Wanted, terms: Terms): string {
  const anonymous = wanted.client?.name === null && wanted.madeFrom === null ? ', sans nom' : '';
  const due = totalDue(wanted, terms);
  const toPay = due === null ? '' : `, ${money(due)} à payer`;
  return `${capitalised(describeWanted(wanted))}${anonymous}${toPay}: est-ce exact?`;
}

/** How a dialogue begins when the amount is not known. */
export function beginWith(kind: WantedKind): string {
  return `Créer ${kindWords[kind].one}? D'accord, quel est le montant?`;
}

const missed: Record<Question, string> = {
  amount: 'Je n’ai pas compris le montant. Dites par exemple: cinquante dollars.',
  'which-amount': 'Je n’ai pas compris lequel.',
  'check-amount': 'Je n’ai pas compris.',
  client: 'Je n’ai pas compris le nom. Pour qui ?',
  confirm: 'Je n’ai pas compris.',
  change: 'Je n’ai pas compris.',
  resume: 'Je n’ai pas compris.',
};
const choices: Record<Question, string> = {
  amount: 'Dites un montant, tapez-le sur l’écran, ou dites « annuler ».',
  'which-amount': 'Touchez le bon montant sur l’écran, tapez-le, ou dites « annuler ».',
  'check-amount': 'Dites « oui », tapez le montant sur l’écran, ou dites « annuler ».',
  client: 'Dites un nom, « sans nom », ou « annuler ».',
  confirm: 'Dites « oui », « corriger » ou « annuler ».',
  change: 'Dites « le montant », « le client » ou « annuler ».',
  resume: 'Dites « oui » pour la reprendre, ou « non » pour la laisser.',
};
const questionsToRepeat: ReadonlySet<Question> = new Set([
  'which-amount',
  'check-amount',
  'confirm',
  'change',
  'resume',
]);

/** After words of which nothing was made: the question again; from the second time on, what can be said. */
export function afterMiss(open: OpenDialogue, context: Pick<DialogueContext, 'region' | 'terms'>): string {
  if (open.misses >= 2) return `Je n’ai pas compris. ${choices[open.question]}`;
  const again = questionsToRepeat.has(open.question) ? ` ${askQuestion(open, context)}` : '';
  return missed[open.question] + again;
}

/** What can be said now. */
export function explain(open: OpenDialogue): string {
  return `${choices[open.question]} Vous pouvez aussi dire « recommencer » ou « répéter ».`;
}

export function unbillable({ value, currency }: Money): string {
  if (value <= 0) return 'Le montant doit être plus grand que zéro. Quel est le montant?';
  if (value > 999_999_999_999) return 'Ce montant est trop grand. Quel est le montant?';
  return minorDigits[currency] === 0
    ? 'Le franc CFA n’a pas de centimes. Quel est le montant?'
    : 'Un montant n’a que deux chiffres après la virgule. Quel est le montant?';
}

const totalOf = ({ totals, currency }: IssuedDocument): string =>
  writeAmount(fromMinor(totals.total, currency), currency);

/** "C'est fait: la facture numéro 123 est enregistrée, 250 dollars pour Marie." */
export function sayIssued(document: IssuedDocument): string {
  const { the, made } = kindWords[document.kind];
  const to = document.client === null ? '' : ` pour ${document.client}`;
  return `C’est fait: ${the} numéro ${document.sequence} est ${made}, ${totalOf(document)}${to}.`;
}

/** Nothing is printed from here: the document is shown, and the clerk prints it. */
export function sayShown(document: IssuedDocument): string {
  const { the } = kindWords[document.kind];
  return `Voici ${the} numéro ${document.sequence}, ${totalOf(document)}. Touchez « Imprimer » sur l’écran.`;
}

export function sayNotFound(template: PrintTemplate, which: number | 'last'): string {
  if (template === 'label' || template === 'delivery_note') {
    return `Je ne sais pas encore imprimer ${printed[template]}.`;
  }
  const { one, the } = kindWords[template];
  if (which === 'last') return `Je n’ai pas encore ${one.replace(/^une? /, 'de ')} à imprimer.`;
  return `Je ne trouve pas ${the} numéro ${which}.`;
}

const periodWords: Record<Period, string> = {
  today: 'Aujourd’hui',
  yesterday: 'Hier',
  week: 'Cette semaine',
  month: 'Ce mois-ci',
};

/** "Aujourd'hui, vous avez vendu pour 250 dollars et 12 000 francs congolais, en 3 ventes." */
export function saySales(period: Period, { byCurrency, count }: Sales): string {
  const sums = byCurrency.filter(({ total }) => total !== 0);
  if (sums.length === 0)
    return `${periodWords[period]}, vous n’avez encore rien vendu.`.replace(
      'Hier, vous n’avez encore',
      'Hier, vous n’avez',
    );
  const list = sums.map(({ total, currency }) => writeAmount(fromMinor(total, currency), currency));
  const joined = list.length === 1 ? list.join('') : `${list.slice(0, -1).join(', ')} et ${list.at(-1)}`;
  const many = count > 1 ? `, en ${count} ventes` : '';
  return `${periodWords[period]}, vous avez vendu pour ${joined}${many}.`;
}

export const fixed = {
  cancelled: 'D’accord, on laisse. Que puis-je faire d’autre?',
  stopped: 'D’accord, j’arrête. Je garde ce qui est commencé.',
  stoppedEmpty: 'D’accord, j’arrête.',
  nothingToConfirm: 'Très bien. Que puis-je faire pour vous?',
  nothingToDeny: 'D’accord. Que puis-je faire pour vous?',
  nothingSaid: 'Je n’ai encore rien dit. Que puis-je faire pour vous?',
  restarted: 'D’accord, on recommence. Quel est le montant?',
  hardlyHeard: 'Je n’ai pas bien entendu. Dites « oui » encore une fois, ou touchez « Oui ».',
  notYetIssued: 'Ce n’est pas encore enregistré.',
  whichDocument: 'Imprimer un document? Quel type de document?',
} as const;

/** The questions that depend on nothing and come in every dialogue: a voice can have them ready. */
export const fixedQuestions: readonly string[] = ['Pour qui ?', fixed.cancelled];
