/** @typedef {import('./statistics.mjs').Measure} Measure */
/**
 * A section measures one thing; it may say what it ran on.
 * @typedef {object} SectionResult
 * @property {Measure[]} measures
 * @property {Record<string, unknown>} [about]
 */
/** @typedef {{note: (line: string) => void}} SectionContext */
/** @typedef {{about: string, needs: import('../scripts/parts.mjs').PartName[], load: () => Promise<{measure: (context: SectionContext) => Promise<SectionResult>}>}} Section */

/** @type {Record<string, Section>} */
export const sections = {
  nlu: { about: 'intent and slots of one phrase, in Node', needs: ['node'], load: () => import('./nlu.mjs') },
  phonemes: { about: 'phonemes of one sentence, in Node', needs: ['node'], load: () => import('./phonemes.mjs') },
  tts: { about: 'one sentence as sound, in Node', needs: ['node'], load: () => import('./tts.mjs') },
  turn: {
    about: 'whole turns on recordings next to the models alone, in the browser',
    needs: ['node'],
    load: () => import('./turn.mjs'),
  },
  window: {
    about: 'Whisper base in a short window next to the plain library, in the browser',
    needs: ['node'],
    load: () => import('./window.mjs'),
  },
  events: {
    about: 'events per second by HTTP, each on the disk when answered, next to inserting the same rows',
    needs: ['node'],
    load: () => import('./events.mjs'),
  },
  sync: {
    about: 'files from the browser to the disk next to plain PUTs, on loopback',
    needs: ['node', 'app'],
    load: () => import('./sync.mjs'),
  },
  start: {
    about: 'from opening the page to being ready, in the browser',
    needs: ['node', 'app'],
    load: () => import('./start.mjs'),
  },
};
