import { type Region, sayNumber } from './say-number.ts';

const weekdays = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'];
const months = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];

/** A date as it is shown, in local time: "dimanche 22 novembre 2026", "dimanche 1er mars 2026". */
export function writeDate(date: Date): string {
  const day = date.getDate();
  return `${weekdays[date.getDay()]} ${day === 1 ? '1er' : day} ${months[date.getMonth()]} ${date.getFullYear()}`;
}

/** A day of the month in words, `month` from 1: "vingt-deux novembre", "premier mars deux mille vingt-six". */
export function sayDay(day: number, month: number, year: number | null, region: Region): string {
  const words = `${day === 1 ? 'premier' : sayNumber(day, region)} ${months[month - 1]}`;
  return year === null ? words : `${words} ${sayNumber(year, region)}`;
}

/** A date as it is spoken, in local time: "dimanche vingt-deux novembre deux mille vingt-six". */
export function sayDate(date: Date, region: Region): string {
  return `${weekdays[date.getDay()]} ${sayDay(date.getDate(), date.getMonth() + 1, date.getFullYear(), region)}`;
}

const isDay = (day: number, month: number) =>
  month >= 1 && month <= 12 && day >= 1 && day <= new Date(2000, month, 0).getDate();

const dayFirst = /(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/]|[.-]\d)/g;
const yearFirst = /(?<![\d/.-])(\d{4})-(\d{2})-(\d{2})(?![\d/-])/g;
const dayAndMonth = /(?<=(?<!\p{L})(?:le|du|au|ce) )(\d{1,2})\/(\d{1,2})(?![\d/])/giu;
const firstOfMonth = new RegExp(`(?<![\\d\\p{L}])0?1(?:er)? (?=(?:${months.join('|')})(?!\\p{L}))`, 'giu');

/** The dates of a text in words: 22/11/2026, 2026-11-22, "le 22/11", "1er mars". What is no date stays. */
export function speakDates(text: string, region: Region): string {
  return text
    .replace(dayFirst, (match, day: string, separator: string, month: string, year: string) => {
      const isShort = year.length === 2;
      if (!isDay(Number(day), Number(month)) || (isShort && separator !== '/')) return match;
      return sayDay(Number(day), Number(month), Number(year) + (isShort ? 2000 : 0), region);
    })
    .replace(yearFirst, (match, year: string, month: string, day: string) =>
      isDay(Number(day), Number(month)) ? sayDay(Number(day), Number(month), Number(year), region) : match,
    )
    .replace(dayAndMonth, (match, day: string, month: string) =>
      isDay(Number(day), Number(month)) ? sayDay(Number(day), Number(month), null, region) : match,
    )
    .replace(firstOfMonth, 'premier ');
}
