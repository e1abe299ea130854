import { isMirrored } from '../schema/tree-path.ts';

/** Bigger files that nobody uses stay where they are until they are asked for. */
const smallBytes = 4 * 1024 * 1024;
/** Models and programs, whoever made them: listed, never fetched unasked, and never opened here. */
const heavyNames =
  /\.(onnx|onnx_data|bin|pt|pth|pkl|pickle|joblib|h5|ckpt|safetensors|gguf|npz|npy|exe|dll|msi|zip|7z)$/i;
const modelFolders = /^cache\/ai\/(?!embeddings\/)/;
const indexFolder = /^cache\/ai\/embeddings\//;

/** The log that every program of the shop writes to: it is merged line by line. */
export function isMergedLog(path: string): boolean {
  return path === 'logs/ai.log';
}

/** Whether a browser holds a file at all times, rather than fetch it when it is needed: small things that change, and models in use. */
export function holds({ path, size }: { path: string; size: number }, inUse: boolean): boolean {
  if (!isMirrored(path)) return false;
  if (inUse) return true;
  if (path.startsWith('backups/') || modelFolders.test(path)) return false;
  if (indexFolder.test(path)) return size <= 16 * smallBytes;
  return size <= smallBytes && !heavyNames.test(path);
}
