import { type ChangeEvent, useState } from 'react';
import type { ShopProfile } from '../../../schema/documents.ts';
import { Field } from './Field.tsx';
import type { ProfilePart } from './SettingsPage.tsx';

const maxLogoBytes = 250_000;
const taxIdCount = 4;
const usualTaxIds = ['RCCM', 'NIF', 'Id. nat.', 'N° TVA'];

/** Who the shop is, as its documents say. */
export function ShopSettings({ profile, change }: ProfilePart) {
  return (
    <fieldset>
      <legend>Le magasin</legend>
      <Field label="Nom">
        <input
          type="text"
          maxLength={500}
          value={profile.name}
          onChange={({ target }) => change({ name: target.value })}
        />
      </Field>
      <Field label="Adresse">
        <textarea
          rows={2}
          maxLength={500}
          value={profile.address}
          onChange={({ target }) => change({ address: target.value })}
        />
      </Field>
      <Field label="Téléphone">
        <input
          type="tel"
          maxLength={500}
          value={profile.phone}
          onChange={({ target }) => change({ phone: target.value })}
        />
      </Field>
      <TaxIds profile={profile} change={change} />
      <Logo profile={profile} change={change} />
    </fieldset>
  );
}

/** The numbers that the law wants on a document: the usual ones, those without a value left out. */
function TaxIds({ profile, change }: ProfilePart) {
  const rows = Array.from({ length: taxIdCount }, (_, index) => ({
    label: profile.taxIds[index]?.label ?? usualTaxIds[index] ?? '',
    value: profile.taxIds[index]?.value ?? '',
  }));
  const set = (index: number, part: Partial<ShopProfile['taxIds'][number]>): void =>
    change({ taxIds: rows.map((row, at) => (at === index ? { ...row, ...part } : row)) });
  return (
    <div className="field">
      <span className="field-label">Numéros légaux</span>
      {rows.map(({ label, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place.
        <div className="settings-pair" key={index}>
          <input
            type="text"
            aria-label={`Nom du numéro ${index + 1}`}
            value={label}
            onChange={({ target }) => set(index, { label: target.value })}
          />
          <input
            type="text"
            aria-label={`Numéro légal ${index + 1}`}
            value={value}
            onChange={({ target }) => set(index, { value: target.value })}
          />
        </div>
      ))}
    </div>
  );
}

function Logo({ profile, change }: ProfilePart) {
  const [isTooLarge, setTooLarge] = useState(false);
  const take = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    const file = target.files?.[0];
    if (!file) return;
    setTooLarge(file.size > maxLogoBytes);
    if (file.size > maxLogoBytes) return;
    const reader = new FileReader();
    reader.onload = () => {
      if (typeof reader.result === 'string') change({ logo: reader.result });
    };
    reader.readAsDataURL(file);
  };
  return (
    <div className="field">
      <span className="field-label">Logo</span>
      {profile.logo !== '' && <img className="settings-logo" src={profile.logo} alt="Logo du magasin" />}
      <label className="settings-file">
        Choisir une image
        <input className="visually-hidden" type="file" accept="image/png,image/jpeg,image/webp" onChange={take} />
      </label>
      {profile.logo !== '' && (
        <button className="text-button" type="button" onClick={() => change({ logo: '' })}>
          Enlever le logo
        </button>
      )}
      <span className="field-help" role="status">
        {isTooLarge ? 'Cette image est trop lourde : 250 ko au plus.' : 'PNG, JPEG ou WebP, 250 ko au plus.'}
      </span>
    </div>
  );
}
