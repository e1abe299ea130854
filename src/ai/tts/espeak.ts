import { LaGraceError } from '../../errors.ts';

/** Says how one clause is pronounced. */
export interface Phonemizer {
  /** The IPA of one clause. */
  clauseIpa: (clause: string) => string;
}

/** What is used of the Emscripten module that `@echogarden/espeak-ng-emscripten` makes. */
export interface EspeakModule {
  eSpeakNGWorker: new () => EspeakWorker;
  VoidPtr: new () => object;
  HEAPU8: Uint8Array;
  getCache(wrapper: new () => object): Record<number, unknown>;
  _free(address: number): void;
}
interface EspeakWorker {
  /** 0 when espeak-ng has the voice. */
  set_voice(name: string): number;
  /** A C string in the module's heap, which the caller frees. Clauses, if there are several, are joined by ` | `, phonemes by `_`. */
  convert_to_phonemes(text: string, ipa: boolean): { ptr: number };
}
export type EspeakFactory = (options: { getPreloadedPackage: () => ArrayBuffer }) => Promise<EspeakModule>;

/** One espeak-ng, for every voice. */
export interface Espeak {
  /** A phonemizer for a voice named as espeak-ng does (`fr`, `fr-BE`, `en-US`); `LaGraceError` model-unknown where it has none of the name. */
  phonemizer(voice: string): Phonemizer;
}

/**
 * Starts espeak-ng over its data. The data is handed over: left alone, the module would look for it beside its own script, under a name that
 * a bundler changes.
 */
export async function createEspeak(options: { factory: EspeakFactory; data: ArrayBuffer }): Promise<Espeak> {
  const espeak = await options.factory({ getPreloadedPackage: () => options.data });
  const worker = new espeak.eSpeakNGWorker();
  let current = '';
  /** A region that espeak-ng does not tell apart (`fr-fr`) is its language. */
  const select = (voice: string): void => {
    if (voice === current) return;
    current = '';
    const [language = ''] = voice.split('-');
    if (worker.set_voice(voice) !== 0 && worker.set_voice(language) !== 0) {
      throw new LaGraceError(
        'model-unknown',
        `espeak-ng has no voice "${voice}" here: only French and English are shipped`,
      );
    }
    current = voice;
  };
  return {
    phonemizer(voice) {
      select(voice);
      return {
        clauseIpa(clause) {
          select(voice);
          const { ptr } = worker.convert_to_phonemes(clause, true);
          try {
            return readString(espeak.HEAPU8, ptr).replaceAll(notation, '').replaceAll(' | ', ' ');
          } finally {
            espeak._free(ptr);
            // The binding keeps a wrapper for every address it has ever returned.
            delete espeak.getCache(espeak.VoidPtr)[ptr];
          }
        },
      };
    },
  };
}

/** Between phonemes, and the flags of another language: "pulls" is `(en)p_ʊ_l_z(fr)`. */
const notation = /_|\([^)]*\)/gu;

const utf8 = new TextDecoder();

function readString(heap: Uint8Array, address: number): string {
  return utf8.decode(heap.subarray(address, heap.indexOf(0, address)));
}
