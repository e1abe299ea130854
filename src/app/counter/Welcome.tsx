import { useCounter } from '../store.ts';
import { quote } from './format.ts';
import { trialSentence } from './words.ts';

const examples = [
  'Je voudrais une facture de deux cent cinquante dollars',
  'Imprime le reçu en deux exemplaires',
  'Quelle heure est-il ?',
];

/** The receipt before its first turn: what one can say, and on the first start what the models are. */
export function Welcome({ shown }: { shown: boolean }) {
  const tellsTrial = useCounter((state) => state.tellsTrial);
  return (
    <section className="welcome" aria-label="Pour commencer" data-shown={shown} aria-hidden={!shown}>
      <p className="welcome-lead">Vous pouvez dire, par exemple :</p>
      <ul className="welcome-examples">
        {examples.map((example) => (
          <li key={example}>{quote(example)}</li>
        ))}
      </ul>
      {tellsTrial && <p className="welcome-trial">{trialSentence}</p>}
    </section>
  );
}
