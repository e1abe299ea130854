import * as v from 'valibot';
import { defaults } from '../../../config.ts';
import { settingsSchema } from '../../../schema.ts';
import { CheckField, Field, NumberField } from './Field.tsx';
import type { SettingsPart } from './SettingsPage.tsx';

const regions = {
  CD: 'Congo (septante, nonante)',
  BE: 'Belgique (septante, nonante)',
  CH: 'Suisse (huitante)',
  FR: 'France',
};
const francs = { CDF: 'franc congolais', XOF: 'franc CFA (XOF)', XAF: 'franc CFA (XAF)', CHF: 'franc suisse' };
const cfas = { XOF: 'Afrique de l’Ouest (XOF)', XAF: 'Afrique centrale (XAF)' };

/** How numbers are said here, what « francs » means, how long an unfinished document waits, and what is kept of what is said. */
export function SpeechSettings({ settings, changeSettings }: SettingsPart) {
  const set = (name: 'region' | 'franc' | 'cfa', value: string): void => {
    const parsed = v.safeParse(settingsSchema, { [name]: value });
    if (parsed.success) changeSettings(parsed.output);
  };
  const choices = [
    { name: 'region', label: 'Les nombres se disent comme en', options: regions },
    { name: 'franc', label: '« Francs » veut dire', options: francs },
    { name: 'cfa', label: '« Francs CFA » veut dire', options: cfas },
  ] as const;
  return (
    <fieldset>
      <legend>La parole</legend>
      {choices.map(({ name, label, options }) => (
        <Field label={label} key={name}>
          <select value={settings[name] ?? defaults[name]} onChange={({ target }) => set(name, target.value)}>
            {Object.entries(options).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </Field>
      ))}
      <NumberField
        label="Une demande sans suite est mise de côté après (minutes)"
        value={settings.dialogueMinutes ?? defaults.dialogueMinutes}
        min={0.5}
        max={60}
        step={0.5}
        onChange={(dialogueMinutes) => changeSettings({ dialogueMinutes })}
      />
      <CheckField
        label="Petits sons quand j’écoute et quand j’ai fini"
        checked={settings.earcons ?? defaults.earcons}
        onChange={(earcons) => changeSettings({ earcons })}
      />
      <CheckField
        label="Garder dans le journal ce qui est dit au comptoir"
        checked={settings.keepTranscripts ?? defaults.keepTranscripts}
        onChange={(keepTranscripts) => changeSettings({ keepTranscripts })}
      />
      <p className="field-help">Le comptoir en tient compte dès qu’il est rouvert.</p>
    </fieldset>
  );
}
