/** Called before each thing that would change the disk; it throws where the power is cut. */
export type Step = () => void;

interface FakeFile {
  kind: 'file';
  bytes: Uint8Array<ArrayBuffer>;
  modified: number;
  isOpen: boolean;
}
interface FakeFolder {
  kind: 'directory';
  /** Taken away: whoever had it finds nothing there. */
  isGone?: boolean;
  children: Map<string, FakeFile | FakeFolder>;
}

/** What a browser keeps for a page, in memory: the folders and files that the tree uses, with the browser's own refusals. For tests. */
export interface FakeOpfs {
  /** As `navigator.storage.getDirectory()` gives it. */
  root(step?: Step): FileSystemDirectoryHandle;
  /** Every file's text by path, half-written ones included. */
  texts(): Record<string, string>;
  /** Changes a file behind everybody's back; null takes it away. A failing disk changes bytes and leaves the date. */
  set(path: string, text: string | null, date?: 'new' | 'same'): void;
  /** As when a browser is killed: what was open is closed. */
  restart(): void;
}

/** An empty file system, as the browser's own one behaves. */
export function createFakeOpfs(): FakeOpfs {
  const top: FakeFolder = { kind: 'directory', children: new Map() };
  let clock = 1_763_820_187_000;
  const tick = (): number => {
    clock += 1;
    return clock;
  };
  const visit = (folder: FakeFolder, prefix: string, meet: (path: string, file: FakeFile) => void): void => {
    for (const [name, child] of folder.children) {
      if (child.kind === 'file') meet(prefix + name, child);
      else visit(child, `${prefix}${name}/`, meet);
    }
  };
  return {
    root: (step = () => undefined) => folderHandle(top, { step, tick }),
    texts: () => {
      const texts: Record<string, string> = {};
      visit(top, '', (path, { bytes }) => {
        texts[path] = new TextDecoder().decode(bytes);
      });
      return texts;
    },
    set: (path, text, date = 'new') => {
      const names = path.split('/');
      const name = names.pop() ?? '';
      let folder = top;
      for (const step of names) folder = childFolder(folder, step, true);
      if (text === null) folder.children.delete(name);
      else {
        const bytes = new TextEncoder().encode(text);
        const before = folder.children.get(name);
        const modified = date === 'same' && before?.kind === 'file' ? before.modified : tick();
        folder.children.set(name, { kind: 'file', bytes, modified, isOpen: false });
      }
    },
    restart: () =>
      visit(top, '', (_, file) => {
        file.isOpen = false;
      }),
  };
}

interface Disk {
  step: Step;
  tick: () => number;
}

function missing(name: string): DOMException {
  return new DOMException(`${name} is not there`, 'NotFoundError');
}

function childFolder(folder: FakeFolder, name: string, create: boolean): FakeFolder {
  const child = folder.children.get(name);
  if (child?.kind === 'directory') return child;
  if (child) throw new DOMException(`${name} is a file`, 'TypeMismatchError');
  if (!create) throw missing(name);
  const made: FakeFolder = { kind: 'directory', children: new Map() };
  folder.children.set(name, made);
  return made;
}

function folderHandle(folder: FakeFolder, disk: Disk): FileSystemDirectoryHandle {
  const handle = {
    kind: 'directory',
    getDirectoryHandle: async (name: string, { create = false } = {}) => {
      if (create && !folder.children.has(name)) disk.step();
      return folderHandle(childFolder(folder, name, create), disk);
    },
    getFileHandle: async (name: string, { create = false } = {}) => {
      const child = folder.children.get(name);
      if (folder.isGone) throw missing(name);
      if (child?.kind === 'directory') throw new DOMException(`${name} is a folder`, 'TypeMismatchError');
      if (!child && !create) throw missing(name);
      if (!child) {
        disk.step();
        folder.children.set(name, { kind: 'file', bytes: new Uint8Array(), modified: disk.tick(), isOpen: false });
      }
      return fileHandle(folder, name, disk);
    },
    removeEntry: async (name: string) => {
      if (!folder.children.has(name)) throw missing(name);
      disk.step();
      const child = folder.children.get(name);
      if (child?.kind === 'directory') child.isGone = true;
      folder.children.delete(name);
    },
    entries: async function* () {
      for (const [name, child] of [...folder.children]) {
        yield [name, child.kind === 'file' ? fileHandle(folder, name, disk) : folderHandle(child, disk)];
      }
    },
  };
  return handle as unknown as FileSystemDirectoryHandle; // what of it the tree uses
}

function fileHandle(folder: FakeFolder, name: string, disk: Disk): FileSystemFileHandle {
  const find = (): FakeFile => {
    const file = folder.children.get(name);
    if (file?.kind !== 'file') throw missing(name);
    return file;
  };
  const handle = {
    kind: 'file',
    getFile: async () => {
      const { bytes, modified } = find();
      return new File([bytes], name, { lastModified: modified });
    },
    move: async (newName: string) => {
      disk.step();
      folder.children.set(newName, find());
      folder.children.delete(name);
    },
    createSyncAccessHandle: async () => openSync(find(), disk),
  };
  return handle as unknown as FileSystemFileHandle; // what of it the tree uses
}

function openSync(file: FakeFile, { step, tick }: Disk) {
  if (file.isOpen) throw new DOMException('it is open elsewhere', 'NoModificationAllowedError');
  file.isOpen = true;
  const change = (bytes: Uint8Array<ArrayBuffer>): void => {
    step();
    file.bytes = bytes;
    file.modified = tick();
  };
  return {
    getSize: () => file.bytes.length,
    truncate: (size: number) => change(file.bytes.slice(0, size)),
    write: (piece: Uint8Array, { at }: { at: number }) => {
      const bytes = new Uint8Array(Math.max(file.bytes.length, at + piece.length));
      bytes.set(file.bytes);
      bytes.set(piece, at);
      change(bytes);
      return piece.length;
    },
    flush: () => undefined,
    close: () => {
      file.isOpen = false;
    },
  };
}
