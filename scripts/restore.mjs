import { runEntry } from './entry.mjs';

runEntry(() => import('./commands/restore.mjs'));
