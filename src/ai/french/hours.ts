import { type Region, sayNumber } from './say-number.ts';

/** An hour in words: (16, 18) → "seize heures dix-huit", (1, 0) → "une heure". Also for durations: (48, 0). */
export function sayHour(hours: number, minutes: number, region: Region): string {
  const words = `${sayNumber(hours, region, { feminine: true })} ${hours < 2 ? 'heure' : 'heures'}`;
  return minutes === 0 ? words : `${words} ${sayNumber(minutes, region, { feminine: true })}`;
}

/** The time of day as it is spoken, in local time: "seize heures dix-huit", "midi", "minuit cinq". */
export function sayClock(date: Date, region: Region): string {
  const minutes = date.getMinutes();
  const noonOrMidnight = { 0: 'minuit', 12: 'midi' }[date.getHours()];
  if (noonOrMidnight === undefined) return sayHour(date.getHours(), minutes, region);
  return minutes === 0 ? noonOrMidnight : `${noonOrMidnight} ${sayNumber(minutes, region, { feminine: true })}`;
}

/** The time of day as it is shown, in local time: "16 h 18", "9 h 05". */
export function writeClock(date: Date): string {
  return `${date.getHours()}\u00a0h\u00a0${String(date.getMinutes()).padStart(2, '0')}`;
}

const hourRange = /(?<=\d ?h(?: ?\d{2})?) ?[-–] ?(?=\d{1,2} ?h)|(?<=\d:\d{2}) ?[-–] ?(?=\d{1,2}:\d{2})/gi;
const aroundTheClock = /(?<!\d)24 ?h?(?:eures)? ?\/ ?24(?![\p{L}\d])/giu;
const allWeek = /(?<!\d)7 ?j?(?:ours)? ?\/ ?7(?![\p{L}\d])/giu;
const frenchHour = /(?<![\d\p{L}.,])(\d{1,3}) ?h(?: ?([0-5]\d)(?: ?min)?)?(?![\d\p{L}])/giu;
const colonHour = /(?<![\d\p{L}.,:])([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?![\d:])/gu;

/** The hours of a text in words: "18 h 30", "9:05", "8h-18h", "24h/24". */
export function speakHours(text: string, region: Region): string {
  const say = (_: string, hours: string, minutes = '0') => sayHour(Number(hours), Number(minutes), region);
  return text
    .replace(aroundTheClock, `${sayNumber(24, region)} heures sur ${sayNumber(24, region)}`)
    .replace(allWeek, 'sept jours sur sept')
    .replace(hourRange, ' à ')
    .replace(frenchHour, say)
    .replace(colonHour, say);
}
