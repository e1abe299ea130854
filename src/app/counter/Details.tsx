import type { Timings, Turn } from '../../schema.ts';
import { officeAddress } from '../office/pages.ts';
import { useCounter } from '../store.ts';
import { formatDuration, formatShare } from './format.ts';
import { CloseIcon } from './icons.tsx';
import { Lines } from './Lines.tsx';
import { StorageLines } from './StorageLines.tsx';
import { backendWords, outcomeWords, taskWords, trialSentence } from './words.ts';

const timingWords: Record<keyof Timings, string> = {
  decode: 'Lecture du son',
  vad: 'Recherche de la parole',
  stt: 'Transcription',
  nlu: 'Compréhension',
  tts: 'Synthèse de la voix',
  firstAudio: 'Premier son',
  total: 'En tout',
};
const timingOrder = ['decode', 'vad', 'stt', 'nlu', 'tts', 'firstAudio', 'total'] as const;

/** What stands behind the strip: the models, and the last turn measured. */
export function Details({ id }: { id: string }) {
  const models = useCounter((state) => state.models);
  const trial = useCounter((state) => state.trial);
  const report = useCounter((state) => state.turns.findLast((turn) => turn.report !== null)?.report ?? null);
  return (
    <section className="details" id={id} popover="auto" aria-label="Détails">
      <header className="details-head">
        <h2>Détails</h2>
        <button
          type="button"
          className="details-close"
          aria-label="Fermer"
          popoverTarget={id}
          popoverTargetAction="hide"
        >
          <CloseIcon />
        </button>
      </header>
      <h3>Modèles</h3>
      <Lines lines={models.map(({ task, name }) => ({ label: taskWords[task], value: name }))} />
      {trial && <p className="details-trial">{trialSentence}</p>}
      <StorageLines />
      <a className="text-button details-office" href={officeAddress}>
        Ouvrir le bureau
      </a>
      <h3>Dernière demande</h3>
      {report ? (
        <LastTurn report={report} />
      ) : (
        <p className="details-none">Rien encore. Parlez, et ses mesures seront ici.</p>
      )}
    </section>
  );
}

function LastTurn({ report }: { report: Turn }) {
  const { backend, error, outcome, timings, transcriptConfidence } = report;
  const lines = [
    { label: 'Issue', value: outcomeWords[outcome] },
    { label: 'Calcul', value: backend ? backendWords[backend] : 'Texte écrit' },
    // The mean log-probability of the tokens, as the probability it stands for.
    {
      label: 'Certitude de l’écoute',
      value: transcriptConfidence === null ? '–' : formatShare(Math.exp(transcriptConfidence)),
    },
    ...timingOrder.map((stage) => ({ label: timingWords[stage], value: formatDuration(timings[stage]) })),
    ...(error ? [{ label: 'Code', value: error.code }] : []),
  ];
  return <Lines lines={lines} />;
}
