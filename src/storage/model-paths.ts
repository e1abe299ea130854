import type { ModelFile, Pack } from '../schema.ts';

/** Where a file of a pack lies in the tree, in the browser as on disk. */
export function modelPath(pack: Pick<Pack, 'id' | 'task'>, file: Pick<ModelFile, 'path'>): string {
  switch (pack.task) {
    case 'stt':
      return `cache/ai/whisper_models/${pack.id}/${file.path}`;
    case 'tts':
      return `cache/ai/piper_voices/${voiceFileName(pack.id, file.path)}`;
    case 'intent':
      return `cache/ai/intent_models/${file.path}`;
    case 'vad':
    case 'embed':
      return `cache/ai/models/${pack.id}/${file.path}`;
  }
}

/** Where all files of a pack lie. */
export function modelPaths(pack: Pack): string[] {
  return pack.files.map((file) => modelPath(pack, file));
}

/** Voices share a folder: each file bears its voice's id. */
function voiceFileName(id: string, path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const ending = /\.onnx(\.json)?$/.exec(name)?.[0];
  if (ending) return `${id}${ending}`;
  return name.startsWith(id) ? name : `${id}.${name}`;
}
