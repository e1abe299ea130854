import { runEntry } from './entry.mjs';

runEntry(() => import('./commands/manifest.mjs'));
