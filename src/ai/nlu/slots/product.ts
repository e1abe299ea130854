import { asSaid, type Token } from '../../french/fold.ts';
import { findNumbers } from '../../french/numbers.ts';
import { isBreak, phraseSet, wordSet } from '../phrase-book.ts';
import { coreOf, type FoldedUtterance } from '../utterance.ts';

/** Words that a question about a product may begin with and that no product's name begins with. */
const carriers = wordSet(
  `
    combien na coute coutent coutait coutera couterait vaut valent faut font faudrait ca cela le la les l un une
    des du de d au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs est sont
    etait etaient a on en y il elle ils elles vous nous tu je j te me ne plus encore toujours aussi assez avez
    avons as ai aurait aurez avait reste restent restait rester prix tarif tarifs cout stock stocks quantite
    quantites inventaire nombre disponibilite quel quels quelle quelles quoi qu que qui vends vend vendez vendons
    vendent fais fait faites faire dis dit dites moi donne donner donnez verifie verifiez verifier regarde regardez
    regarder cherche cherchez chercher trouve consulte affiche montre montrez rappelle rappelez savoir connaitre
    connais connaissez voudrais voudrait voudrai veux veut voulez veulent aimerais peux peut pouvez pourrais
    pourriez pourrait puis avoir trouver acheter vendre si pour et ou client cliente clients demande demandes
    demandent comme dans chez cher chere chers possible sais sait savez sur par avec alors bonjour bonsoir salut
    pardon merci euh bien ici dois doit indique indiquez passe besoin ete chaque exactement actuel actuelle facture
    proposez propose offre avais eu ceci question concernant niveau dire lui pense reste auriez auraient aurais
    payer paie paye rupture manque pas es pris trouve ete vente disponible disponibles unitaire
  `,
);
/** Letters that elision leaves, and the words that must follow for them to be nothing else: "t-shirt" is a product. */
const elided: Readonly<Record<string, RegExp>> = {
  c: /^(est|etait|a)$/,
  s: /^(il|ils|est|y|en|agit)$/,
  n: /^(a|as|ai|est|y|en|avez|avons|avait)$/,
  m: /^(a|en|y|indiquer|dire|en)$/,
  t: /^(as|es|en|y|il|elle|on|ai|a|aurais)$/,
};
const leadingPhrases = phraseSet(
  `
    en rupture de|en rupture d|prix de vente du|prix de vente de|prix de vente des|prix de vente d|prix unitaire du|
    prix unitaire de|prix unitaire des|on a recu|a recu|avez recu|recu des|recu du|recu de|recu les|a court de|
    a court d|a l unite de|a l unite du|a l unite des|a l unite d|unitaire de|unitaire du|unitaire des|unitaire d|
    etat du stock de|etat du stock des|etat du stock du|etat du stock|etat des stocks|un peu de|aujourd hui|
    en stock|en reserve|en magasin|s il vous plait|en vente|est ce qu|est ce que|le monsieur|la dame|monsieur|
    madame|quelqu un|il y a|au depot|en ce moment|a la boutique|au magasin|a vendre
  `,
);
/** After these the product begins, whatever was said before. */
const anchors = phraseSet(
  `
    prix de|prix du|prix des|prix d|prix pour|pris de|pris du|pris des|pris d|tarif de|tarif du|tarif des|tarif d|tarifs de|tarifs des|cout de|
    cout du|cout des|cout d|stock de|stock du|stock des|stock d|stock en|quantite de|quantite d|combien de|
    combien d|combien coute|combien coutent|combien vaut|combien valent|disponibilite de|disponibilite du|
    disponibilite des|s il reste|s il y a|s il nous reste|si on a|si vous avez|si tu as|si nous avons|
    s il y a encore
  `,
);
/** Where a product's name has ended. */
const endings = phraseSet(
  `
    c est|c etait|ca coute|ca fait|fait|font|ca vaut|ca revient|est a combien|sont a combien|a combien|a quel prix|
    quel prix|combien|coute|coutent|vaut|valent|il en reste|il reste|il nous|il nous en reste|il y en a|il y a|
    y en a|y a|on en a|on a|on le|on la|on les|vous avez|vous en avez|vous vendez|vous le vendez|vous la vendez|
    vous les vendez|vous faites|vous le faites|tu as|tu en as|t en as|t as|tu vends|tu le vends|tu la vends|
    tu les vends|est ce|en stock|en reserve|en magasin|en rayon|en boutique|en vente|au depot|au magasin|
    a la boutique|dans le|dans la|dans notre|dans votre|chez vous|chez nous|chez toi|toi|manque|manquent|est disponible|sont disponibles|
    disponible|disponibles|dispo|est epuise|est epuisee|sont epuises|sont epuisees|est fini|est finie|sont finis|
    sont finies|est termine|est terminee|est encore|sont encore|est toujours|sont toujours|est il|sont ils|est elle|
    sont elles|reste|restent|restant|restante|restants|restantes|il est|elle est|ils sont|elles sont|il coute|
    elle coute|ils coutent|elles coutent|encore|s il vous|s il te|svp|stp|a l unite|la piece|l unite|avons nous|
    avez vous|a t on|as tu|nous avons|nous reste|nous en avons|nous|est cher|est chere|sont chers|sont cheres|
    est en|sont en|actuellement|aujourd hui|en ce moment|a vendre|je peux|on peut|ici|que vous|qu on|qu il|que tu|
    me reste|il me|j ai|j en ai|quel est|quels sont|unitaire|est|sont|pour un client|pour une cliente|
    pour le client|pour la cliente|merci|maintenant|ou pas|ou non|ou c est|ou on|a coute|a fini|fini|ca|il m en|
    m en reste|t il|hein|la dedans|est fait|je vends|je le vends|je les vends|on vend|on fait|tu fais|tu le fais|
    s il|le prix|tu en|en avez|en avons|en a|en reste|vous|quoi|exactement|au total|en tout|comment
  `,
);

