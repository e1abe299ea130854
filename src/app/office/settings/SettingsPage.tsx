import './settings.css';
import { type SubmitEvent, useEffect, useState } from 'react';
import type { ShopProfile } from '../../../schema/documents.ts';
import type { Settings } from '../../../schema.ts';
import { readSettings, writeSettings } from '../../../storage/settings.ts';
import { useOffice } from '../office-parts.ts';
import { MoneySettings } from './MoneySettings.tsx';
import { PaperSettings } from './PaperSettings.tsx';
import { ShopSettings } from './ShopSettings.tsx';
import { SpeechSettings } from './SpeechSettings.tsx';

/** What a part of the page is given: the whole, and how to change some of it. */
export interface ProfilePart {
  profile: ShopProfile;
  change: (changes: Partial<ShopProfile>) => void;
}
export interface SettingsPart {
  settings: Settings;
  changeSettings: (changes: Settings) => void;
}

type Saving = 'nothing' | 'saved' | 'failed';
const savingWords: Record<Saving, string> = {
  nothing: '',
  saved: 'C’est enregistré.',
  failed: 'Je n’ai pas pu enregistrer. Vérifiez ce qui est écrit, puis réessayez.',
};

/** The shop as it stands on its documents, its money, and how the assistant speaks with it. */
export function SettingsPage() {
  const { openShop, log } = useOffice();
  const [profile, setProfile] = useState<ShopProfile | null>(null);
  const [settings, setSettings] = useState<Settings>({});
  const [saving, setSaving] = useState<Saving>('nothing');

  useEffect(() => {
    const load = async (): Promise<void> => {
      const shop = await openShop();
      setSettings(await readSettings(log));
      setProfile(await shop.readProfile());
    };
    load().catch((thrown: unknown) => log.error('the settings cannot be read', thrown));
  }, [openShop, log]);

  if (profile === null) return <p className="office-wait">Un instant…</p>;
  const change = (changes: Partial<ShopProfile>): void => {
    setProfile({ ...profile, ...changes });
    setSaving('nothing');
  };
  const changeSettings = (changes: Settings): void => {
    setSettings({ ...settings, ...changes });
    setSaving('nothing');
  };
  const save = async (): Promise<void> => {
    const shop = await openShop();
    const taxIds = profile.taxIds.filter(({ label, value }) => label.trim() !== '' && value.trim() !== '');
    await shop.writeProfile({ ...profile, taxIds });
    await writeSettings(settings);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    save().then(
      () => setSaving('saved'),
      (thrown: unknown) => {
        log.warn('the settings could not be saved', thrown);
        setSaving('failed');
      },
    );
  };
  return (
    <form className="settings" onSubmit={submit}>
      <header className="office-head">
        <h1>Magasin</h1>
        <p role="status">{savingWords[saving]}</p>
        <button className="office-action" type="submit">
          Enregistrer
        </button>
      </header>
      <ShopSettings profile={profile} change={change} />
      <MoneySettings profile={profile} change={change} />
      <PaperSettings profile={profile} change={change} />
      <SpeechSettings settings={settings} changeSettings={changeSettings} />
    </form>
  );
}
