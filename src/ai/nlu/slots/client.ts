import { defaultAmountOptions, readCurrency } from '../../french/currencies.ts';
import { asSaid, type Token } from '../../french/fold.ts';
import { readNumber } from '../../french/numbers.ts';
import { isBreak, isCapitalised, phraseSet, wordSet } from '../phrase-book.ts';
import { coreOf, type FoldedUtterance } from '../utterance.ts';

/** What announces a client, the surest first. */
const announcements = [
  phraseSet(
    `
      au nom de|au nom d|au nom du|au nom des|a l attention de|a l attention d|a l attention du|a l ordre de|
      a l ordre d|a l ordre du|au compte de|au compte d|au compte du|destinee a|destine a|adressee a|adresse a|
      qui s appelle|nomme|nommee|c est pour|le nom c est|le client c est|la cliente c est
    `,
  ),
  phraseSet('pour|pour le compte de|pour le compte d|pour le compte du'),
  phraseSet('client|cliente|du client|de la cliente|de mon client|de ma cliente|de notre client|de notre cliente'),
  phraseSet('facturer|facturez|facturons'),
  phraseSet('a|au|aux'),
  phraseSet('chez'),
  phraseSet('de|du|d|des|facture|factures'),
];
/** Announces a client only when what follows looks like a name. */
const unsureWords = wordSet('de du d des');
/** What follows the noun "facture"; after anything else it is the verb. */
const kindsOfInvoice = wordSet(
  `
    de d du des pour a au aux en avec client cliente proforma pro simple normale totale finale complete nouvelle
    urgente numero n moi lui nous leur s svp et mais chez maintenant imprime imprimer possible merci est c plus pas
    electronique
  `,
);

/** Said before a name and not part of it. */
const titles = phraseSet(
  `
    monsieur et madame|madame et monsieur|monsieur|madame|mademoiselle|messieurs|mesdames|m et madame|m et monsieur|
    euh|heu|mm|m|la societe|societe|une societe|notre client|notre cliente|le client|la cliente|un client|une cliente|
    mon client|ma cliente|client|cliente|le nomme|la nommee|un certain|une certaine|qui s appelle
  `,
);
const firmTitles = phraseSet('monsieur|madame|mademoiselle|messieurs|mesdames|mm|la societe|societe');

/** Said before a name and part of it, as people are called. */
const keptTitles = wordSet(
  'maman papa mama docteur maitre pasteur pere soeur frere professeur tantie tantine tata tonton tante oncle ya mzee abbe',
);

/** Words that end a name, whatever they begin. */
const ends = phraseSet(
  `
    a pris|ont pris|a commande|a paye|a regle|doit|nous doit|me doit|vient|veut|voudrait|souhaite|demande|attend|reclame|desire|aimerait|a besoin|prend|achete|a achete|de montant|
    d un montant|du montant|d un total|d une valeur|d une somme|pour un montant|pour une somme|pour un total|
    d un prix|a hauteur|montant|le montant|total|s il vous|s il te|svp|merci|maintenant|aujourd hui|demain|
    tout de suite|fais|faites|fait|faire|prepare|preparez|preparer|cree|creez|creer|imprime|imprimez|imprimer|
    etablis|etablissez|redige|une facture|la facture|sa facture|leur facture|cette facture|facture|avec|qui|c est|
    ca fait|il doit|elle doit|il a|elle a|et imprime|et fais|et envoie|pour|je|j|on|tu|vous|en dollars|en dollar|
    en euros|en euro|en francs|en franc|en especes|en cash|en liquide|en double|en deux|en trois|par carte|
    par mobile|au nom|a l attention|d accord|vite|rapidement|stp|est ce|client|un montant|une somme|s il|a payer|
    a regler|a credit|en fc|soit|euh|hein|voila|note|ajoute|paye|somme
  `,
);

