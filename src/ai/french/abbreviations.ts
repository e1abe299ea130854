/** Titles, as they are written: a name always follows, so their dot ends no sentence. */
export const titleAbbreviations = new Set(
  'M MM Mr Mme Mmes Mlle Mlles Dr Drs Pr Me St Ste Éts Ets Sté Av Bd Blvd'.split(' '),
);
/** Other abbreviations, in lower case without their last dot: it may end a sentence, unless a small letter or figure follows. */
export const otherAbbreviations = new Set(
  (
    'etc max min art tél tel fax réf ref env qté n no num p ex p.ex cf vs c.-à-d cie fig chap vol av ave bd blvd boul ' +
    'janv févr avr juil sept oct nov déc'
  ).split(' '),
);

const before = String.raw`(?<![\p{L}\d-])`;
const after = String.raw`(?![\p{L}\d])`;
const beforeName = String.raw`(?=\s+\p{Lu})`;

/** Titles and other words that always have more after them: their dot goes. */
const titles: [string, string][] = [
  [String.raw`(?<!\p{Lu}\.)MM\.${beforeName}`, 'Messieurs'],
  [String.raw`(?<!\p{Lu}\.)(?:M\.|Mr\.?)(?=\s+(?:\p{Lu}|l[ea]\s|l'))`, 'Monsieur'],
  [`Mme${after}\\.?`, 'Madame'],
  [`Mmes${after}\\.?`, 'Mesdames'],
  [`Mlle${after}\\.?`, 'Mademoiselle'],
  [`Mlles${after}\\.?`, 'Mesdemoiselles'],
  [`Dr${after}\\.?${beforeName}`, 'Docteur'],
  [`Pr${after}\\.?${beforeName}`, 'Professeur'],
  [`Me${after}\\.?${beforeName}`, 'Maître'],
  [String.raw`St${after}\.?(?=[-\s]?\p{Lu})`, 'Saint'],
  [String.raw`Ste${after}\.?(?=[-\s]?\p{Lu})`, 'Sainte'],
  [`[ÉE]ts${after}\\.?`, 'Établissements'],
  [`Sté${after}\\.?`, 'Société'],
  [String.raw`[Aa]v\.`, 'avenue'],
  [`(?:[Bb]d|[Bb]lvd|[Bb]oul)${after}\\.?(?=\\s)`, 'boulevard'],
  [String.raw`[Cc]f\.`, 'voir'],
  [String.raw`[Pp]\. ?ex\.`, 'par exemple'],
  [String.raw`[Cc]\. ?-?[àÀ]-?d(?:ire)?\.?${after}`, "c'est-à-dire"],
  [String.raw`[Rr]éf\.`, 'référence'],
  [String.raw`[Tt]él\.`, 'téléphone'],
  [String.raw`[Ee]nv\.`, 'environ'],
  [`[Vv]s${after}\\.?(?=\\s)`, 'contre'],
];

/** Words that may close a sentence: the dot stays where it does. */
const words: [string, string][] = [
  ['[Ee]tc', 'etcétéra'],
  ['max(?=\\.)', 'maximum'],
  ['min(?=\\.)', 'minimum'],
  ['[Qq]té', 'quantité'],
  ['art(?=\\.)', 'article'],
  ['[Cc]ie', 'compagnie'],
];

/** Capitals that espeak would read as a word or a Roman number, and short forms without a dot. */
const shortForms: [string, string][] = [
  ['(?:svp|SVP|s\\.v\\.p\\.)', "s'il vous plaît"],
  ['(?:rdv|RDV)', 'rendez-vous'],
  ['TTC', 'toutes taxes comprises'],
  ['HT', 'hors taxes'],
  ['CFA', 'C F A'],
  ['SARL', 'S A R L'],
  ['CDF', 'francs congolais'],
  ['USD', 'dollars'],
  ['EUR', 'euros'],
  ['XXXL', 'X X X L'],
  ['XXL', 'X X L'],
  ['XL', 'X L'],
];

const compile = (entries: [string, string][], tail: string): [RegExp, string][] =>
  entries.map(([pattern, replacement]) => [new RegExp(`${before}${pattern}${tail}`, 'gu'), replacement]);
const titleRules = compile(titles, '');
const wordRules = compile(words, String.raw`(\.(?=\s*$|\s+\p{Lu}))?\.?${after}`);
const shortFormRules = compile(shortForms, after);
const initials = /(?<![\p{L}\d])((?:\p{Lu}\.){2,})(\s*$|(?=\s+\p{Lu}\p{Ll}))?/gu;

/** The abbreviations of a text as words; the dot that ends a sentence survives. */
export function speakAbbreviations(text: string): string {
  let spoken = text;
  for (const [pattern, replacement] of titleRules) {
    spoken = spoken.replace(pattern, (match: string, offset: number, whole: string) => {
      const touches = /[\p{L}\d]/u.test(whole[offset + match.length] ?? '');
      return touches ? `${replacement} ` : replacement;
    });
  }
  for (const [pattern, replacement] of wordRules) {
    spoken = spoken.replace(pattern, (_, dot = '') => replacement + dot);
  }
  for (const [pattern, replacement] of shortFormRules) spoken = spoken.replace(pattern, replacement);
  return spoken.replace(initials, (_, letters: string, end?: string) => {
    const spelled = letters.replaceAll('.', ' ').trim();
    return end === undefined ? spelled : `${spelled}.`;
  });
}

const romanDigits: Record<string, number> = { I: 1, V: 5, X: 10 };
const roman = /(?<![\p{L}\d'’-])(?=[IVX]{2,}(?![\p{L}\d]))X{0,3}(?:IX|IV|V?I{0,3})(?![\p{L}\d])/gu;

/** Roman numbers from II to XXXIX in figures: "Louis XIV", "chapitre II". */
export function romanToDigits(text: string): string {
  return text.replace(roman, (match) => {
    const values = Array.from(match, (sign) => romanDigits[sign] ?? 0);
    return String(values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0));
  });
}
