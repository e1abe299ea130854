import { runEntry } from './entry.mjs';

runEntry(() => import('./commands/ask.mjs'));
