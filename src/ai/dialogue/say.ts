import type { Config } from '../../config.ts';
import { fromMinor, minorDigits } from '../../documents/money.ts';
import { lineTotal } from '../../documents/totals.ts';
import type { DocumentKind, DocumentLine, IssuedDocument, PaymentMeans } from '../../schema/documents.ts';
import type { Currency, Period, PrintTemplate } from '../../schema.ts';
import { sayNumber } from '../french/say-number.ts';
import { writeAmount } from '../intents/amount-text.ts';
import type {
  DialogueContext,
  Money,
  OpenDialogue,
  Outcome,
  Question,
  Terms,
  UnpricedLine,
  Wanted,
  WantedKind,
} from './state.ts';
import { currencyOf, type Refusal, subtotalOf, sumsOf } from './wanted.ts';

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
export function describeWanted(wanted: Wanted): string {
  const { client, kind } = wanted;
  const amount = subtotalOf(wanted);
  const of = amount === null ? '' : ` de ${money(amount)}`;
  const to = client === null || client.name === null ? '' : ` pour ${client.name}`;
  return `${kindWords[kind].one}${of}${to}`;
}

/** What the customer pays, where discount or tax make another sum of what was said. */
export function totalDue(wanted: Wanted, terms: Terms): Money | null {
  const sums = sumsOf(wanted, terms);
  if (sums === null || sums.totals.total === sums.totals.subtotal) return null;
  return { value: fromMinor(sums.totals.total, sums.currency), currency: sums.currency };
}

/** "3 savons à 2 dollars". */
function describeLine({ product, quantity, unitPrice }: DocumentLine, currency: Currency): string {
  return `${describeCount({ product, quantity })} à ${writeAmount(fromMinor(unitPrice, currency), currency)}`;
}

function describeCount({ product, quantity }: Pick<UnpricedLine, 'product' | 'quantity'>): string {
  return `${quantity.toLocaleString('fr')} ${product}`;
}

/** More lines than that are counted, not read out. */
const mostLinesRead = 4;

function describeLines({ lines, currency }: Wanted): string {
  if (lines.length === 0 || currency === null) return '';
  if (lines.length > mostLinesRead) return `, ${lines.length} articles`;
  return `, ${lines.map((line) => describeLine(line, currency)).join(', ')}`;
}

/** What was just heard, before the next question: "250 dollars. ". A wrong hearing is caught at once, not at the read-back. */
export function sayAmount(amount: Money): string {
  return `${capitalised(money(amount))}. `;
}

/** What was just put in, the last line unless told: "3 savons, 6 dollars. En tout 11 dollars. ". */
export function sayLines(wanted: Wanted, at = -1): string {
  const { lines, currency } = wanted;
  const last = lines.at(at);
  const total = subtotalOf(wanted);
  if (last === undefined || currency === null || total === null) return '';
  const sum = writeAmount(fromMinor(lineTotal(last), currency), currency);
  const all = lines.length > 1 ? ` En tout ${money(total)}.` : '';
  return `${capitalised(describeCount(last))}, ${sum}.${all} `;
}

/** How it is paid, as it is said and read back. */
export const paidBy: Record<PaymentMeans, string> = {
  cash: 'payé en espèces',
  mobile_money: 'payé par mobile money',
  card: 'payé par carte',
  bank_transfer: 'payé par virement',
  credit: 'à crédit',
};

