import type { Question, TermPart } from '../../ai/dialogue.ts';
import type { DocumentKind, PaymentMeans, ShopDocument } from '../../schema/documents.ts';
import type { Backend, IntentName, Outcome, Period, PrintTemplate, Task } from '../../schema.ts';
import type { Connection, ModelInUse } from '../assistant-port.ts';
import type { Phase } from './view.ts';

export const statusWords: Record<Phase, string> = {
  loading: 'Je me prépare…',
  ready: 'Appuyez et parlez',
  opening: 'J’ouvre le micro…',
  listening: 'J’écoute…',
  thinking: 'Je cherche…',
  speaking: 'Je vous réponds…',
  failed: 'Appuyez pour réessayer',
};

/** While a part that broke is replaced. */
export const reloadWords: Record<Task, string> = {
  vad: 'Je relance le micro…',
  stt: 'Je relance l’écoute…',
  intent: 'Je relance la compréhension…',
  tts: 'Je relance la voix…',
  embed: 'Je relance les documents…',
};

export const intentWords: Record<IntentName, string> = {
  greeting: 'Salutation',
  goodbye: 'Au revoir',
  thanks: 'Remerciement',
  help: 'Aide',
  repeat: 'Répéter',
  cancel: 'Annuler',
  affirm: 'Oui',
  deny: 'Non',
  time: 'Heure',
  invoice: 'Facture',
  print: 'Impression',
  price: 'Prix',
  stock: 'Stock',
  sales_total: 'Total des ventes',
  question: 'Question',
  unknown: 'Pas compris',
};

export const templateWords: Record<PrintTemplate, string> = {
  invoice: 'Facture',
  receipt: 'Reçu',
  quote: 'Devis',
  label: 'Étiquette',
  delivery_note: 'Bon de livraison',
};

export const kindWords: Record<DocumentKind, string> = {
  invoice: 'Facture',
  receipt: 'Reçu',
  quote: 'Devis',
  credit_note: 'Avoir',
};

export const stateWords: Record<ShopDocument['state'], string> = {
  draft: 'Brouillon',
  issued: 'Émis',
  cancelled: 'Annulé',
};

export const paymentWords: Record<PaymentMeans, string> = {
  cash: 'espèces',
  mobile_money: 'mobile money',
  card: 'carte',
  bank_transfer: 'virement',
  credit: 'à crédit',
};

/** What is asked, for the eye; the voice says it in full. */
export const questionWords: Record<Question, string> = {
  amount: 'Quel est le montant ?',
  'which-amount': 'Lequel des deux ?',
  'check-amount': 'Est-ce le bon montant ?',
  price: 'À quel prix la pièce ?',
  lines: 'Quels articles ?',
  client: 'Pour qui ?',
  confirm: 'Est-ce exact ?',
  change: 'Que faut-il changer ?',
  resume: 'On reprend ?',
};

/** What can be told of a document besides what is sold: its button, what is asked, what its keys are for, and the words before a figure. */
export const termWords: Record<TermPart, { name: string; question: string; pad: string; says: string }> = {
  discount: { name: 'Remise', question: 'Quelle remise ?', pad: 'Taper la remise', says: 'remise de' },
  tax: { name: 'Taxe', question: 'Quelle taxe ?', pad: 'Taper la taxe', says: 'taxe de' },
  payment: { name: 'Paiement', question: 'Quel moyen de paiement ?', pad: 'Taper le paiement', says: 'payé' },
};

export const periodWords: Record<Period, string> = {
  today: 'Aujourd’hui',
  yesterday: 'Hier',
  week: 'Cette semaine',
  month: 'Ce mois',
};

export const taskWords: Record<Task, string> = {
  vad: 'Détection',
  stt: 'Écoute',
  intent: 'Compréhension',
  tts: 'Voix',
  embed: 'Documents',
};

export const outcomeWords: Record<Outcome, string> = {
  answered: 'Répondu',
  'not-understood': 'Pas compris',
  'nothing-heard': 'Rien entendu',
  cancelled: 'Annulé',
  failed: 'Interrompu',
};

export const backendWords: Record<Backend, string> = { webgpu: 'WebGPU', wasm: 'WASM' };

export const trialSentence =
  'Modèle d’essai, entraîné sur des voix de synthèse : pour un vrai comptoir, installez un modèle complet.';

/** Where the files are. */
export const keptWords = { 'on-device': 'Gardés sur cet appareil', 'in-memory': 'Perdus à la fermeture' } as const;

/** Whether the browser has promised to leave the files alone. */
export function persistedWords(persisted: boolean): string {
  return persisted ? 'Exclu' : 'Possible si la place manque';
}

/** How the page stands with the companion, in plain words; without one, all there is is on this device. */
export function connectionWords(connection: Connection | null): string {
  if (connection === null) return 'Local';
  if (connection === 'synced') return 'À jour';
  if (connection === 'offline') return 'Hors ligne';
  return `${connection.pending} en attente`;
}

/** A model by what it does and what it is called: `Écoute · Whisper small`; a name that begins with its task stands alone. */
export function modelLine({ task, name }: Pick<ModelInUse, 'task' | 'name'>): string {
  return name.startsWith(taskWords[task]) ? name : `${taskWords[task]} · ${name}`;
}

/** A model's name, and that it is a trial unless the name says so itself. */
export function modelWithTrial({ name, trial }: Pick<ModelInUse, 'name' | 'trial'>): string {
  return trial && !name.includes('essai') ? `${name} (modèle d’essai)` : name;
}
