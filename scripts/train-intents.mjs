import { runEntry } from './entry.mjs';

runEntry(() => import('./commands/train-intents.mjs'));