/** What may follow "pour" or "à" and is nobody's name. */
const nobody = phraseSet(
  `
    facturer|payer|moi|toi|lui|elle|nous|vous|eux|elles|ca|cela|ce|cette|ces|demain|hier|aujourd hui|l instant|
    le moment|un montant|une somme|un total|une valeur|payer|regler|faire|imprimer|creer|l achat|un achat|
    les achats|des achats|ses achats|la vente|une vente|sa commande|la commande|une commande|commande|le tout|tout|
    commencer|hauteur|qui|quoi|l article|les articles|des articles|le produit|les produits|la marchandise|
    des marchandises|le mois|la semaine|l impression|la comptabilite|la caisse|le dossier|information|cause|
    peu pres|nouveau|l heure|la fois|partir|cote|domicile|credit|voir|montant|des fournitures|les fournitures|
    le toner|du toner|la facture|une facture|facture|recu|suivre|finir|remettre|lui remettre|le monsieur|la dame|
    le monsieur qui|quelqu un|une personne|la personne|un monsieur|une dame|un|ma societe|notre societe|la livraison|une livraison|
    le transport|la reparation|les reparations|une reparation|le loyer|les photocopies|des photocopies|un acompte|
    l acompte|la main d oeuvre|le solde|le reste|
    de passage|d hier|precedent|precedente|suivant|suivante|habituel|habituelle|fidele|ordinaire|comptoir|regulier|
    de tout a l heure|mon entreprise|notre entreprise|ma boite|moi meme|chacun|tout le monde|plus tard|apres|avant|rien|sur
  `,
);
/** Longer than that, what follows an amount is a sentence. */
const longestNameAfterAmount = 3;
const nobodyAlone = wordSet('le la les l un une des du de d client cliente monsieur madame mademoiselle societe');
const pronounEnd = wordSet('et de d du des a au aux le la les l pour en par');

type Tokens = readonly Token[];

function isInAmount({ amount }: FoldedUtterance, at: number): boolean {
  return amount !== null && at >= amount.start && at < amount.end;
}

/** "de", "à", "pour" and the like just before the amount belong to it. */
function leadsToAmount({ tokens, amount }: FoldedUtterance, at: number): boolean {
  if (amount === null || at >= amount.start || amount.start - at > 3) return false;
  const between = tokens.slice(at, amount.start).map((token) => token.text);
  return between.every((word) => /^(de|d|a|au|pour|du|a|est|soit|un|une|total|prix|montant|somme|valeur)$/.test(word));
}

/** Another amount than the one that counts: "pour Paul et cinquante dollars pour Jean". */
function isMoney(tokens: Tokens, at: number): boolean {
  const number = readNumber(tokens, at);
  return number !== null && readCurrency(tokens, number.end, defaultAmountOptions) !== null;
}

function nameEnd(utterance: FoldedUtterance, start: number, limit: number): number {
  const { tokens } = utterance;
  let end = start;
  while (end < limit && !isInAmount(utterance, end) && !leadsToAmount(utterance, end)) {
    if (end > start && (isBreak(tokens, end) || isMoney(tokens, end))) break;
    if (end > start && ends.read(tokens, end) !== null && !isCapitalised(tokens[end])) break;
    end += 1;
  }
  while (end > start && pronounEnd.has(tokens[end - 1]?.text ?? '')) end -= 1;
  return end;
}

function skipTitles(tokens: Tokens, at: number): number {
  let start = at;
  for (let title = titles.read(tokens, start); title !== null; title = titles.read(tokens, start)) start = title.end;
  return start;
}

