import { LaGraceError } from '../../errors.ts';
import type { Backend, ModelFile, PackOf } from '../../schema.ts';
import type { EngineContext, LoadOptions } from '../engines.ts';

export type SttPack = PackOf<'stt'>;
export type WeightsName = keyof SttPack['dtypes'][Backend];

/** How transformers.js names the files of each number format. */
const dtypeSuffix = { fp32: '', fp16: '_fp16', q8: '_quantized', q4: '_q4', q4f16: '_q4f16' } as const;

export interface PackReader {
  json(path: string): Promise<unknown>;
  blob(path: string): Promise<Blob>;
  bytes(path: string): Promise<Uint8Array>;
}

/** The path of a model's weights in a pack, and of the files with data beside it (`.onnx_data`), if it has any. */
export function weightsPaths(pack: SttPack, name: WeightsName, backend: Backend): { model: string; data: string[] } {
  const model = `onnx/${name}${dtypeSuffix[pack.dtypes[backend][name]]}.onnx`;
  return { model, data: pack.files.map(({ path }) => path).filter((path) => path.startsWith(`${model}_data`)) };
}

/** Reads a pack's files through its loader; progress counts the bytes of the files in `paths`, all of which will be read. */
export function createPackReader(
  { pack, files }: EngineContext<SttPack>,
  paths: readonly string[],
  { signal, onProgress }: LoadOptions,
): PackReader {
  const listed = new Map(pack.files.map((file) => [file.path, file]));
  const find = (path: string): ModelFile => {
    const file = listed.get(path);
    if (!file) throw new LaGraceError('model-missing', `The pack ${pack.id} lists no ${path}.`);
    return file;
  };
  const totalBytes = paths.reduce((sum, path) => sum + find(path).bytes, 0);
  const loaded = new Map<string, number>();
  const read = async (path: string): Promise<Blob> => {
    const onBytes = (bytes: number): void => {
      loaded.set(path, bytes);
      const loadedBytes = [...loaded.values()].reduce((sum, value) => sum + value, 0);
      onProgress?.({ packId: pack.id, loadedBytes, totalBytes });
    };
    return files(pack, find(path), { signal, onBytes });
  };
  return {
    json: async (path) => {
      const text = await (await read(path)).text();
      try {
        return JSON.parse(text);
      } catch (cause) {
        throw new LaGraceError('model-corrupt', `${path} of the pack ${pack.id} is not JSON.`, { cause });
      }
    },
    blob: read,
    bytes: async (path) => new Uint8Array(await (await read(path)).arrayBuffer()),
  };
}
