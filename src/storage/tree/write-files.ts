import { isAbort, LaGraceError } from '../../errors.ts';
import { createSha256, readPieces } from './bytes.ts';
import { forgetFolders, isMissing, nameOf, openFolder } from './files.ts';
import { checkWritten, type Expected, partEnding, type WriteOptions } from './tree.ts';

/** What a page's type library lacks of the browser's own files: only workers open them so, and no standard has `move` yet. */
interface OwnFile {
  /** Renames, over another file if need be. */
  move(name: string): Promise<void>;
  createSyncAccessHandle(): Promise<SyncAccess>;
  getFile(): Promise<File>;
}
interface SyncAccess {
  getSize(): number;
  truncate(size: number): void;
  write(piece: Uint8Array, options: { at: number }): number;
  flush(): void;
  close(): void;
}

async function makeFile(
  root: FileSystemDirectoryHandle,
  path: string,
): Promise<{ folder: FileSystemDirectoryHandle; file: OwnFile }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const folder = await openFolder(root, path, true);
      if (!folder) throw new LaGraceError('storage-failed', `the folder of ${path} could not be made`);
      const file = await folder.getFileHandle(nameOf(path), { create: true });
      return { folder, file: file as FileSystemFileHandle & OwnFile }; // in the browser's own storage it is one
    } catch (thrown) {
      if (attempt > 1 || !isMissing(thrown)) throw thrown;
      // Somebody emptied the storage under a page that knew its folders.
      forgetFolders(root);
    }
  }
}

/**
 * Writes beside the file, checks, and puts it in the file's place: who looks sees the old file or the new one, even after a power cut.
 * Whoever calls holds the path's lock. Rejects as `Tree.write` does.
 */
export async function replaceFile(
  root: FileSystemDirectoryHandle,
  path: string,
  source: Blob | ReadableStream<Uint8Array>,
  expected: Expected,
  { signal, onBytes }: WriteOptions,
): Promise<File> {
  const name = nameOf(path);
  const partName = `${name}${partEnding}`;
  let folder: FileSystemDirectoryHandle | null = null;
  try {
    const part = await makeFile(root, `${path}${partEnding}`);
    folder = part.folder;
    checkWritten(path, await writeAll(part.file, source, { signal, onBytes }), expected);
    signal?.throwIfAborted();
    await part.file.move(name);
    return await (await folder.getFileHandle(name)).getFile();
  } catch (thrown) {
    await folder?.removeEntry(partName).catch(() => undefined);
    throw storageError(thrown, path, signal);
  }
}

async function writeAll(
  file: OwnFile,
  source: Blob | ReadableStream<Uint8Array>,
  { signal, onBytes }: { signal: AbortSignal | undefined; onBytes: ((writtenBytes: number) => void) | undefined },
): Promise<{ size: number; sha256: string }> {
  const hasher = await createSha256();
  const access = await file.createSyncAccessHandle();
  let size = 0;
  try {
    access.truncate(0);
    for await (const piece of readPieces(source)) {
      signal?.throwIfAborted();
      writeFully(access, piece, size);
      hasher.update(piece);
      size += piece.byteLength;
      onBytes?.(size);
    }
    access.flush();
  } finally {
    access.close();
  }
  return { size, sha256: hasher.digest('hex') };
}

/** A disk may take less than it is given. */
function writeFully(access: SyncAccess, piece: Uint8Array, at: number): void {
  let written = 0;
  while (written < piece.byteLength) {
    const taken = access.write(piece.subarray(written), { at: at + written });
    if (taken === 0) throw new LaGraceError('storage-full', 'the browser took no more bytes');
    written += taken;
  }
}

/** Adds bytes to the end of a file, which is made where it is missing; gives the size it had before. Whoever calls holds the path's lock. */
export async function appendToFile(
  root: FileSystemDirectoryHandle,
  path: string,
  bytes: Uint8Array,
): Promise<{ file: File; sizeBefore: number }> {
  try {
    const { file: handle } = await makeFile(root, path);
    const access = await handle.createSyncAccessHandle();
    let sizeBefore = 0;
    try {
      sizeBefore = access.getSize();
      try {
        writeFully(access, bytes, sizeBefore);
      } catch (thrown) {
        access.truncate(sizeBefore);
        throw thrown;
      }
      access.flush();
    } finally {
      access.close();
    }
    return { file: await handle.getFile(), sizeBefore };
  } catch (thrown) {
    throw storageError(thrown, path);
  }
}

/** Takes a file away; one that is not there is no failure. Rejects with storage-failed. */
export async function removeFile(root: FileSystemDirectoryHandle, path: string): Promise<void> {
  try {
    await (await openFolder(root, path, false))?.removeEntry(nameOf(path));
  } catch (thrown) {
    if (!isMissing(thrown)) throw storageError(thrown, path);
  }
}

/** What the browser refuses, as what it means here; cancellations and errors of the source stay what they are. */
function storageError(thrown: unknown, path: string, signal?: AbortSignal): unknown {
  if (isAbort(thrown, signal) || !(thrown instanceof DOMException)) return thrown;
  if (thrown.name === 'QuotaExceededError') {
    return new LaGraceError('storage-full', `there is no room for ${path}`, { cause: thrown });
  }
  return new LaGraceError('storage-failed', `${path} could not be written: ${thrown.name}: ${thrown.message}`, {
    cause: thrown,
  });
}
