import { Workbox } from 'workbox-window';
import type { Logger } from '../log.ts';

let isRegistered = false;

/**
 * Keeps the page for when there is no network, once. It reads every file of the app: call it when the models, which a person waits
 * for, are there. The development server has no service worker, and needs none.
 */
export function registerOffline(log: Logger): void {
  if (isRegistered || !import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  isRegistered = true;
  const workbox = new Workbox('/service-worker.js');
  workbox.addEventListener('installed', ({ isUpdate }) => {
    log.info(isUpdate ? 'a new version is there; it starts with the next load' : 'the page works offline from now on');
  });
  workbox.register().catch((thrown: unknown) => log.warn('the page could not be kept for offline use', thrown));
}
