import { describe, expect, test } from 'vitest';
import { sayDate, speakDates, writeDate } from './dates.ts';

describe('dates', () => {
  test('are shown in full, the first of a month as 1er', () => {
    expect(writeDate(new Date(2026, 10, 22))).toBe('dimanche 22 novembre 2026');
    expect(writeDate(new Date(2026, 2, 1))).toBe('dimanche 1er mars 2026');
  });

  test('are spoken in words of the region', () => {
    expect(sayDate(new Date(2026, 10, 22), 'FR')).toBe('dimanche vingt-deux novembre deux mille vingt-six');
    expect(sayDate(new Date(1975, 7, 1), 'CD')).toBe('vendredi premier août mille neuf cent septante-cinq');
  });

  test('that are shown come out of a text as they are spoken, every day of a leap year', () => {
    for (let day = 1; day <= 366; day += 1) {
      const date = new Date(2028, 0, day);
      const numbers = `${date.getDate()}/${date.getMonth() + 1}/${date.getFullYear()}`;
      expect(sayDate(date, 'FR')).toContain(speakDates(numbers, 'FR'));
    }
  });

  test.each(['31/02/2026', '12/13/2026', '1/2', '10.12.26', '1.2.3'])('%s is no date', (text) => {
    expect(speakDates(text, 'FR')).toBe(text);
  });
});
