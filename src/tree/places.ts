import { foldPath } from '../schema/tree-path.ts';

/** The names that a tree's files and folders take on a disk that does not tell capitals apart. */
export interface Places {
  /** The file that stands in the way of `path`: another spelling of it, a file where a folder is needed, or the reverse. */
  clash(path: string): string | null;
  add(path: string): void;
}

/** The places that these paths take. */
export function placesOf(paths: Iterable<string>): Places {
  const files = new Map<string, string>();
  /** Each folder by its folded name: one spelling of it and a file within. */
  const folders = new Map<string, { spelling: string; file: string }>();
  const add = (path: string): void => {
    files.set(foldPath(path), path);
    for (const folder of foldersOf(path)) folders.set(foldPath(folder), { spelling: folder, file: path });
  };
  for (const path of paths) add(path);
  return {
    add,
    clash(path) {
      const same = files.get(foldPath(path));
      if (same !== undefined && same !== path) return same;
      const within = folders.get(foldPath(path));
      if (within) return within.file;
      for (const folder of foldersOf(path)) {
        const file = files.get(foldPath(folder));
        if (file !== undefined) return file;
        const known = folders.get(foldPath(folder));
        if (known && known.spelling !== folder) return known.file;
      }
      return null;
    },
  };
}

function* foldersOf(path: string): Generator<string> {
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) yield path.slice(0, slash);
}
