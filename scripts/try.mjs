import { runEntry } from './entry.mjs';

runEntry(() => import('./commands/try.mjs'));