type Tokens = readonly Token[];

function isCarrier(tokens: Tokens, at: number): boolean {
  const word = tokens[at]?.text ?? '';
  const following = elided[word];
  return following === undefined ? carriers.has(word) : following.test(tokens[at + 1]?.text ?? '');
}

/** The first token that is no carrier word, and no count when something counted follows. */
function productStart(tokens: Tokens, from: number, limit: number): number {
  const numbers = findNumbers(tokens);
  let at = from;
  while (at < limit) {
    const phrase = leadingPhrases.read(tokens, at, limit);
    const number = numbers.find(({ start, end }) => start === at && end < limit);
    if (phrase !== null) at = phrase.end;
    else if (number !== undefined) at = number.end;
    else if (isCarrier(tokens, at)) at += 1;
    else break;
  }
  return at;
}

const leftovers = wordSet('de d du des et le la les en a y il on l pour');

/** A little word at the end is none of the product's, but the letter of "85A", "papier A" or "taille L" is. */
function isLeftover(tokens: Tokens, at: number): boolean {
  const token = tokens[at];
  const isGlued = token?.start === tokens[at - 1]?.end;
  return token !== undefined && leftovers.has(token.text) && !isGlued && !/^\p{Lu}$/u.test(token.said);
}

function productEnd({ tokens, amount }: FoldedUtterance, start: number, limit: number): number {
  let end = start + 1;
  const money = amount?.currency === undefined ? limit : amount.start;
  while (end < limit && end !== money && !isBreak(tokens, end) && endings.read(tokens, end) === null) end += 1;
  while (end > start + 1 && isLeftover(tokens, end - 1)) end -= 1;
  return end;
}

/** Said of whatever is sold: names no product. */
const anyProduct = wordSet('articles produits marchandises choses');

/** The product that a price or a stock is asked of: without article, count or filler, spelled as it was said. */
export function findProduct(utterance: FoldedUtterance): { value: string; start: number; end: number } | null {
  const { text, tokens } = utterance;
  const core = coreOf(tokens);
  let anchored = core.start;
  for (let at = core.start; at < core.end; at += 1) anchored = anchors.read(tokens, at, core.end)?.end ?? anchored;
  const start = productStart(tokens, anchored < core.end ? anchored : core.start, core.end);
  if (start >= core.end) return null;
  const end = productEnd(utterance, start, core.end);
  if (end === start + 1 && anyProduct.has(tokens[start]?.text ?? '')) return null;
  return { value: asSaid(text, tokens, start, end), start, end };
}