/** What was said of the terms, as it is read back. */
export function describeTerms({ terms: { discount, taxRate, payment } }: Wanted): string[] {
  const percent = (value: number): string => `${value.toLocaleString('fr')} pour cent`;
  const less =
    discount?.kind === 'percent'
      ? `remise de ${percent(discount.percent)}`
      : discount?.kind === 'amount'
        ? `remise de ${writeAmount(discount.value, discount.currency ?? undefined)}`
        : discount && 'sans remise';
  const tax = taxRate === undefined ? undefined : taxRate === 0 ? 'sans taxe' : `taxe de ${percent(taxRate)}`;
  const paid = payment === null ? 'sans moyen de paiement' : payment && paidBy[payment];
  return [less, tax, paid].filter((part) => part !== undefined);
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
    case 'price':
      return askPrice(open, region);
    case 'lines':
      return 'Dites un article et son prix, ou « enlève » et son nom.';
    case 'client':
      return 'Pour qui ?';
    case 'confirm':
      return readBack(wanted, terms);
    case 'change':
      return `Que faut-il changer: ${wanted.lines.length > 0 ? 'les articles' : 'le montant'} ou le client?`;
    case 'resume':
      return `${capitalised(describeWanted(wanted))} n’est pas ${wanted.kind === 'invoice' ? 'finie' : 'fini'}. On reprend?`;
  }
}

function askPrice({ unpriced: [line], candidates }: OpenDialogue, region: Config['region']): string {
  if (candidates.length > 1)
    return `${capitalised(candidates.map((one) => sayCandidate(one, region)).join(', ou '))} ?`;
  if (line === undefined) return 'À quel prix?';
  const [heard] = candidates;
  if (heard) return `J’ai entendu ${describeCount(line)} à ${money(heard)}: est-ce exact?`;
  return `${capitalised(describeCount(line))}: à quel prix la pièce?`;
}

/** In words, where figures would hide what the ear must tell apart. */
function sayCandidate({ value }: Money, region: Config['region']): string {
  return sayNumber(value, region);
}

/** "En tout 11 dollars.", as the customer pays it; null while nothing is priced. */
export function sayTotal({ wanted }: OpenDialogue, { terms }: Pick<DialogueContext, 'terms'>): string | null {
  const total = totalDue(wanted, terms) ?? subtotalOf(wanted);
  return total && `En tout ${money(total)}.`;
}

/** What will be written, for the clerk to confirm: "Une facture de 250 dollars pour Marie: est-ce exact?". */
export function readBack(wanted: Wanted, terms: Terms): string {
  const anonymous = wanted.client?.name === null && wanted.madeFrom === null ? ', sans nom' : '';
  const due = totalDue(wanted, terms);
  const toPay = due === null ? '' : `, ${money(due)} à payer`;
  const said = describeTerms(wanted).map((part) => `, ${part}`);
  return `${capitalised(describeWanted(wanted))}${anonymous}${describeLines(wanted)}${said.join('')}${toPay}: est-ce exact?`;
}

/** Why words about a document were not taken, and what to say instead. */
export function refused(why: Refusal, wanted: Pick<Wanted, 'kind' | 'amount' | 'currency'>): string {
  const currency = currencyOf(wanted);
  const words = currency === null ? '' : currencyWords(currency);
  switch (why) {
    case 'other-currency':
      return `${capitalised(kindWords[wanted.kind].this)} est en ${words}. Dites le prix en ${words}.`;
    case 'not-a-price':
      return 'Je ne peux pas écrire ce prix. Dites-le encore.';
    case 'too-large':
      return 'Ce montant est trop grand. Dites-le encore.';
    case 'which-line':
      return 'De quel article? Dites son nom et son prix.';
    case 'discount-too-large':
      return 'Cette remise est plus grande que le montant. Dites-la encore.';
    case 'discount-of-what':
      return 'Quelle remise? Dites par exemple: dix pour cent de remise, ou une remise de cinq dollars.';
  }
}

/** How a dialogue begins when the amount is not known. */
export function beginWith(kind: WantedKind): string {
  return `Créer ${kindWords[kind].one}? D'accord, quel est le montant?`;
}

