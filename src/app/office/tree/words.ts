import type { MirrorStatus } from '../../../storage/mirror/mirror.ts';
import type { Whereabouts } from './rows.ts';

export const whereWords: Record<Whereabouts, string> = {
  here: 'ici',
  disk: 'disque',
  both: 'les deux',
  differs: 'les deux, différents',
};

/** How files and companion stand, in plain words. */
export function mirrorWords(status: MirrorStatus | null): string {
  if (!status) return 'Je regarde…';
  if (status.companion === 'none') return 'Sans programme LaGrace : tout reste dans ce navigateur';
  const waiting = status.waiting > 0 ? `${status.waiting} en attente` : null;
  if (status.companion === 'away') return waiting ? `Hors ligne, ${waiting}` : 'Hors ligne';
  return waiting ?? 'À jour';
}

/** Why a file is not mirrored, for a person. */
export function troubleWords(code: string): string {
  switch (code) {
    case 'disk-full':
      return 'le disque du magasin est plein';
    case 'storage-full':
      return 'ce navigateur n’a plus de place';
    case 'file-corrupt':
      return 'il arrive abîmé';
    case 'name-conflict':
      return 'son nom ne va pas avec celui d’un autre fichier';
    default:
      return 'il n’a pas été accepté';
  }
}

/** `3 fichiers`. */
export function countFiles(count: number): string {
  return `${new Intl.NumberFormat('fr').format(count)} fichier${count > 1 ? 's' : ''}`;
}

/** The day and time as the shop's clock shows them. */
export function formatMoment(epochMs: number): string {
  return new Intl.DateTimeFormat('fr', { dateStyle: 'short', timeStyle: 'short' }).format(epochMs);
}
