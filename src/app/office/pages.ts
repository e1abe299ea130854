import type { ComponentType } from 'react';

/** A page of the office; `path` follows `/bureau#`. It is loaded when somebody opens it. */
export interface OfficePage {
  path: string;
  title: string;
  load: () => Promise<ComponentType>;
}

/** In the order of the navigation; the first one opens the office. */
export const officePages: readonly OfficePage[] = [
  {
    path: 'documents',
    title: 'Documents',
    load: async () => (await import('./documents/DocumentsPage.tsx')).DocumentsPage,
  },
  { path: 'magasin', title: 'Magasin', load: async () => (await import('./settings/SettingsPage.tsx')).SettingsPage },
  { path: 'fichiers', title: 'Fichiers', load: async () => (await import('./tree/TreePage.tsx')).TreePage },
];

/** Where the office is. */
export const officeAddress = '/bureau';

/** The page that an address's hash names; the first one when it names none. */
export function findPage(hash: string, pages: readonly OfficePage[] = officePages): OfficePage | undefined {
  const path = decodeURIComponent(hash.replace(/^#/, '')).split('/', 1)[0];
  return pages.find((page) => page.path === path) ?? pages[0];
}