const missed: Record<Question, string> = {
  amount: 'Je n’ai pas compris le montant. Dites par exemple: cinquante dollars.',
  'which-amount': 'Je n’ai pas compris lequel.',
  'check-amount': 'Je n’ai pas compris.',
  price: 'Je n’ai pas compris.',
  lines: 'Je n’ai pas compris.',
  client: 'Je n’ai pas compris le nom. Pour qui ?',
  confirm: 'Je n’ai pas compris.',
  change: 'Je n’ai pas compris.',
  resume: 'Je n’ai pas compris.',
};
const choices: Record<Question, string> = {
  amount: 'Dites un montant ou un article et son prix, tapez-le sur l’écran, ou dites « annuler ».',
  'which-amount': 'Touchez le bon montant sur l’écran, tapez-le, ou dites « annuler ».',
  'check-amount': 'Dites « oui », tapez le montant sur l’écran, ou dites « annuler ».',
  price: 'Dites le prix d’une pièce, tapez-le sur l’écran, ou dites « annuler ».',
  lines: 'Dites par exemple: deux savons à trois dollars. Ou: enlève le savon. Ou: c’est tout.',
  client: 'Dites un nom, « sans nom », ou « annuler ».',
  confirm: 'Dites « oui », « corriger » ou « annuler ».',
  change: 'Dites « le montant », « le client » ou « annuler ».',
  resume: 'Dites « oui » pour la reprendre, ou « non » pour la laisser.',
};
const questionsToRepeat: ReadonlySet<Question> = new Set([
  'which-amount',
  'check-amount',
  'price',
  'lines',
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

/** Why no document can have this amount, and the question again: of `open`, or of the amount. */
export function unbillable(
  { value, currency }: Money,
  open: OpenDialogue | null,
  context: Pick<DialogueContext, 'region' | 'terms'>,
): string {
  const question = open === null ? 'Quel est le montant?' : askQuestion(open, context);
  if (value <= 0) return `Le montant doit être plus grand que zéro. ${question}`;
  if (value > 999_999_999_999) return `Ce montant est trop grand. ${question}`;
  return minorDigits[currency] === 0
    ? `Le franc CFA n’a pas de centimes. ${question}`
    : `Un montant n’a que deux chiffres après la virgule. ${question}`;
}

const totalOf = ({ totals, currency }: IssuedDocument): string =>
  writeAmount(fromMinor(totals.total, currency), currency);

/** "La facture numéro 123 est déjà enregistrée. Pour l'annuler, ouvrez le bureau, sous Documents." */
export function sayStays({ kind, sequence }: IssuedDocument): string {
  const { the, made } = kindWords[kind];
  return `${capitalised(the)} numéro ${sequence} est déjà ${made}. Pour l’annuler, ouvrez le bureau, sous Documents.`;
}

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

/** "Aujourd'hui, vous avez vendu pour 250 dollars et 12 000 francs congolais, en 3 ventes.", in the asked currency or in all. */
export function saySales({ period, currency, sales }: Extract<Outcome, { type: 'sales' }>): string {
  const sums = sales.byCurrency.filter((one) => one.total !== 0 && (currency ?? one.currency) === one.currency);
  if (sums.length === 0) {
    const yet = period === 'yesterday' ? '' : ' encore';
    const asked = currency === null ? '' : ` en ${currencyWords(currency)}`;
    return `${periodWords[period]}, vous n’avez${yet} rien vendu${asked}.`;
  }
  const list = sums.map((one) => writeAmount(fromMinor(one.total, one.currency), one.currency));
  const joined = list.length === 1 ? list.join('') : `${list.slice(0, -1).join(', ')} et ${list.at(-1)}`;
  const many = sales.count > 1 && currency === null ? `, en ${sales.count} ventes` : '';
  return `${periodWords[period]}, vous avez vendu pour ${joined}${many}.`;
}

/** A currency's name, as it follows "en": "dollars". */
function currencyWords(currency: Currency): string {
  return writeAmount(2, currency).replace(/^2\s/, '');
}

export const fixed = {
  cancelled: 'D’accord, on laisse. Que puis-je faire d’autre?',
  nothingToCancel: 'Rien n’est en cours. Ce qui est enregistré s’annule au bureau, sous Documents.',
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
