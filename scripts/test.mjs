import { runEntry } from './entry.mjs';

runEntry(() => import('./commands/test.mjs'));
