import { runEntry } from './entry.mjs';

runEntry(() => import('./commands/bench.mjs'));
