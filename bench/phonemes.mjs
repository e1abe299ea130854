import { importEspeak } from '../scripts/espeak-data.mjs';
import { answers, importEngines, timeEach } from './shipped.mjs';

/**
 * Milliseconds to make text speakable, and to make phonemes of a sentence.
 * @returns {Promise<import('./sections.mjs').SectionResult>}
 */
export async function measure() {
  const { openPhonemizer, speakable } = await importEngines();
  const phonemizer = await openPhonemizer(await importEspeak());
  const written = [
    'Total : 1 250,50 $ le 22/11/2026 à 14h30, facture n° 12 pour M. Kabongo.',
    '099 123 45 67',
    '−3 °C, 2,5 kg à 12 €',
  ];
  return {
    measures: [
      { name: 'speakable', unit: 'ms', samples: await timeEach(written, 50, (text) => speakable(text, 'CD')) },
      {
        name: 'phonemes',
        unit: 'ms',
        samples: await timeEach(answers, 50, (sentence) => phonemizer.clauseIpa(sentence)),
      },
    ],
  };
}
