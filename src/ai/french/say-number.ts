/** Whose French is spoken: "soixante-dix" (FR), "septante" (BE, CD, CH), "huitante" (CH), "nonante" (BE, CD, CH). */
export type Region = 'FR' | 'BE' | 'CD' | 'CH';

const smallWords = [
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize',
  'dix-sept dix-huit dix-neuf',
]
  .join(' ')
  .split(' ');
const tensWords = ['', '', 'vingt', 'trente', 'quarante', 'cinquante', 'soixante'];
const regionalTens: Record<Region, Record<number, string>> = {
  FR: {},
  BE: { 7: 'septante', 9: 'nonante' },
  CD: { 7: 'septante', 9: 'nonante' },
  CH: { 7: 'septante', 8: 'huitante', 9: 'nonante' },
};
const scaleNouns = [
  { size: 1_000_000_000, noun: 'milliard' },
  { size: 1_000_000, noun: 'million' },
];

const sayOne = (feminine: boolean) => (feminine ? 'une' : 'un');

/** 1 to 99. `final`: nothing follows that takes the s of "quatre-vingts" away. */
function sayBelowHundred(n: number, region: Region, final: boolean, feminine: boolean): string {
  if (n === 1) return sayOne(feminine);
  if (n < 20) return smallWords[n] ?? '';
  const ten = Math.floor(n / 10);
  const unit = n % 10;
  const word = tensWords[ten] ?? regionalTens[region][ten];
  if (word !== undefined) {
    if (unit === 0) return word;
    return unit === 1 ? `${word} et ${sayOne(feminine)}` : `${word}-${smallWords[unit]}`;
  }
  if (ten === 7) return n === 71 ? 'soixante et onze' : `soixante-${smallWords[n - 60]}`;
  if (n === 80) return final ? 'quatre-vingts' : 'quatre-vingt';
  return `quatre-vingt-${n === 81 ? sayOne(feminine) : smallWords[n - 80]}`;
}

/** 1 to 999. */
function sayBelowThousand(n: number, region: Region, final: boolean, feminine: boolean): string {
  const hundreds = Math.floor(n / 100);
  const rest = n % 100;
  if (hundreds === 0) return sayBelowHundred(rest, region, final, feminine);
  const hundred = hundreds === 1 ? 'cent' : `${smallWords[hundreds]} cent`;
  if (rest === 0) return final && hundreds > 1 ? `${hundred}s` : hundred;
  return `${hundred} ${sayBelowHundred(rest, region, final, feminine)}`;
}

/** A whole number from 0. "mille" takes the s of cents and vingts away, "million" and "milliard" are nouns and do not. */
function sayWhole(n: number, region: Region, feminine: boolean): string {
  if (n === 0) return 'zéro';
  const parts: string[] = [];
  let rest = n;
  for (const { size, noun } of scaleNouns) {
    const count = Math.floor(rest / size);
    rest %= size;
    if (count > 0) parts.push(`${sayWhole(count, region, false)} ${noun}${count > 1 ? 's' : ''}`);
  }
  const thousands = Math.floor(rest / 1000);
  rest %= 1000;
  if (thousands > 0)
    parts.push(thousands === 1 ? 'mille' : `${sayBelowThousand(thousands, region, false, false)} mille`);
  if (rest > 0) parts.push(sayBelowThousand(rest, region, true, feminine));
  return parts.join(' ');
}

/** Digits after the comma: leading zeros one by one, then up to three digits as a number, more of them one by one. */
function sayFraction(digits: string, region: Region): string {
  const significant = digits.replace(/^0+/, '');
  const zeros = Array.from({ length: digits.length - significant.length }, () => 'zéro');
  if (significant === '') return zeros.join(' ');
  const rest =
    significant.length > 3
      ? Array.from(significant, (digit) => smallWords[Number(digit)] ?? '')
      : [sayWhole(Number(significant), region, false)];
  return [...zeros, ...rest].join(' ');
}

/** Digits with a decimal point, the decimals said as they are written: "12.50" → "douze virgule cinquante". */
export function sayDecimal(text: string, region: Region, options: { feminine?: boolean } = {}): string {
  const [whole = '0', fraction] = text.split('.');
  const words = sayWhole(Number(whole), region, options.feminine === true);
  return fraction === undefined ? words : `${words} virgule ${sayFraction(fraction, region)}`;
}

/** Nine decimals at most, no exponent: what of a number is said. */
export function decimalText(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(9).replace(/\.?0+$/, '') : text;
}

/**
 * A number in words, hyphens below a hundred: 1999 → "mille neuf cent quatre-vingt-dix-neuf", 0.05 → "zéro virgule
 * zéro cinq", -5 → "moins cinq". `feminine` gives "une". RangeError from 1e15 on, and for NaN and infinities.
 */
export function sayNumber(value: number, region: Region, options: { feminine?: boolean } = {}): string {
  if (!(Math.abs(value) < 1e15)) throw new RangeError(`cannot say the number ${value}: it must be below 1e15`);
  if (value < 0) return `moins ${sayNumber(-value, region, options)}`;
  return sayDecimal(decimalText(value), region, options);
}

/** "premier" ("première"), "deuxième", "vingt et unième": a whole number from 1. */
export function sayOrdinal(n: number, region: Region, options: { feminine?: boolean } = {}): string {
  if (n === 1) return options.feminine ? 'première' : 'premier';
  const words = sayNumber(n, region);
  if (words.endsWith('cinq')) return `${words}uième`;
  if (words.endsWith('neuf')) return `${words.slice(0, -1)}vième`;
  return `${words.replace(/(e|(?<=cent|vingt|million|milliard)s)$/, '')}ième`;
}
