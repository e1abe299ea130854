import * as v from 'valibot';
import type { Config } from '../config.ts';
import { LaGraceError } from '../errors.ts';
import { type Manifest, manifestSchema, type PackOf, type Task } from '../schema.ts';
import type { ModelInUse } from './assistant-port.ts';

/** The packs a page runs on. */
export interface ModelChoice {
  stt: PackOf<'stt'>;
  intent: PackOf<'intent'>;
  tts: PackOf<'tts'>;
  vad: PackOf<'vad'>;
}

/** Reads `manifest.json`; `LaGraceError` network-failed, model-missing or model-corrupt. */
export async function fetchManifest(modelsUrl: string, fetch: typeof globalThis.fetch): Promise<Manifest> {
  const address = new URL('manifest.json', modelsUrl).href;
  let response: Response;
  try {
    response = await fetch(address);
  } catch (thrown) {
    throw new LaGraceError('network-failed', `${address} could not be fetched`, { cause: thrown });
  }
  if (!response.ok) throw new LaGraceError('model-missing', `${address} answered ${response.status}`);
  const parsed = v.safeParse(manifestSchema, await response.json().catch(() => null));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new LaGraceError('model-corrupt', `${address} is no manifest: ${issue.message} at ${v.getDotPath(issue)}`);
}

/** The pack chosen for each task, or the manifest's first; `LaGraceError` model-unknown when there is no such pack. */
export function chooseModels({ packs }: Manifest, config: Pick<Config, 'sttModel' | 'voice'>): ModelChoice {
  const choose = <T extends Task>(task: T, id: string | null): PackOf<T> => {
    const pack = packs.find((candidate) => candidate.task === task && (id === null || candidate.id === id));
    if (pack) return pack as PackOf<T>; // its task says so
    throw new LaGraceError('model-unknown', `the manifest has no ${task} pack${id === null ? '' : ` named ${id}`}`);
  };
  return {
    stt: choose('stt', config.sttModel),
    intent: choose('intent', null),
    tts: choose('tts', config.voice),
    vad: choose('vad', null),
  };
}

/** The packs as the screen names them, in the order they are loaded. */
export function modelsInUse({ stt, vad, intent, tts }: ModelChoice): ModelInUse[] {
  return [stt, vad, intent, tts].map(({ id, task, name, trial }) => ({ packId: id, task, name, trial }));
}
