/** Spelling to sound, in order; enough for "c'est", "ses" and "sait" to become one, not a phonemiser. */
const rules: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/qu|ck|k|c(?=[aoulrt]|$)/g, 'k'],
  [/c(?=[eiy])|ss|ç/g, 's'],
  [/ch|sh|sch/g, 'C'],
  [/ge(?=[aou])|g(?=[eiy])/g, 'j'],
  [/gn/g, 'N'],
  [/gu(?=[eiy])/g, 'g'],
  [/h/g, ''],
  [/eau|au/g, 'o'],
  [/oi|oua/g, 'W'],
  [/ou/g, 'U'],
  [/(?:ain|ein|aim|in|im|yn|un|um)(?![aeiouynm])/g, 'I'],
  [/(?:an|en|am|em)(?![aeiouynm])/g, 'A'],
  [/(?:on|om)(?![aeiouynm])/g, 'O'],
  [/eu|oe/g, 'E'],
  [/ai(?:s|t|ent|e)?$|ai|ei|(?:er|ez|et|ee|ees)$|(?<=^.{1,2})es$|(?<=^.?)est$/g, 'é'],
  [/y/g, 'i'],
  [/(.)\1+/g, '$1'],
  [/[stdpxz]+$/g, ''],
  [/e+$/g, ''],
  [/[stdpxz]+$/g, ''],
];

/** How a folded word sounds, roughly: silent endings gone, one letter a sound. Homophones mostly give the same. */
export function soundOf(word: string): string {
  if (word.length < 2 || /\d/.test(word)) return word;
  return rules.reduce((sound, [pattern, replacement]) => sound.replace(pattern, replacement), word) || word;
}
