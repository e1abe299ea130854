import { describe, expect, it } from 'vitest';
import { importEspeak } from '../../../scripts/espeak-data.mjs';
import { createEspeak, type EspeakModule } from './espeak.ts';

const { factory, data } = await importEspeak();
const espeak = await createEspeak({ factory, data });

describe('espeak-ng', () => {
  it('says how French is pronounced, liaisons and numbers included', () => {
    const { clauseIpa } = espeak.phonemizer('fr');
    expect(clauseIpa('les amis')).toBe('le-z amˈi');
    expect(clauseIpa('71')).toBe('swasɑ̃teˈɔ̃z');
  });

  it('reads English words in French without saying that it does', () => {
    const ipa = espeak.phonemizer('fr').clauseIpa('des pulls');
    expect(ipa).toContain('pˈʊlz');
    expect(ipa).not.toMatch(/[()_]|en|fr/);
  });

  it('speaks for several voices in turn', () => {
    const french = espeak.phonemizer('fr');
    const english = espeak.phonemizer('en');
    const swiss = espeak.phonemizer('fr-ch');
    for (let round = 0; round < 3; round += 1) {
      expect(french.clauseIpa('table 70')).toBe('tˈabl swasɑ̃tdˈis');
      expect(english.clauseIpa('table')).toBe('tˈeɪbəl');
      expect(swiss.clauseIpa('table 70')).toContain('sɛptˈɑ̃t');
    }
  });

  it('takes a region it does not know for its language', () => {
    expect(espeak.phonemizer('fr-fr').clauseIpa('oui')).toBe(espeak.phonemizer('fr').clauseIpa('oui'));
  });

  it('refuses a voice whose language is not shipped, and goes on', () => {
    const french = espeak.phonemizer('fr');
    expect(() => espeak.phonemizer('de')).toThrow(expect.objectContaining({ code: 'model-unknown' }));
    expect(french.clauseIpa('oui')).toBe('wˈi');
  });

  it('keeps no memory of what it said', { timeout: 60_000 }, async () => {
    // Every Emscripten module has it; the phonemizer does without.
    let module: (EspeakModule & { _malloc(bytes: number): number }) | undefined;
    const watched = await createEspeak({
      factory: async (options) => {
        module = (await factory(options)) as typeof module & EspeakModule;
        return module;
      },
      data,
    });
    const { clauseIpa } = watched.phonemizer('fr');
    const wrappers = (): number => (module ? Object.keys(module.getCache(module.VoidPtr)).length : Number.NaN);
    const nextAddress = (): number => {
      const address = module?._malloc(64) ?? 0;
      module?._free(address);
      return address;
    };
    clauseIpa('Une facture de deux cents dollars');
    const [wrappersBefore, addressBefore] = [wrappers(), nextAddress()];
    for (let round = 0; round < 2000; round += 1) clauseIpa(`Une facture de deux cents dollars numéro ${round}`);
    expect(wrappers()).toBe(wrappersBefore);
    expect(nextAddress()).toBe(addressBefore);
  });
});
