import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { importEspeak } from '../../../scripts/espeak-data.mjs';
import { createEspeak } from './espeak.ts';
import { piperSentences } from './phonemes.ts';

/** Piper's own phonemiser, compiled for Node: one string of symbols a sentence. */
interface PiperPhonemize {
  phonemizeToString(text: string, espeakVoice: string): string[] | null;
}
// The package has no types.
const piper = createRequire(import.meta.url)('piper-phonemize') as PiperPhonemize;
const espeak = await createEspeak(await importEspeak());

const oursOf = (text: string, voice = 'fr'): string[] =>
  [...piperSentences(text, espeak.phonemizer(voice).clauseIpa)].map((symbols) => symbols.join(''));
/** Piper also gives sentences in which there is nothing to say; they are not spoken here. */
const pipersOf = (text: string, voice = 'fr'): string[] =>
  (piper.phonemizeToString(text, voice) ?? []).filter((symbols) => /\p{L}/u.test(symbols));

/** A linear congruential generator (Numerical Recipes): the same sentences on every machine. */
function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const words: Record<string, readonly string[]> = {
  client: [
    'Kabongo',
    'madame Élise Mbuyi',
    'M. Tshibangu',
    'l’école Saint-Joseph',
    'la société Ngoma & fils',
    'Dr Lukusa',
    'Zoé',
  ],
  product: [
    'toner noir',
    'stylos à bille',
    'œufs',
    'pulls',
    'week-ends',
    'rames A4',
    'enveloppes',
    'clés USB',
    'haricots',
    'yaourts',
  ],
  money: ['€', 'euros', '$', 'dollars', 'francs congolais', 'FC', 'francs CFA'],
  amount: [
    '3',
    '12',
    '21',
    '71',
    '80',
    '99',
    '100',
    '250',
    '1 250',
    '10 000',
    '3,99',
    '42,50',
    '1000',
    '0,5',
    '2 000 000',
  ],
  count: ['un', 'deux', 'trois', 'six', 'dix', 'vingt et un', 'quatre-vingts', 'cent', 'les', 'mes', 'ces', 'nos'],
  adjective: ['grands', 'anciens', 'petits', 'autres', 'énormes', 'nouveaux', 'excellents', 'humides'],
  hour: ['8 h', '18 h 30', '12:30', 'midi', '9 heures', 'neuf heures'],
  day: ['lundi', 'le 1er mai', 'le 22 novembre 2026', 'aujourd’hui', 'demain', "aujourd'hui"],
  short: [
    'etc.',
    'p. ex.',
    'n° 7',
    'N° 12',
    'art. 4',
    'av. Lumumba',
    'tél. 081 234 56 78',
    'c.-à-d.',
    'kg',
    '20 %',
    'Mme',
    'Mlle',
    'réf. AB-12',
  ],
};
const templates: readonly string[] = [
  'Bonjour {client} ! Comment puis-je vous aider ?',
  'Créer une facture de {amount} {money} pour {client} ? D’accord.',
  'Cela fait {amount} {money}, {short}, payable {day}.',
  'Il reste {count} {adjective} {product} ; il en faut {amount}.',
  '« {product} » : {amount} {money} (hors taxes), puis {amount} {money}.',
  'Nous sommes ouverts de {hour} à {hour}, sauf {day}.',
  'Le reçu n’est pas imprimé… vérifiez {short}',
  'Aujourd’hui, {client} a acheté {count} {product} – et {count} {adjective} {product} !',
  'Qu’est-ce que c’est ? {short}, {short} ou {product} ?!',
  'Vous avez dit "{amount} {money}". Est-ce exact?',
  'J’ai vendu {count} {adjective} {product}, {count} {product} et {amount} autres.',
  'Total : {amount} {money}. Merci beaucoup, {client}, à {day}!',
  '{client} est là, à {hour}. Il attend {count} {product}.',
  'Les {product} sont à {amount} {money} ; les {adjective} {product} aussi.',
  'Un instant, s’il vous plaît : je cherche {short} {product}.',
  'Voulez-vous {count} copies, ou {amount} ?',
  '{amount} {money} plus {amount} {money} égalent {amount} {money}.',
  'Répétez (lentement), {client} : «{short}» ou «{product}».',
  'Non, {day} à {hour} ; c’est trop tôt, dit-elle.',
  'Au revoir, {client}. À {day}, vers {hour}.',
];

function writeSentences(count: number, seed: number): string[] {
  const random = createRandom(seed);
  const pick = (list: readonly string[]): string => list[random(list.length)] ?? '';
  return Array.from({ length: count }, () =>
    pick(templates).replaceAll(/\{(\w+)\}/g, (_, kind: string) => pick(words[kind] ?? [])),
  );
}

