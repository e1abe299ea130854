import { runEntry } from './entry.mjs';

runEntry(() => import('./commands/test-postgres.mjs'));
