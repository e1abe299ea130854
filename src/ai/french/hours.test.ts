import { describe, expect, test } from 'vitest';
import { sayClock, sayHour, speakHours, writeClock } from './hours.ts';

const at = (hours: number, minutes: number) => new Date(2026, 10, 22, hours, minutes);

describe('hours', () => {
  test.each([
    [16, 18, 'seize heures dix-huit'],
    [1, 0, 'une heure'],
    [21, 21, 'vingt et une heures vingt et une'],
    [0, 0, 'minuit'],
    [0, 5, 'minuit cinq'],
    [12, 0, 'midi'],
    [12, 30, 'midi trente'],
  ])('%d h %d is said %j', (hours, minutes, words) => {
    expect(sayClock(at(hours, minutes), 'FR')).toBe(words);
  });

  test('are shown with two figures for the minutes', () => {
    expect(writeClock(at(9, 5))).toBe('9\u00a0h\u00a005');
  });

  test('a duration is said like an hour', () => {
    expect(sayHour(48, 0, 'FR')).toBe('quarante-huit heures');
    expect(sayHour(0, 30, 'FR')).toBe('zéro heure trente');
  });

  test.each([
    ['de 8h-18h', 'de huit heures à dix-huit heures'],
    ['9:05', 'neuf heures cinq'],
    ['16:9', '16:9'],
    ['7j/7', 'sept jours sur sept'],
  ])('in a text, %j is spoken %j', (text, words) => {
    expect(speakHours(text, 'FR')).toBe(words);
  });
});
