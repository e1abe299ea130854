/** The folder that a path lies in; null where it is not there and not to be made. */
export async function openFolder(
  root: FileSystemDirectoryHandle,
  path: string,
  create: boolean,
): Promise<FileSystemDirectoryHandle | null> {
  let folder = root;
  try {
    for (const name of path.split('/').slice(0, -1)) folder = await folder.getDirectoryHandle(name, { create });
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
  return folder;
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The file at a path, not read; null where there is none. */
export async function openFile(root: FileSystemDirectoryHandle, path: string): Promise<File | null> {
  try {
    const folder = await openFolder(root, path, false);
    return folder && (await (await folder.getFileHandle(nameOf(path))).getFile());
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
}

/** Every file below a folder, by path, half-written ones included. */
export async function* walk(folder: FileSystemDirectoryHandle, prefix = ''): AsyncGenerator<string> {
  for await (const [name, handle] of folder.entries()) {
    if (handle.kind === 'file') yield `${prefix}${name}`;
    else yield* walk(handle as FileSystemDirectoryHandle /* its kind says so */, `${prefix}${name}/`);
  }
}

/** Whether the file system says that there is no such file or folder. */
export function isMissing(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'NotFoundError';
}