const nasty: readonly string[] = [
  'Oui',
  'Oui,',
  'Oui.. non',
  'Oui,non',
  'Oui , non ; bon : bien !',
  'Quoi ?! Comment !? Hein ??',
  'Le prix est 3 fr. le kilo. Merci.',
  'M. Kabongo arrive. Mme Ilunga aussi.',
  'M.Dupont et A.B.C. sont là. U.S.A.',
  '(Bonjour.) Oui',
  '"Bonjour!" dit-il',
  '«Bonjour!» «Oui?»',
  'Il a dit «oui.» Puis «non.»',
  'Bonjour.« Oui »',
  'C’est “bon”. Fin.”',
  'Fin.’ Oui',
  'Un (deux, trois) quatre [cinq]. Six',
  'Un, deux; trois: quatre - cinq – six — sept',
  'deux–trois, quatre—cinq',
  'www.site.fr/abc ou x@y.fr',
  '06 12 34 56 78',
  '-5 °C, +3 %, 5×4=20',
  '1. Un. 2. Deux',
  'a.b a,b a:b 12:30 3.5 1.000.000',
  "L'eau d’hier, qu'il a bue",
  '- Oui\n- Non\n- Peut-être',
  'Oui.\nnon',
  'IVe, XXIe et Louis XIV',
  'USA, SARL, TVA et PDF',
  'pulls, week-end, parking, e-mail',
  'Ça va ? Où ? À côté, là-bas.',
  'cœur, œuvre, Noël, maïs, aiguë',
  '! Oui',
  ', Oui',
  '& fils',
  'x_y [[abc]] <b>gras</b>',
  'AAAAAAH',
  'Prix : 5 € ; total : 10 $ !',
  'Est-ce que… (silence) ?',
  'Deux  espaces   et\tune tabulation',
];
const hasEllipsis = (text: string): boolean => /…|\.\.\./u.test(text);

describe('the symbols of French text', () => {
  it('are those of Piper’s own phonemiser on 500 sentences of a shop', { timeout: 60_000 }, () => {
    const sentences = writeSentences(1000, 2026)
      .filter((sentence) => !hasEllipsis(sentence))
      .slice(0, 500);
    expect(sentences).toHaveLength(500);
    expect(new Set(sentences).size).toBeGreaterThan(450);
    expect(sentences.map((sentence) => oursOf(sentence))).toEqual(sentences.map((sentence) => pipersOf(sentence)));
  });

  it.each(nasty.filter((text) => !hasEllipsis(text)))('are Piper’s for %j', (text) => {
    expect(oursOf(text)).toEqual(pipersOf(text));
  });

  it.each(['en', 'en-us', 'fr-be', 'fr-ch'])('are Piper’s in the voice %s', (voice) => {
    const text = 'Hello, Mr Smith! Soixante-dix, nonante et quatre-vingts.';
    expect(oursOf(text, voice)).toEqual(pipersOf(text, voice));
  });
});

/** Everything in which we differ from Piper, each with its reason. */
describe('unlike Piper', () => {
  it('an ellipsis parts two words, as espeak-ng hears it: Piper forgets the mark and glues them', () => {
    expect(pipersOf('Attendez… je cherche.')).toEqual(['atɑ̃dˈeʒə- ʃˈɛʁʃ.'].map((symbols) => symbols.normalize('NFD')));
    for (const text of ['Attendez… je cherche.', 'Attendez... je cherche.']) {
      expect(oursOf(text)).toEqual(oursOf('Attendez; je cherche.'));
    }
  });

  it('but for that mark, sentences with an ellipsis are the same', () => {
    const withoutMarks = (sentences: string[]): string => sentences.join('').replaceAll(/[;\s]/g, '');
    const sentences = [...nasty, ...writeSentences(500, 7)].filter(hasEllipsis);
    expect(sentences.length).toBeGreaterThan(10);
    for (const sentence of sentences) expect(withoutMarks(oursOf(sentence))).toBe(withoutMarks(pipersOf(sentence)));
  });

  it('a blank line ends a sentence with a mark, so that the voice ends it too', () => {
    expect(pipersOf('Un\n\nDeux')).toEqual(oursOf('Un. Deux').map((symbols) => symbols.replace('.', '')));
    expect(oursOf('Un\n\nDeux')).toEqual(oursOf('Un. Deux'));
  });

  it('a no-break space is a space: Piper reads the thousands after it digit by digit', () => {
    for (const space of ['\u00a0', '\u202f']) {
      expect(oursOf(`10${space}000 euros`)).toEqual(oursOf('10 000 euros'));
      expect(pipersOf(`10${space}000 euros`)).not.toEqual(pipersOf('10 000 euros'));
    }
  });

  it('a clause too long for espeak-ng is cut between words: espeak-ng glues the words where its buffer ends', () => {
    const text = 'mot '.repeat(400).trim();
    const words = oursOf(text).join(' ').split(/\s+/u);
    expect(words).toHaveLength(400);
    expect(new Set(words).size).toBe(1);
    expect(new Set(pipersOf(text).join(' ').split(/\s+/u)).size).toBeGreaterThan(1);
  });
});
