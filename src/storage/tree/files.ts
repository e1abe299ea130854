/** Each folder is asked for once: every question to the browser's storage is one to another process. */
const known = new WeakMap<FileSystemDirectoryHandle, Map<string, FileSystemDirectoryHandle>>();
const maxKnown = 1000;

/**
 * The folder that a path lies in; null where it is not there and not to be made. A folder that was there once may be gone by now: then what is
 * asked of it fails as missing, and whoever wants to make a file calls `forgetFolders` and tries again.
 */
export async function openFolder(
  root: FileSystemDirectoryHandle,
  path: string,
  create: boolean,
): Promise<FileSystemDirectoryHandle | null> {
  const folders = known.get(root) ?? new Map<string, FileSystemDirectoryHandle>();
  known.set(root, folders);
  const folderPath = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const found = folders.get(folderPath);
  if (found) return found;
  let folder = root;
  try {
    for (const name of path.split('/').slice(0, -1)) folder = await folder.getDirectoryHandle(name, { create });
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
  if (folders.size >= maxKnown) folders.clear();
  folders.set(folderPath, folder);
  return folder;
}

export function forgetFolders(root: FileSystemDirectoryHandle): void {
  known.delete(root);
}

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
