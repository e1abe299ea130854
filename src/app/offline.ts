import { Workbox } from 'workbox-window';
import type { Logger } from '../log.ts';

/** Keeps the page for when there is no network. The development server has no service worker, and needs none. */
export function registerOffline(log: Logger): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const workbox = new Workbox('/service-worker.js');
  workbox.addEventListener('installed', ({ isUpdate }) => {
    log.info(isUpdate ? 'a new version is there; it starts with the next load' : 'the page works offline from now on');
  });
  workbox.register().catch((thrown: unknown) => log.warn('the page could not be kept for offline use', thrown));
}
