import { runEntry } from './entry.mjs';

runEntry(() => import('./commands/make-recordings.mjs'));
