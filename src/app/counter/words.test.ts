import { describe, expect, it } from 'vitest';
import { intentNames, outcomes, periods, printTemplates, tasks } from '../../schema.ts';
import {
  connectionWords,
  intentWords,
  modelLine,
  modelWithTrial,
  outcomeWords,
  periodWords,
  taskWords,
  templateWords,
} from './words.ts';

describe('words on screen', () => {
  it('exist for every code, and none is the code itself', () => {
    const lists: [readonly string[], Record<string, string>][] = [
      [intentNames, intentWords],
      [outcomes, outcomeWords],
      [periods, periodWords],
      [printTemplates, templateWords],
      [tasks, taskWords],
    ];
    for (const [codes, words] of lists) {
      for (const code of codes) expect(words[code]).toMatch(new RegExp(`^(?!${code}$)\\p{Lu}`, 'u'));
    }
  });

  it('say how the page stands with the companion', () => {
    expect([null, 'synced' as const, 'offline' as const, { pending: 3 }].map(connectionWords)).toEqual([
      'Local',
      'À jour',
      'Hors ligne',
      '3 en attente',
    ]);
  });

  it('name a model by its task unless the name does', () => {
    expect(modelLine({ task: 'stt', name: 'Whisper small' })).toBe('Écoute · Whisper small');
    expect(modelLine({ task: 'tts', name: 'Voix d’essai' })).toBe('Voix d’essai');
  });

  it('say once that a model is a trial', () => {
    expect(modelWithTrial({ name: 'Démarrage', trial: true })).toBe('Démarrage (modèle d’essai)');
    expect(modelWithTrial({ name: 'Écoute d’essai', trial: true })).toBe('Écoute d’essai');
    expect(modelWithTrial({ name: 'Whisper small', trial: false })).toBe('Whisper small');
  });
});
