import type { IntentName, Understanding } from '../../schema.ts';
import { type Token, tokenize } from '../french/fold.ts';
import { phraseSet } from '../nlu/phrase-book.ts';
import { readTerms } from '../nlu/slots/terms.ts';
import { coreOf, type FoldedUtterance, foldUtterance } from '../nlu/utterance.ts';
import { type Removal, readMore, readRemoval, saysEnough } from './read-lines.ts';
import { filling, isAnonymous, isSale, readFill, type Told } from './read-parts.ts';
import type { DialogueContext, Heard, OpenDialogue, Question, WantedKind } from './state.ts';

/** What a clerk's words are, as an answer to what was asked. */
export type Reply =
  | { type: 'control'; control: Control }
  /** Parts of the document: `amounts` has two readings where a hearer would hesitate. */
  | Told
  /** What is to be changed, without what it should be. */
  | { type: 'change'; what: Changed | null }
  | ({ type: 'remove' } & Removal)
  /** No more lines: on to what is still missing. */
  | { type: 'enough' }
  /** Another document, from the beginning. */
  | { type: 'begin'; kind: WantedKind }
  /** Something else that was clearly wanted. */
  | { type: 'aside' }
  | { type: 'miss' };
export type Control = 'affirm' | 'deny' | 'cancel' | 'stop' | 'restart' | 'repeat' | 'help' | 'resume' | 'goodbye';
export type Changed = 'amount' | 'lines' | 'client';

const restarts = phraseSet(
  `
    recommence|recommencez|recommencons|recommencer|on recommence|reprends a zero|on reprend a zero|
    repartons a zero|repartons de zero|on repart a zero|on repart de zero|repars a zero|depuis le debut|
    reprenons depuis le debut|on reprend depuis le debut
  `,
);
const resumes = phraseSet(
  'reprends|reprend|reprenez|reprenons|reprendre|on reprend|on la reprend|on continue|continue|continuez|continuons',
);
/** Ends the dialogue but not the document, which is kept. */
const stops = phraseSet(
  'stop|stoppe|stoppez|arrete|arretez|arreter|on arrete|silence|chut|tais toi|taisez vous|assez|ca suffit|halte|basta',
);
const corrections = phraseSet(
  'corrige|corrigez|corriger|a corriger|modifie|modifiez|modifier|change|changez|changer|rectifie|rectifier|il faut changer',
);
const amountNames = phraseSet('montant|le montant|la somme|le prix|le total|le chiffre|combien');
const linesNames = phraseSet(
  'article|articles|les articles|l article|un article|la ligne|les lignes|une ligne|le produit|les produits',
);
const clientNames = phraseSet('client|le client|la cliente|le nom|la personne|nom du client|pour qui');
const otherCommands: ReadonlySet<IntentName> = new Set([
  'greeting',
  'thanks',
  'time',
  'print',
  'price',
  'stock',
  'sales_total',
  'question',
] as const);
/** How sure the model alone must be, when no template matches, before it is believed against what was asked. */
const believed = { control: 0.6, aside: 0.8, asideToName: 0.97 };

/** What was said, taken as an answer to the open question. */
export function readReply(heard: Heard, open: OpenDialogue, context: DialogueContext): Reply {
  const utterance = foldUtterance(heard.text, context);
  const removal = isTermsAlone(utterance, context) ? null : readRemoval(utterance, open.wanted);
  if (removal !== null) return { type: 'remove', ...removal };
  const more = readMore(utterance, open.wanted);
  if (more !== null && open.question !== 'resume') return filling({ lines: [more] });
  const control = readControl(heard.understanding, utterance, open.question);
  if (open.question === 'lines' && (isYesOrNo(control) || saysEnough(utterance))) return { type: 'enough' };
  const told = readFill(utterance, open, context);
  const tellsParts = told?.type === 'fill' && (told.lines.length > 0 || Object.keys(told.terms).length > 0);
  if (tellsParts && heard.understanding.by !== 'template') return told;
  if (control !== null && !isYesOrNo(control)) return { type: 'control', control };
  const kind = documentAsked(heard, utterance);
  if (kind !== null) return readDocument(kind, utterance, open, context);
  if (isAside(heard.understanding, utterance, open.question)) return { type: 'aside' };
  if (open.question === 'client' && control === null && isAnonymous(utterance)) {
    return filling({ client: { name: null } });
  }
  if (told !== null) return told;
  const change = readChange(utterance, open.question, control);
  if (change !== null) return change;
  return control === null ? { type: 'miss' } : { type: 'control', control };
}

/** "enlève la remise" leaves out no line, though there may be lines. */
function isTermsAlone(utterance: FoldedUtterance, context: DialogueContext): boolean {
  const { terms, rest } = readTerms(utterance, context);
  return Object.keys(terms).length > 0 && rest.tokens.length === 0;
}

const isYesOrNo = (control: Control | null): boolean => control === 'affirm' || control === 'deny';

