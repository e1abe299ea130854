import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from './try.ts';

let said: string;
let complained: string;

beforeEach(() => {
  said = '';
  complained = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complained += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const objects = (): unknown[] =>
  said
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('npm run try', () => {
  it('says what is understood, from which words, and what the model thinks', async () => {
    expect(await main(['Facture de nonante-neuf dollars pour Monsieur Kabongo'])).toBe(0);
    expect(said).toContain('invoice');
    expect(said).toContain('amount = 99, de « nonante-neuf dollars »');
    expect(said).toContain('client = "Kabongo"');
    expect(said).toContain('comparé comme : facture de nonante neuf dollars pour monsieur kabongo');
    expect(said).toMatch(/modèle : invoice \d/);
  });

  it('gives one object a phrase and nothing else with --json', async () => {
    expect(await main(['--json', 'imprime le reçu', '', 'blorg tifano'])).toBe(0);
    expect(objects()).toEqual([
      { text: 'imprime le reçu', intent: 'print', confidence: 1, by: 'template', slots: { template: 'receipt' } },
      expect.objectContaining({ text: '', intent: 'unknown', by: 'none', slots: {} }),
      expect.objectContaining({ text: 'blorg tifano', intent: 'unknown', slots: {} }),
    ]);
  });

  it('finds amounts with --amount, null where there is none', async () => {
    expect(await main(['--amount', '--json', '12,50 €', 'cinquante', 'bonjour'])).toBe(0);
    expect(objects()).toEqual([
      { text: '12,50 €', value: 12.5, currency: 'EUR' },
      { text: 'cinquante', value: 50, currency: null },
      { text: 'bonjour', value: null, currency: null },
    ]);
  });

  it('takes the shop’s francs', async () => {
    await main(['--amount', '--json', '--franc', 'CHF', '--cfa', 'XAF', 'mille francs', 'mille francs CFA']);
    expect(objects()).toMatchObject([{ currency: 'CHF' }, { currency: 'XAF' }]);
  });

  it.each([['--franc', 'ABC'], ['--nonsense'], ['--cfa', 'CDF']])(
    'explains itself when asked for %s %s',
    async (...argv) => {
      expect(await main(argv)).toBe(2);
      expect(said).toBe('');
      expect(complained).toContain('npm run try');
    },
  );

  it('shows its help', async () => {
    expect(await main(['--help'])).toBe(0);
    expect(said).toContain('npm run try');
  });
});
