import { type Region, sayNumber } from './say-number.ts';
import { sayGroup } from './written-number.ts';

const email = /(?<![\p{L}\d._%+-])[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu;
const webAddress =
  /(?:https?:\/\/|www\.)[^\s<>()"«»]+|(?<![\p{L}\d.-])[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|net|org|info|africa|shop|cd|cg|fr|be|ch|eu)(?!-?\p{L})(?:\/[^\s<>()"«»]*)?/gu;
const addressSigns: Record<string, string> = {
  '@': 'arobase',
  '.': 'point',
  '-': 'tiret',
  _: 'tiret bas',
  '/': 'slash',
  '+': 'plus',
};

function sayAddress(address: string): string {
  const trailing = /[.,;:!?…]*$/.exec(address)?.[0] ?? '';
  const bare = address
    .slice(0, address.length - trailing.length)
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '');
  const words = bare
    .replace(/(?<=\.)([a-z])([a-z])(?=$|\/)/, '$1 $2')
    .replace(/[@.\-_/+]/g, (sign) => ` ${addressSigns[sign] ?? ''} `)
    .replace(/[^\p{L}\d ]/gu, ' ');
  return `${words.trim()}${trailing}`;
}

/** E-mail and web addresses, roughly as one dictates them: "contact arobase lagrace point c d". */
export function speakAddresses(text: string): string {
  return text.replace(email, sayAddress).replace(webAddress, sayAddress);
}

const code = /(?<![\p{L}\d-])(?=[A-Z\d-]*[A-Z])(?=[A-Z\d-]*\d)[A-Z\d]+(?:-[A-Z\d]+){2,}(?![\p{L}\d]|-[\p{L}\d])/gu;

function sayCodePart(part: string, region: Region): string {
  if (/^\d{1,12}$/.test(part)) return sayNumber(Number(part), region);
  if (/^[A-Z]{4,}$/.test(part)) return part;
  return Array.from(part, (sign) => (/\d/.test(sign) ? sayNumber(Number(sign), region) : sign)).join(' ');
}

/** Document numbers: F-C1-2026-000123 → "F, C un, deux mille vingt-six, cent vingt-trois". */
export function speakCodes(text: string, region: Region): string {
  return text.replace(code, (match) =>
    match
      .split('-')
      .map((part) => sayCodePart(part, region))
      .join(', '),
  );
}

const international = /(?<![\p{L}\d])(?:\+ ?|(?<!\d )00)[1-9]\d{0,14}(?:[ .\-/]?(?:\(0\) ?)?\d{1,4})*(?!\d)/gu;
const national = /(?<![\p{L}\d+.,]|\d )0[1-9]\d{0,2}(?:[ .\-/]?\d{2,4}){2,4}(?!\d)/gu;
const shortCountryCode = /^(1|7|20|27|3[0-469]|4\d|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** Digits cut in pairs, or in threes where that comes out even; an odd one stands first. */
function cutDigits(digits: string): string[] {
  const size = digits.length % 3 === 0 && !digits.startsWith('0') ? 3 : 2;
  const first = digits.length % size;
  const groups = first === 0 ? [] : [digits.slice(0, first)];
  for (let at = first; at < digits.length; at += size) groups.push(digits.slice(at, at + size));
  return groups;
}

/** The written groups when there are some, each at most three digits. */
function phoneGroups(written: string): string[] {
  const groups = written.split(/\D+/).filter((group) => group !== '');
  return groups.flatMap((group) => (group.length > 3 ? cutDigits(group) : [group]));
}

function sayPhone(written: string, region: Region): string {
  return phoneGroups(written)
    .map((group) => sayGroup(group, region))
    .join(', ');
}

const digitCount = (text: string) => text.replace(/\D/g, '').length;

/** Phone numbers in groups: "06 12 34 56 78", "+243 812 345 678", "0812345678". Other digits stay. */
export function speakPhones(text: string, region: Region): string {
  return text
    .replace(international, (match) => {
      if (digitCount(match) < 9 || digitCount(match) > 15) return match;
      const bare = match.replace(/^(\+ ?|00)/, '').replace('(0)', '');
      const firstGroup = /^\d+/.exec(bare)?.[0] ?? '';
      const countryCode = firstGroup.length <= 3 ? firstGroup : (shortCountryCode.exec(bare)?.[0] ?? bare.slice(0, 3));
      return `plus ${sayNumber(Number(countryCode), region)}, ${sayPhone(bare.slice(countryCode.length), region)}`;
    })
    .replace(national, (match) =>
      digitCount(match) === 9 || digitCount(match) === 10 ? sayPhone(match, region) : match,
    );
}