const makes = phraseSet(
  'fais|faites|faire|fait|prepare|preparez|preparer|cree|creez|creer|etablis|etablissez|etablir|redige|redigez|rediger|ecris|note',
);
const quotes = phraseSet('devis|proforma|pro forma|facture proforma|facture pro forma');
const receipts = phraseSet('recu|ticket|quittance');

/** The document that is to be made, if one was asked for. Intents know invoices; quotes and receipts are told by their words. */
export function documentAsked({ understanding }: Heard, utterance: FoldedUtterance): WantedKind | null {
  const { intent, by, confidence } = understanding;
  if (intent !== 'invoice' && intent !== 'print' && intent !== 'unknown') return null;
  const { amount, tokens } = utterance;
  if (quotes.find(tokens) !== null && (amount?.currency !== undefined || makes.find(tokens) !== null)) return 'quote';
  if (receipts.find(tokens) !== null && amount?.currency !== undefined) return 'receipt';
  if (by !== 'template' && isSale(utterance)) return 'invoice';
  return intent === 'invoice' && (by === 'template' || confidence >= believed.aside) ? 'invoice' : null;
}

/** A document asked for while one is in hand: what is said of it goes into that one; with nothing said, it is another. */
function readDocument(
  kind: WantedKind,
  utterance: FoldedUtterance,
  open: OpenDialogue,
  context: DialogueContext,
): Reply {
  if (kind !== open.wanted.kind) return { type: 'begin', kind };
  const filled = readFill(utterance, { ...open, question: 'confirm' }, context);
  if (filled !== null) return filled;
  return open.question === 'amount' ? { type: 'miss' } : { type: 'begin', kind };
}

/** What the first words about a document say of it. */
export function readBeginning(heard: Heard, open: OpenDialogue, context: DialogueContext): Reply | null {
  return readFill(foldUtterance(heard.text, context), { ...open, question: 'confirm' }, context);
}

const yes = phraseSet('oui|ouais|ok|d accord|exact|exactement|c est ca|c est exact|c est bon|tout a fait|parfait');

/** Whether the first words say yes, whatever the sentence as a whole means. */
export function beginsWithYes(text: string): boolean {
  return yes.read(tokenize(text), 0) !== null;
}

const documents = phraseSet('facture|factures|recu|recus|ticket|tickets|devis|vente|ventes|quittance|avoir');

/** Whether a document is spoken of, whichever it is. */
export function namesDocument(text: string): boolean {
  return documents.find(tokenize(text)) !== null;
}

/** Whether something is to be taken up again, in so many words. */
export function wantsResume(text: string): boolean {
  return startsWith(resumes, tokenize(text));
}

/** Whether to leave it for now, rather than to throw it away. */
export function wantsStop(text: string): boolean {
  const tokens = tokenize(text);
  return stops.read(tokens, coreOf(tokens).start) !== null;
}

function startsWith(phrases: typeof restarts, tokens: readonly Token[]): boolean {
  return phrases.read(tokens, coreOf(tokens).start) !== null;
}

function readControl(understanding: Understanding, { tokens }: FoldedUtterance, question: Question): Control | null {
  if (startsWith(restarts, tokens)) return 'restart';
  if (question === 'resume' && startsWith(resumes, tokens)) return 'resume';
  const { intent, by, confidence } = understanding;
  const sure = by === 'template' || (confidence >= believed.control && question !== 'client');
  if (!sure) return null;
  if (intent === 'cancel') return stops.read(tokens, coreOf(tokens).start) === null ? 'cancel' : 'stop';
  const controls = ['affirm', 'deny', 'repeat', 'help', 'goodbye'] as const;
  return controls.find((name) => name === intent) ?? null;
}

function isAside({ intent, by, confidence }: Understanding, utterance: FoldedUtterance, question: Question): boolean {
  if (!otherCommands.has(intent)) return false;
  if (by === 'template') return true;
  if (utterance.amount?.currency !== undefined) return false;
  // The model has never met a name that it did not take for a greeting.
  if (question !== 'client') return confidence >= believed.aside;
  return confidence >= believed.asideToName && utterance.tokens.length >= 4 && intent !== 'greeting';
}

function readChange({ tokens }: FoldedUtterance, question: Question, control: Control | null): Reply | null {
  if (question !== 'confirm' && question !== 'change' && question !== 'check-amount') return null;
  const corrects = control === 'deny' || corrections.find(tokens) !== null;
  const what = changedPart(tokens);
  if (question === 'change' && what !== null) return { type: 'change', what };
  if (!corrects) return null;
  return { type: 'change', what };
}

function changedPart(tokens: readonly Token[]): Changed | null {
  if (linesNames.find(tokens) !== null) return 'lines';
  if (amountNames.find(tokens) !== null) return 'amount';
  return clientNames.find(tokens) === null ? null : 'client';
}
