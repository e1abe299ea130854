import { runEntry } from './entry.mjs';

runEntry(() => import('./commands/dev.mjs'));
