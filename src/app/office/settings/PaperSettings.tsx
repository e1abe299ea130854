import { paymentMeans } from '../../../schema/documents.ts';
import { paymentWords } from '../../counter/words.ts';
import { CheckField, Field, NumberField } from './Field.tsx';
import type { ProfilePart } from './SettingsPage.tsx';

/** What each new document begins with. */
export function PaperSettings({ profile, change }: ProfilePart) {
  const percent = profile.discount?.kind === 'percent' ? profile.discount.percent : 0;
  return (
    <fieldset>
      <legend>Les documents</legend>
      <NumberField label="Taxe ajoutée (%)" value={profile.taxRate} onChange={(taxRate) => change({ taxRate })} />
      <NumberField
        label="Remise (%)"
        value={percent}
        onChange={(value) => change({ discount: value === 0 ? null : { kind: 'percent', percent: value } })}
      />
      <Field label="Paiement habituel">
        <select
          value={profile.payment ?? ''}
          onChange={({ target }) => change({ payment: paymentMeans.find((means) => means === target.value) ?? null })}
        >
          <option value="">Non précisé</option>
          {paymentMeans.map((means) => (
            <option key={means} value={means}>
              {paymentWords[means]}
            </option>
          ))}
        </select>
      </Field>
      <CheckField
        label="Écrire « Document non fiscal »"
        checked={profile.nonFiscal}
        onChange={(nonFiscal) => change({ nonFiscal })}
      />
    </fieldset>
  );
}