/** What the announcement at `at` announces, as token offsets. */
function readName(
  utterance: FoldedUtterance,
  at: number,
  limit: number,
  sure: boolean,
): { start: number; end: number } | null {
  const { tokens } = utterance;
  if (isInAmount(utterance, at) || leadsToAmount(utterance, at) || at >= limit) return null;
  const looksNamed =
    firmTitles.read(tokens, at) !== null || keptTitles.has(tokens[at]?.text ?? '') || isCapitalised(tokens[at]);
  if (!sure && !looksNamed) return null;
  const start = skipTitles(tokens, at);
  if (nobody.read(tokens, start) !== null && !isCapitalised(tokens[start])) return null;
  if (start === at && readNumber(tokens, at) !== null && !isCapitalised(tokens[at])) return null;
  const end = nameEnd(utterance, start, limit);
  const isEmpty = tokens.slice(start, end).every((token) => nobodyAlone.has(token.text));
  return isEmpty ? null : { start, end };
}

/** "à" also says where, when and how much, and unaccented it is "a"; "le client veut" names nobody. */
function isSure(utterance: FoldedUtterance, { start: at, end }: { start: number; end: number }): boolean {
  const { tokens, amount } = utterance;
  const word = tokens[at]?.text;
  if (end > at + 1 && /^cliente?$/.test(tokens[end - 1]?.text ?? '')) return true;
  if (word === 'a') return /^à$/iu.test(tokens[at]?.said ?? '') || amount?.end === at;
  if (word === 'client' || word === 'cliente')
    return !/^(le|la|un|une|du|au|ce|cette|mon|ma)$/.test(tokens[at - 1]?.text ?? '');
  if (/^factur(er|ez|ons)$/.test(word ?? '')) return /^(l|la|le|les)$/.test(tokens[at + 1]?.text ?? '');
  if (word === 'facture' || word === 'factures') {
    return at === coreOf(tokens).start && !kindsOfInvoice.has(tokens[at + 1]?.text ?? '');
  }
  return !unsureWords.has(word ?? '');
}

/** Words that may stand after an amount and are nobody's name. */
const afterAmount = wordSet(
  `
    a au aux avec c ca ce cela ces cette chez comme comptant cash dans de des deja du en encore est et euh exactement
    hors ht il je juste l la le les mais non net nets on ou oui par parce plus pour puis quand que qui sans seulement
    si sur svp tout toute toutes ttc tu un une vous s d j t y n maximum minimum environ pile rond
  `,
);

/** A name that follows the amount with nothing before it: "facture 18 dollars Kabeya". */
function nameAfterAmount(utterance: FoldedUtterance, limit: number): { start: number; end: number } | null {
  const { tokens, amount } = utterance;
  if (amount?.currency === undefined || amount.end >= limit || isBreak(tokens, amount.end)) return null;
  if (afterAmount.has(tokens[amount.end]?.text ?? '') || ends.read(tokens, amount.end) !== null) return null;
  const name = readName(utterance, amount.end, limit, true);
  return name !== null && name.end === limit && name.end - name.start <= longestNameAfterAmount ? name : null;
}

/** A client as it was said, and the tokens that say it. */
export interface FoundClient {
  value: string;
  start: number;
  end: number;
}

/** Whom the invoice is for: civility and "la société" dropped, the rest as it was said. */
export function findClient(utterance: FoldedUtterance): FoundClient | null {
  const { text, tokens } = utterance;
  const limit = coreOf(tokens).end;
  for (const announcement of announcements) {
    for (let at = 0; at < limit; at += 1) {
      const found = isInAmount(utterance, at) ? null : announcement.read(tokens, at);
      const name = found && readName(utterance, found.end, limit, isSure(utterance, { start: at, end: found.end }));
      if (name) return { value: asSaid(text, tokens, name.start, name.end), ...name };
    }
  }
  for (let at = 0; at < limit; at += 1) {
    const isTitle =
      firmTitles.read(tokens, at) !== null && !/^(le|la|un|une|ce|cette|du|au)$/.test(tokens[at - 1]?.text ?? '');
    const name = isTitle && readName(utterance, at, limit, false);
    if (name) return { value: asSaid(text, tokens, name.start, name.end), ...name };
  }
  const last = nameAfterAmount(utterance, limit);
  return last && { value: asSaid(text, tokens, last.start, last.end), ...last };
}
