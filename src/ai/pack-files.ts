import { LaGraceError } from '../errors.ts';
import type { Pack } from '../schema.ts';
import type { FileLoader, LoadOptions } from './engines.ts';

/** Reads the pack's file of an ending (`.onnx`, `.json`); progress counts over the whole pack. `LaGraceError` model-missing where there is none. */
export function createFileReader(
  { pack, files }: { pack: Pack; files: FileLoader },
  { signal, onProgress }: LoadOptions,
): (ending: string) => Promise<Blob> {
  const totalBytes = pack.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let readBytes = 0;
  return async (ending) => {
    const file = pack.files.find(({ path }) => path.endsWith(ending));
    if (!file) throw new LaGraceError('model-missing', `the pack ${pack.id} lists no ${ending} file`);
    const before = readBytes;
    readBytes += file.bytes;
    const onBytes = (bytes: number): void => onProgress?.({ packId: pack.id, loadedBytes: before + bytes, totalBytes });
    return files(pack, file, { signal, onBytes });
  };
}
