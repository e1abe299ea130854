import { runEntry } from './entry.mjs';

runEntry(() => import('./commands/start.mjs'));
