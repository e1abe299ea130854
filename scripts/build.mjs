import { runEntry } from './entry.mjs';

runEntry(() => import('./commands/build.mjs'));
