import type { Random } from './random.ts';

/** What recognisers and hurried fingers write for one another. */
const confusions: readonly (readonly string[])[] = [
  ['c est', 'ses', 'ces', 's est', 'sait', 'cest', 'cé', 'c'],
  ['ça', 'sa'],
  ['est', 'et', 'es', 'ai', 'é'],
  ['à', 'a', 'ah'],
  ['quelle', 'quel', 'kel'],
  ['heure', 'heur', 'eure'],
  ['imprime', 'un prime', 'in prime', 'imprimé', 'imprimer', 'imprim'],
  ['facture', 'factur', 'factures', 'la facture', 'fracture'],
  ['reçu', 'resu', 'recus', 'reçue'],
  ['ticket', 'tiket', 'tickets'],
  ['étiquettes', 'étiquette', 'etiket', 'et tiquettes'],
  ['devis', 'devi', 'de vie'],
  ['combien', 'conbien', 'combiens', 'qu on bien'],
  ['qu est ce que', 'kes que', 'qu esce que', 'keske'],
  ['est ce que', 'esque', 'es que'],
  ['est-ce que', 'esque', 'es que'],
  ['s’il vous plaît', 'sil vous plait', 'svp', 's il vous plai'],
  ['aujourd’hui', 'aujourdhui', 'au jourd hui', 'aujourd'],
  ['vendu', 'vendus', 'vendue'],
  ['reste', 'restes', 'rest'],
  ['encore', 'en corps', 'encor'],
  ['annule', 'anule', 'annulé'],
  ['laisse', 'lesse', 'laissé'],
  ['tomber', 'tombé', 'tombe'],
  ['répète', 'repete', 'répéter', 'repette'],
  ['merci', 'mersi', 'merçi'],
  ['bonjour', 'bon jour', 'bonjours', 'bjr'],
  ['prix', 'pris', 'pri'],
  ['coûte', 'coute', 'coûtes', 'coup'],
  ['vous', 'vou'],
  ['fais', 'fait', 'fé'],
  ['oui', 'wi', 'ouis'],
  ['non', 'nom'],
  ['pas', 'pa'],
  ['jour', 'jours'],
  ['ouvrez', 'ouvré', 'ouvrer'],
  ['livrez', 'livré', 'livrer'],
  ['payer', 'payé', 'payez'],
  ['arrête', 'arette', 'arete'],
  ['d’accord', 'dacor', 'daccord'],
  ['bonne', 'bone'],
  ['soirée', 'soiré', 'soirer'],
  ['dernière', 'dernier', 'dernières'],
];
const before = ['euh', 'bon', 'alors', 'dis', 'ok', 'bonjour', 's’il te plaît', 'écoute', 'voilà', 'et', 'donc'];
const after = ['s’il vous plaît', 's’il te plaît', 'merci', 'hein', 'maintenant', 'la grâce', 'vite', 'euh', 'chef'];

function confuse(text: string, random: Random): string {
  const heard = confusions.filter(([right = '']) => ` ${text} `.includes(` ${right} `));
  if (heard.length === 0) return text;
  const [right = '', ...wrong] = random.pick(heard);
  return ` ${text} `.replace(` ${right} `, ` ${random.pick(wrong)} `).trim();
}

function misspell(text: string, random: Random): string {
  const words = text.split(' ');
  const at = random.below(words.length);
  const word = words[at] ?? '';
  if (word.length < 4) return text;
  const letter = 1 + random.below(word.length - 1);
  const dropped = word.slice(0, letter) + word.slice(letter + 1);
  const swapped = word.slice(0, letter - 1) + (word[letter] ?? '') + (word[letter - 1] ?? '') + word.slice(letter + 1);
  words[at] = random.pick([dropped, swapped, word.replace(/[se]$/, ''), `${word}s`]);
  return words.join(' ');
}

function loseWord(text: string, random: Random): string {
  const words = text.split(' ');
  if (words.length < 4) return text;
  const short = words.flatMap((word, index) => (word.length <= 3 ? [index] : []));
  if (short.length === 0) return text;
  words.splice(random.pick(short), 1);
  return words.join(' ');
}

function joinWords(text: string, random: Random): string {
  const spaces = [...text.matchAll(/ /g)].map(({ index }) => index);
  if (spaces.length < 2) return text;
  const at = random.pick(spaces);
  return text.slice(0, at) + text.slice(at + 1);
}

/** A phrase as it may reach us from a noisy shop: a word confused, lost, joined or misspelt, hesitation around it. */
export function distort(phrase: string, random: Random): string {
  let text = phrase
    .replace(/[-,.;:!?]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const kind = random.next();
  if (kind < 0.4) text = confuse(text, random);
  else if (kind < 0.6) text = misspell(text, random);
  else if (kind < 0.75) text = loseWord(text, random);
  else if (kind < 0.82) text = joinWords(text, random);
  if (random.next() < 0.2) text = `${random.pick(before)} ${text}`;
  if (random.next() < 0.2) text = `${text} ${random.pick(after)}`;
  return text;
}

const consonants = 'bcdfgjklmnprstvxz';
const vowels = 'aeiou';

/** Letters that are no word: syllables, or keys struck at random. */
export function gibberish(random: Random): string {
  const words = Array.from({ length: 1 + random.below(5) }, () => {
    const syllables = 1 + random.below(4);
    const random1 = (letters: string) => letters[random.below(letters.length)] ?? '';
    const isKeys = random.next() < 0.25;
    return Array.from({ length: syllables }, () =>
      isKeys
        ? random1(consonants) + random1(consonants)
        : random1(consonants) + random1(vowels) + (random.next() < 0.3 ? random1(consonants) : ''),
    ).join('');
  });
  return words.join(' ');
}
